import { isSamePerson } from '../access/person-keys.ts';
import { principalsOf } from '../access/principals.ts';
import { hasApprover } from '../changes/beneficiary-facts.ts';
import type { Change } from '../changes/change.ts';
import { NOBODY_COULD_APPROVE } from '../changes/no-approver-text.ts';
import type { Step } from '../changes/steps/step.ts';
import { commandLineActor } from './actor.ts';
import type { CommandParts } from './command.ts';
import { CommandError, EXIT } from './exit-codes.ts';

/**
 * Refuses to alter a request that nobody could approve then. Nobody asks Slack here, so only the ids in `ADMINS` count: where
 * it is not set, or names a group, somebody may be left.
 * @throws CommandError
 */
export async function refuseWithoutSecond(
  parts: CommandParts,
  { requesterKeys }: Change,
  steps: readonly Step[],
): Promise<void> {
  const { config, wallaroo } = await parts.office();
  const { ADMINS } = config;
  const hasOtherAdministrator = async (_: string, barred: readonly string[]): Promise<boolean> =>
    ADMINS === undefined || mayNameAnother(ADMINS, barred);
  const sources = { wallaroo, hasOtherAdministrator };
  if (await hasApprover(sources, commandLineActor(), { steps }, requesterKeys)) return;
  throw new CommandError(EXIT.refused, NOBODY_COULD_APPROVE);
}

function mayNameAnother(admins: readonly string[], barred: readonly string[]): boolean {
  const { people, groups } = principalsOf(admins);
  return groups.length > 0 || people.some((id) => !isSamePerson([id], barred));
}
