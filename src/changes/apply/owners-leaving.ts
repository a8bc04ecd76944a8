import type { Db } from '../../db/tables.ts';
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
  const others = fromRows(await openChanges(db)).filter(({ id }) => id !== exceptChangeId);
  const taken = others.flatMap(membershipSteps).filter((step) => step.role !== 'OWNER' && isUnsettled(step));
  const off = others
    .flatMap(({ steps }) => steps.flatMap((step) => kindOfStep(step).ownWrites(step)))
    .filter(({ enabled, isConfirmed }) => !enabled && !isConfirmed)
    .map(({ subject }) => subject);
  return (workspaceId) => {
    const takenThere = taken.filter((step) => step.workspaceId === workspaceId);
    return new Set([...takenThere.map(({ userId }) => userId), ...off]);
  };
}
