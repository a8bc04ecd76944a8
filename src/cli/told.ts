import { type Change, isSeveral } from '../changes/change.ts';
import type { Asked } from '../changes/change-service.ts';
import { besideHandOvers } from '../changes/steps/hand-over.ts';
import { kindOfStep, type Step } from '../changes/steps/step.ts';
import { failedSteps } from '../changes/steps/steps-of.ts';
import { unquoted } from '../texts/plain-text.ts';
import { endWords, stepWords } from './change-words.ts';
import { EXIT, type ExitCode, exitCodeOfFailure, worstOf } from './exit-codes.ts';
import { type Outcome, outcomeFields, outcomeOf, outcomeOfChange, seatsWords } from './outcome.ts';
import { printable } from './plain.ts';
import { asksForData, type FormatOptions, writeRecords } from './records.ts';
import type { Terminal } from './terminal.ts';

/** What is told of a change: to people in lines, to programs what became of each whom it concerns. */
export interface Told {
  readonly lines: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly exitCode: ExitCode;
}

/** Of somebody for whom nothing is changed, and of a change that stands or falls as one. */
export const toldOnce = (outcome: Outcome): Told => ({
  lines: [outcome.sentence],
  outcomes: [outcome],
  exitCode: outcome.exitCode,
});

/** What came of asking. */
export const toldOfAsked = (asked: Asked): Told => toldAs(outcomeOf(asked), asked.change);

/** How a change stands. */
export const toldOf = (change: Change): Told => toldAs(outcomeOfChange(change), change);

/** The same where something more is to be said of it as a whole. */
export function toldAs(whole: Outcome, change: Change): Told {
  if (!isSeveral(change)) return toldOnce(whole);
  const outcomes = change.steps.map((step) => outcomeOfStep(step, change, whole));
  return { lines: linesOf(whole, change, outcomes), outcomes, exitCode: codeOf(whole, change) };
}

/** One of several who fails makes the command fail, whatever it failed by. */
const codeOf = (whole: Outcome, { state, steps }: Change): ExitCode =>
  state === 'applied' && failedSteps(steps).length > 0 ? EXIT.failed : whole.exitCode;

function outcomeOfStep(step: Step, { state }: Change, whole: Outcome): Outcome {
  const { label: user, userId } = kindOfStep(step).subject(step);
  const about = { ...whole, user, userId };
  if (step.failure !== undefined)
    return {
      ...about,
      outcome: 'failed',
      exitCode: exitCodeOfFailure(step.failure.code),
      sentence: `${printable(user)}: not done. ${printable(unquoted(step.failure.sentence))}`,
    };
  const did = state === 'applied' || state === 'failed' ? stepWords(step) : undefined;
  return did === undefined ? about : { ...about, outcome: 'done', exitCode: EXIT.done, sentence: did };
}

function linesOf(whole: Outcome, change: Change, outcomes: readonly Outcome[]): readonly string[] {
  const each = outcomes.map(({ sentence }) => sentence);
  const failed = failedSteps(change.steps).length;
  if (change.state === 'failed' && failed > 0) return [whole.sentence, ...each];
  if (change.state !== 'applied') return [whole.sentence];
  const until = endWords(change);
  if (failed > 0) {
    const all = besideHandOvers(change.steps).length;
    const done = `Done for ${all - failed} of ${all}.`;
    return [[done, ...until, `Change ${change.id}.`].join(' '), ...each];
  }
  const tail = [...until, ...seatsWords(change), `Change ${change.id}.`].join(' ');
  return each.map((line, at) => (at === each.length - 1 ? `${line} ${tail}` : line));
}

/** Writes what is told: a line each, or as a program asks for it. */
export function writeTold(terminal: Terminal, told: readonly Told[], options: FormatOptions): void {
  if (asksForData(options))
    writeRecords(
      terminal,
      outcomeFields,
      told.flatMap(({ outcomes }) => outcomes),
      options,
    );
  else
    terminal.out(
      told
        .flatMap(({ lines }) => lines)
        .map((line) => `${printable(line)}\n`)
        .join(''),
    );
}

/** Of several the worst. */
export const worstTold = (told: readonly Told[]): ExitCode => worstOf(told.map(({ exitCode }) => exitCode));
