import { type ConfirmFacts, stepsOf } from '../changes/confirm/confirmation.ts';
import { presentIn } from '../changes/confirm/present-facts.ts';
import type { Step } from '../changes/steps/step.ts';
import { labelOf } from '../license/user-text.ts';
import type { Ending } from '../texts/ending.ts';
import { actor, type CommandParts, type CommonOptions } from './command.ts';
import { EXIT, type ExitCode, worstOf } from './exit-codes.ts';
import { makeChange } from './make-change.ts';
import { type Outcome, outcomeOf, writeOutcomes } from './outcome.ts';
import { asksForData } from './records.ts';

/** A change that is about to be asked for. */
export interface Planned {
  /** As it was confirmed: seats, and users to switch. */
  readonly facts: ConfirmFacts;
  /** @default the users of `facts`, switched */
  readonly steps?: readonly Step[];
  readonly ending?: Ending | undefined;
}

/** Makes changes one after the other, until Ctrl-C, and reports each outcome; `already` is told first. */
export async function makeAll(
  parts: CommandParts,
  planned: readonly Planned[],
  options: CommonOptions,
  already: readonly Outcome[] = [],
): Promise<ExitCode> {
  const { terminal, interrupted } = parts;
  const outcomes: Outcome[] = [];
  const tell = (outcome: Outcome): void => {
    outcomes.push(outcome);
    if (!asksForData(options)) writeOutcomes(terminal, [outcome], options);
  };
  already.forEach(tell);
  const isCutShort = (): boolean => interrupted.aborted && outcomes.length < already.length + planned.length;
  try {
    for (const each of planned) if (!interrupted.aborted) tell(await make(parts, each, options));
  } finally {
    if (asksForData(options)) writeOutcomes(terminal, outcomes, options);
    if (isCutShort()) terminal.say('Interrupted: the rest was not begun.');
  }
  return isCutShort() ? EXIT.interrupted : worstOf(outcomes.map(({ exitCode }) => exitCode));
}

async function make(parts: CommandParts, planned: Planned, { reason = '' }: CommonOptions): Promise<Outcome> {
  const { core, newId } = await parts.office();
  const { facts, steps = stepsOf(facts), ending } = planned;
  const id = newId();
  const seatsShown = presentIn(facts, steps).seats;
  return makeChange(parts, id, async () =>
    outcomeOf(await core.changes.ask({ id, steps, reason, ending, seatsShown, requester: actor() })),
  );
}

/** Says what a change would do, and does nothing. */
export function tellDryRun(
  { terminal }: CommandParts,
  options: CommonOptions,
  dry: {
    readonly facts: ConfirmFacts;
    readonly effect: readonly string[];
    readonly needsApproval: boolean;
    readonly already: readonly Outcome[];
    /** @default the users of `facts`, switched */
    readonly would?: readonly Would[];
  },
): ExitCode {
  const { facts, effect, needsApproval, already, would: wished = switchesOf(facts) } = dry;
  if (asksForData(options)) {
    const would = wished.map(
      (one): Outcome => ({
        ...one,
        outcome: needsApproval ? 'would wait' : 'would be done',
        exitCode: EXIT.done,
        changeId: undefined,
        seatsBefore: facts.before.taken,
        seatsAfter: facts.after.taken,
      }),
    );
    writeOutcomes(terminal, [...already, ...would], options);
  } else {
    writeOutcomes(terminal, already, options);
    terminal.out(effect.map((line) => `${line}\n`).join(''));
  }
  terminal.say('A dry run: nothing was changed.');
  return worstOf(already.map(({ exitCode }) => exitCode));
}

/** One change that a dry run tells of. */
type Would = Pick<Outcome, 'user' | 'userId' | 'sentence'>;

const switchesOf = ({ subjects }: ConfirmFacts): readonly Would[] =>
  subjects.map(({ user, enabled }) => ({
    user: labelOf(user),
    userId: user.id,
    sentence: `Would ${enabled ? 'activate' : 'deactivate'} ${labelOf(user)}.`,
  }));
