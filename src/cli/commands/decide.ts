import { refusalText } from '../../changes/announce/result-views.ts';
import type { Change } from '../../changes/change.ts';
import type { Decided } from '../../changes/change-service.ts';
import type { Step } from '../../changes/steps/step.ts';
import { transition } from '../../changes/transition.ts';
import { approvalPlan } from '../approval-plan.ts';
import { askedWords } from '../change-words.ts';
import { type CommandParts, type CommonOptions, decider } from '../command.ts';
import { askConsent, refuseUnasked } from '../consent.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { makeChange } from '../make-change.ts';
import { type Outcome, outcomeFields, outcomeOfChange, writeOutcomes } from '../outcome.ts';
import { plainOf, printable } from '../plain.ts';
import { tellsFields } from '../records.ts';

type Verdict = 'approve' | 'deny';

export interface ApproveOptions extends CommonOptions {
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
  const { effect: does, swap } = await terminal.spin('Reading what it does', planning);
  const effect = [...headOf(change), ...does];
  if (options.dryRun) {
    terminal.out(effect.map((line) => `${line}\n`).join(''));
    terminal.say('A dry run: nothing was changed.');
    return EXIT.done;
  }
  await askConsent(parts, options, effect);
  return decide(parts, change, { verdict: 'approve', reason: '', ...(swap && { swap }) }, options);
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
  return decide(parts, change, { verdict: 'deny', reason }, options);
}

const NEEDS_REASON = 'Nothing was changed. A denial needs --reason: the requester reads it.';

const requesterOf = ({ requesterEmail, requesterId }: Change): string => requesterEmail ?? requesterId;

/** The request, if this command line may decide it now. */
async function decidable(parts: CommandParts, typed: string, type: Verdict): Promise<Change> {
  const { core, now } = await parts.office();
  const id = typed.trim().toUpperCase();
  const change = await core.changes.find(id);
  if (change === undefined)
    throw new CommandError(
      EXIT.unclear,
      `No request has the id "${printable(id)}": see wallaroo-chatops requests.`,
    );
  const next = transition(change, { type, reason: '', ...decider() }, now());
  if (!next.ok) throw new CommandError(EXIT.refused, plainOf(refusalText(next.reason, change)));
  return change;
}

const headOf = (change: Change): readonly string[] => [
  `Approve the request of ${requesterOf(change)} to ${askedWords(change)}`,
  ...(change.reason === '' ? [] : [`  Reason: ${printable(change.reason)}`]),
];

async function decide(
  parts: CommandParts,
  change: Change,
  {
    verdict,
    ...given
  }: { readonly verdict: Verdict; readonly reason: string; readonly swap?: readonly Step[] },
  options: CommonOptions,
): Promise<ExitCode> {
  const { core } = await parts.office();
  const outcome = await makeChange(parts, change.id, async () =>
    outcomeOfDecision(
      await core.changes.decide(change.id, { type: verdict, ...given, ...decider() }),
      change,
    ),
  );
  writeOutcomes(parts.terminal, [outcome], options);
  return outcome.exitCode;
}

function outcomeOfDecision(decided: Decided, asked: Change): Outcome {
  if (!decided.ok) throw new CommandError(EXIT.refused, plainOf(refusalText(decided.reason, decided.change)));
  const outcome = outcomeOfChange(decided.change);
  if (decided.change.state !== 'denied') return outcome;
  return {
    ...outcome,
    outcome: 'done',
    exitCode: EXIT.done,
    sentence: `Denied: ${askedWords(asked)}. Request ${asked.id}.`,
  };
}
