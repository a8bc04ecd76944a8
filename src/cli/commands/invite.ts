import { accountNamed } from '../../changes/ask/account-facts.ts';
import { inviteStep } from '../../changes/steps/invite-user.ts';
import { switchStep } from '../../changes/steps/switch-user.ts';
import { labelOf } from '../../license/user-text.ts';
import { emailFault } from '../../texts/email.ts';
import { addressIn } from '../../texts/typed-who.ts';
import type { CommandParts, CommonOptions } from '../command.ts';
import { confirmChange } from '../confirm-change.ts';
import { refuseUnasked } from '../consent.ts';
import { effectLines, refuseImpossible } from '../effect.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import type { HandOverOptions } from '../hand-over-options.ts';
import { outcomeFields } from '../outcome.ts';
import { printable } from '../plain.ts';
import { tellsFields } from '../records.ts';
import { resolveOne } from '../resolve-who.ts';

export interface InviteOptions extends CommonOptions, HandOverOptions {
  /** Who leaves in exchange, as typed. */
  readonly exchange?: string;
}

/** `invite <email>` */
export async function invite(parts: CommandParts, typed: string, options: InviteOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, outcomeFields, options)) return EXIT.done;
  refuseUnasked(parts, options);
  const email = addressIn(typed);
  if (email === undefined)
    throw new CommandError(
      EXIT.usage,
      `"${printable(typed)}" is not an email to invite. ${emailFault(typed) ?? ''}`.trim(),
    );
  const { core, wallaroo } = await parts.office();
  const existing = await terminal.spin('Looking for an account', accountNamed(wallaroo, email));
  if (existing !== undefined) throw new CommandError(EXIT.refused, hasAccount(email, existing.enabled));
  const makesRoom = await exchangeSteps(parts, options);
  const steps = [...makesRoom, inviteStep(email)];
  const reading =
    makesRoom.length === 0 ? core.desk.forNewcomer(email, undefined) : core.desk.ofSteps(steps, undefined);
  const facts = await terminal.spin('Reading seats', reading);
  const tell = options.dryRun ? (line: string) => terminal.say(line) : undefined;
  refuseImpossible(facts, makesRoom.length === 0 ? 'invite' : 'swap', tell);
  const effect = [`Invite ${email}`, ...effectLines(facts)];
  const would = [{ user: email, userId: undefined, sentence: `Would invite ${email}.` }];
  return confirmChange(parts, { facts, steps, effect, already: [], would }, options);
}

async function exchangeSteps(parts: CommandParts, { exchange }: InviteOptions) {
  if (exchange === undefined) return [];
  const { core } = await parts.office();
  const leaves = await resolveOne(core.users, exchange);
  return [switchStep({ userId: leaves.id, enabled: false, label: labelOf(leaves) })];
}

const hasAccount = (email: string, isActive: boolean): string =>
  isActive
    ? `Nobody was invited. ${email} already has an active account.`
    : `Nobody was invited. ${email} has an inactive account: wallaroo-chatops activate ${email}`;
