import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { isUnsettled, membershipSteps } from '../steps/membership-step.ts';
import { kindOfStep } from '../steps/step.ts';
import { fromRows } from '../store/change-rows.ts';
import { openChanges } from './own-writes.ts';

/** The ids of those who may no longer be active OWNERs of a workspace. */
type OwnersLeavingOf = (workspaceId: number) => ReadonlySet<string>;

/**
 * Users who may no longer be active OWNERs of a workspace although the platform still shows them so: a write of another
 * change may take effect after its answer was lost.
 */
export async function ownersLeaving(db: Db, exceptChangeId: string): Promise<OwnersLeavingOf> {
  const others = await othersOpen(db, exceptChangeId);
  const taken = others.flatMap(membershipSteps).filter((step) => step.role !== 'OWNER' && isUnsettled(step));
  const off = goingOff(others);
  return (workspaceId) => {
    const takenThere = taken.filter((step) => step.workspaceId === workspaceId);
    return new Set([...takenThere.map(({ userId }) => userId), ...off]);
  };
}

/** The ids of users who may be inactive by now although the platform still shows them active, for the same reason. */
export async function usersLeaving(db: Db, exceptChangeId: string): Promise<readonly string[]> {
  return goingOff(await othersOpen(db, exceptChangeId));
}

const othersOpen = async (db: Db, exceptChangeId: string): Promise<readonly Change[]> =>
  fromRows(await openChanges(db)).filter(({ id }) => id !== exceptChangeId);

const goingOff = (changes: readonly Change[]): readonly string[] =>
  changes
    .flatMap(({ steps }) => steps.flatMap((step) => kindOfStep(step).ownWrites(step)))
    .filter(({ enabled, isConfirmed }) => !enabled && !isConfirmed)
    .map(({ subject }) => subject);
