import { inviteStep } from '../../changes/steps/invite-user.ts';
import { emailFault } from '../../texts/email.ts';
import { addressIn } from '../../texts/typed-who.ts';
import type { CommandParts, CommonOptions } from '../command.ts';
import { askConsent, refuseUnasked } from '../consent.ts';
import { approvalLines, refuseImpossible, seatsLine } from '../effect.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { makeAll, tellDryRun } from '../make-all.ts';
import { outcomeFields } from '../outcome.ts';
import { printable } from '../plain.ts';
import { tellsFields } from '../records.ts';

/** `invite <email>` */
export async function invite(parts: CommandParts, typed: string, options: CommonOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, outcomeFields, options)) return EXIT.done;
  refuseUnasked(parts, options);
  const email = addressIn(typed);
  if (email === undefined)
    throw new CommandError(
      EXIT.usage,
      `"${printable(typed)}" is no email to invite. ${emailFault(typed) ?? ''}`.trim(),
    );
  const { core, wallaroo } = await parts.office();
  const existing = await terminal.spin('Looking for an account', wallaroo.findUserByEmail(email));
  if (existing !== undefined) throw new CommandError(EXIT.refused, hasAccount(email, existing.enabled));
  const facts = await terminal.spin('Reading seats', core.desk.forNewcomer(email, undefined));
  const effect = [`Invite ${email}`, seatsLine(facts), ...approvalLines(core.changes.needsApproval(true))];
  refuseImpossible(facts, 'invite', options.dryRun ? (line) => terminal.say(line) : undefined);
  if (options.dryRun)
    return tellDryRun(parts, options, {
      facts,
      effect,
      needsApproval: core.changes.needsApproval(true),
      already: [],
      would: [{ user: email, userId: undefined, sentence: `Would invite ${email}.` }],
    });
  await askConsent(parts, options, effect);
  return makeAll(parts, [{ facts, steps: [inviteStep(email)] }], options);
}

const hasAccount = (email: string, isActive: boolean): string =>
  isActive
    ? `Nobody was invited. ${email} already has an active account.`
    : `Nobody was invited. ${email} has an inactive account: wallaroo-chatops activate ${email}`;
