import { refusalText } from '../../changes/announce/result-views.ts';
import type { Change } from '../../changes/change.ts';
import type { Decided } from '../../changes/change-service.ts';
import { markOf } from '../../changes/shown/amended.ts';
import { alteredBy, approvalOf, type DecisionEvent } from '../approval-event.ts';
import { approvalPlan } from '../approval-plan.ts';
import { askedWords } from '../change-words.ts';
import { type CommandParts, type CommonOptions, decider } from '../command.ts';
import { askConsent, refuseUnasked } from '../consent.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { agreeOn, handOverLines, planHandOvers } from '../hand-over.ts';
import type { HandOverOptions } from '../hand-over-options.ts';
import { makeChange } from '../make-change.ts';
import { outcomeFields, outcomeOfChange } from '../outcome.ts';
import { plainOf, printable } from '../plain.ts';
import { tellsFields } from '../records.ts';
import { type Told, toldAs, toldOf, writeTold } from '../told.ts';

type Verdict = 'approve' | 'deny';

export interface ApproveOptions extends CommonOptions, HandOverOptions {
  /** Who leaves in exchange, as typed. */
  readonly exchange?: string;
}

/** `approve <id>` */
export async function approve(parts: CommandParts, id: string, options: ApproveOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, outcomeFields, options)) return EXIT.done;
  refuseUnasked(parts, options);
  const change = await decidable(parts, id, 'approve');
  const planning = approvalPlan(parts, change, options.exchange);
  const { effect: does, facts, swap } = await terminal.spin('Reading what it does', planning);
  const heirs = await planHandOvers(parts, facts, options, false);
  const effect = [...headOf(change), ...does, ...handOverLines(heirs, !options.dryRun)];
  if (options.dryRun) {
    terminal.out(effect.map((line) => `${line}\n`).join(''));
    terminal.say('A dry run: nothing was changed.');
    return EXIT.done;
  }
  const { chosen } = await agreeOn(parts, options, effect, heirs);
  const { core } = await parts.office();
  const altered = alteredBy(change, { swap, chosen }, core.changes.needsApproval(true));
  return decide(parts, change, await approvalOf(parts, change, altered), options);
}

/** `deny <id> --reason "…"` */
export async function deny(parts: CommandParts, id: string, options: CommonOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, outcomeFields, options)) return EXIT.done;
  refuseUnasked(parts, options);
  const canAsk = terminal.canAsk && options.input !== false;
  if (!options.reason?.trim() && !canAsk) throw new CommandError(EXIT.usage, NEEDS_REASON);
  const change = await decidable(parts, id, 'deny');
  const effect = [`Deny the request of ${requesterOf(change)} to ${askedWords(change)}`];
  if (options.dryRun) {
    terminal.out(`${effect.join('\n')}\n`);
    terminal.say('A dry run: nothing was changed.');
    return EXIT.done;
  }
  const reason = options.reason?.trim() || (await terminal.ask('Why? The requester reads it: ')).trim();
  if (reason === '') throw new CommandError(EXIT.usage, NEEDS_REASON);
  await askConsent(parts, options, effect);
  return decide(parts, change, { type: 'deny', reason, ...decider() }, options);
}

const NEEDS_REASON = 'Nothing was changed. A denial needs --reason: the requester reads it.';

const requesterOf = ({ requesterEmail, requesterId }: Change): string => requesterEmail ?? requesterId;

/** The request, if this command line may decide it now. */
async function decidable(parts: CommandParts, typed: string, type: Verdict): Promise<Change> {
  const { core } = await parts.office();
  const id = typed.trim().toUpperCase();
  const change = await core.changes.find(id);
  if (change === undefined)
    throw new CommandError(
      EXIT.unclear,
      `No request has the id "${printable(id)}": see wallaroo-chatops requests.`,
    );
  const next = await core.changes.judge(change, { type, seen: markOf(change), reason: '', ...decider() });
  if (!next.ok)
    throw new CommandError(EXIT.refused, plainOf(refusalText(next.reason, change, decider().byKeys)));
  return change;
}

const headOf = (change: Change): readonly string[] => [
  `Approve the request of ${requesterOf(change)} to ${askedWords(change)}`,
  ...(change.reason === '' ? [] : [`  Reason: ${printable(change.reason)}`]),
];

async function decide(
  parts: CommandParts,
  change: Change,
  event: DecisionEvent,
  options: CommonOptions,
): Promise<ExitCode> {
  const { core } = await parts.office();
  const told = await makeChange(parts, change.id, async () =>
    toldOfDecision(await core.changes.decide(change.id, event), change),
  );
  writeTold(parts.terminal, [told], options);
  return told.exitCode;
}

function toldOfDecision(decided: Decided, asked: Change): Told {
  if (!decided.ok)
    throw new CommandError(
      EXIT.refused,
      plainOf(refusalText(decided.reason, decided.change, decider().byKeys)),
    );
  const told = toldOf(decided.change);
  if (decided.change.state !== 'denied') return told;
  const sentence = `Denied: ${askedWords(asked)}. Request ${asked.id}.`;
  return toldAs(
    { ...outcomeOfChange(decided.change), outcome: 'done', exitCode: EXIT.done, sentence },
    decided.change,
  );
}
