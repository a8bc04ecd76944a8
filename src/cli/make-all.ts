import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import { presentIn } from '../changes/confirm/present-facts.ts';
import type { Step } from '../changes/steps/step.ts';
import type { Ending } from '../texts/ending.ts';
import { actor, type CommandParts, type CommonOptions } from './command.ts';
import { EXIT, type ExitCode, worstOf } from './exit-codes.ts';
import { makeChange } from './make-change.ts';
import type { Outcome } from './outcome.ts';
import { asksForData } from './records.ts';
import { type Told, toldOfAsked, toldOnce, worstTold, writeTold } from './told.ts';

/** A change that is about to be asked for. */
export interface Planned {
  /** As it was confirmed: seats, and users to switch. */
  readonly facts: ConfirmFacts;
  readonly steps: readonly Step[];
  /** Whether each step is done for itself. @default false: all or none */
  readonly independent?: boolean;
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
  const told: Told[] = [];
  const tell = (one: Told): void => {
    told.push(one);
    if (!asksForData(options)) writeTold(terminal, [one], options);
  };
  already.map(toldOnce).forEach(tell);
  const isCutShort = (): boolean => interrupted.aborted && told.length < already.length + planned.length;
  try {
    for (const each of planned) if (!interrupted.aborted) tell(await make(parts, each, options));
  } finally {
    if (asksForData(options)) writeTold(terminal, told, options);
    if (isCutShort()) terminal.say('Interrupted: the rest was not begun.');
  }
  return isCutShort() ? EXIT.interrupted : worstTold(told);
}

async function make(parts: CommandParts, planned: Planned, { reason = '' }: CommonOptions): Promise<Told> {
  const { core, newId } = await parts.office();
  const { facts, steps, independent, ending } = planned;
  const id = newId();
  const seatsShown = presentIn(facts, steps).seats;
  const ask = { id, steps, independent, reason, ending, seatsShown, requester: actor() };
  return makeChange(parts, id, async () => toldOfAsked(await core.changes.ask(ask)));
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
    readonly would: readonly Would[];
  },
): ExitCode {
  const { facts, effect, needsApproval, already, would: wished } = dry;
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
    writeTold(terminal, [...already, ...would].map(toldOnce), options);
  } else {
    writeTold(terminal, already.map(toldOnce), options);
    terminal.out(effect.map((line) => `${line}\n`).join(''));
  }
  terminal.say('A dry run: nothing was changed.');
  return worstOf(already.map(({ exitCode }) => exitCode));
}

/** One thing that a dry run tells of. */
export type Would = Pick<Outcome, 'user' | 'userId' | 'sentence'>;
