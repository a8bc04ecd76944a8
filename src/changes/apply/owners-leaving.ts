import type { Db } from '../../db/tables.ts';
import { isUnsettled, membershipSteps } from '../steps/membership-step.ts';
import { kindOfStep } from '../steps/step.ts';
import { fromRows } from '../store/change-rows.ts';
import { openChanges } from './own-writes.ts';

/**
 * Users who may no longer be active OWNERs of the workspace although the platform still shows them so: a write of another
 * change may take effect after its answer was lost.
 */
export async function ownersLeaving(
  db: Db,
  workspaceId: number,
  exceptChangeId: string,
): Promise<ReadonlySet<string>> {
  const others = fromRows(await openChanges(db)).filter(({ id }) => id !== exceptChangeId);
  const taken = others
    .flatMap(membershipSteps)
    .filter((step) => step.workspaceId === workspaceId && step.role !== 'OWNER' && isUnsettled(step));
  const off = others
    .flatMap(({ steps }) => steps.flatMap((step) => kindOfStep(step).ownWrites(step)))
    .filter(({ enabled, isConfirmed }) => !enabled && !isConfirmed);
  return new Set([...taken.map(({ userId }) => userId), ...off.map(({ subject }) => subject)]);
}
