import { personKeys } from '../access/person-keys.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import { beneficiaryKeys, type Change } from './change.ts';
import { kindOfStep } from './steps/step.ts';

/**
 * By what the people are known whom a change would let in, or whose account or membership it changes, as the platform has them now: by email and by username, which
 * may have changed since the change was asked for. None where the platform does not answer: then only what the steps say counts.
 */
export async function readBeneficiaries(
  wallaroo: Pick<WallarooClient, 'getUser'>,
  { steps }: Pick<Change, 'steps'>,
): Promise<readonly string[]> {
  const users = await Promise.all(
    concernedIn(steps).map((userId) => wallaroo.getUser(userId).catch(orIfDown(undefined))),
  );
  return users.flatMap((user) =>
    user === undefined ? [] : [user.email, user.username].flatMap((email) => personKeys({ ids: [], email })),
  );
}

/** Ids of all whom the steps concern, but for those who leave. */
const concernedIn = (steps: Change['steps']): readonly string[] => {
  const staying = steps.filter((step) => kindOfStep(step).turns(step)?.enabled !== false);
  const ids = staying.map((step) => kindOfStep(step).subject(step).userId);
  return [...new Set(ids.filter((id) => id !== undefined))];
};

interface ApproverSources {
  readonly wallaroo: Pick<WallarooClient, 'getUser'>;
  readonly hasOtherAdministrator: (userId: string, barred: readonly string[]) => Promise<boolean>;
}

/**
 * Whether anybody but `userId`, those known by the keys `barred`, and those whom the steps let in could approve a change of these
 * steps. True in doubt.
 */
export async function hasApprover(
  { wallaroo, hasOtherAdministrator }: ApproverSources,
  userId: string,
  change: Pick<Change, 'steps'>,
  barred: readonly string[] = [],
): Promise<boolean> {
  const letIn = [...beneficiaryKeys(change), ...(await readBeneficiaries(wallaroo, change))];
  return hasOtherAdministrator(userId, [...barred, ...letIn]);
}
