import { type Change, isSeveral } from '../changes/change.ts';
import type { Asked } from '../changes/change-service.ts';
import { kindOfStep } from '../changes/steps/step.ts';
import { failedSteps, labelOf, namesOf } from '../changes/steps/steps-of.ts';
import { askedWords, didWords } from './change-words.ts';
import { EXIT, type ExitCode, exitCodeOfFailure, worstOf } from './exit-codes.ts';
import { plainOf, printable } from './plain.ts';
import { asksForData, type Field, type FormatOptions, writeRecords } from './records.ts';
import type { Terminal } from './terminal.ts';

/** What came of one change, or would come of it. */
export interface Outcome {
  readonly outcome: 'done' | 'already' | 'waits' | 'not done' | 'failed' | 'would be done' | 'would wait';
  readonly exitCode: ExitCode;
  /** Email or username. */
  readonly user: string;
  readonly userId: string | undefined;
  readonly changeId: string | undefined;
  /** For people. */
  readonly sentence: string;
  readonly seatsBefore: number | undefined;
  readonly seatsAfter: number | undefined;
}

/** What is told of each change. */
export const outcomeFields: readonly Field<Outcome>[] = [
  { name: 'outcome', value: ({ outcome }) => outcome },
  { name: 'user', value: ({ user }) => user },
  { name: 'id', value: ({ userId }) => userId },
  { name: 'change', value: ({ changeId }) => changeId },
  { name: 'sentence', value: ({ sentence }) => sentence },
  { name: 'seatsBefore', value: ({ seatsBefore }) => seatsBefore },
  { name: 'seatsAfter', value: ({ seatsAfter }) => seatsAfter },
  { name: 'exitCode', value: ({ exitCode }) => exitCode },
];

/** Writes what came of each: a sentence a line, or as a program asks for it. */
export function writeOutcomes(
  terminal: Terminal,
  outcomes: readonly Outcome[],
  options: FormatOptions,
): void {
  if (asksForData(options)) writeRecords(terminal, outcomeFields, outcomes, options);
  else terminal.out(outcomes.map(({ sentence }) => `${printable(sentence)}\n`).join(''));
}

/** What came of asking. */
export function outcomeOf({ result, change }: Asked): Outcome {
  if (result === 'same_pending') return waiting(change, `${change.requesterId} has already asked for this: `);
  return outcomeOfChange(change);
}

const waiting = (change: Change, lead = ''): Outcome => ({
  ...about(change),
  outcome: 'waits',
  exitCode: EXIT.waits,
  sentence: `${lead}Waits for an approval: ${askedWords(change)}. Request ${change.id}.`,
});

/** How a change stands. */
export function outcomeOfChange(change: Change): Outcome {
  const { state, failure, lastFault } = change;
  switch (state) {
    case 'pending':
      return waiting(change);
    case 'applied':
      return failedSteps(change.steps).length === 0
        ? { ...about(change), outcome: 'done', exitCode: EXIT.done, sentence: doneSentence(change) }
        : {
            ...about(change),
            outcome: 'failed',
            exitCode: partExitCode(change),
            sentence: partSentence(change),
          };
    case 'approved':
    case 'applying':
      return {
        ...about(change),
        outcome: 'not done',
        exitCode: EXIT.failed,
        sentence: `Not done yet: ${askedWords(change)}. ${plainOf(lastFault?.sentence ?? 'Another change is under way.')} A running bot tries it again. Change ${change.id}.`,
      };
    case 'failed':
    case 'denied':
    case 'expired':
    case 'cancelled':
      return {
        ...about(change),
        outcome: 'failed',
        exitCode: exitCodeOfFailure(failure?.code),
        sentence: `Failed: ${askedWords(change)}. ${plainOf(failure?.sentence ?? `It is ${state}.`)} Change ${change.id}.`,
      };
  }
}

/** Of several some failed: never 0. */
const partExitCode = ({ steps }: Change): ExitCode =>
  worstOf(failedSteps(steps).map(({ failure }) => exitCodeOfFailure(failure?.code)));

const partSentence = (change: Change): string =>
  `Done for ${change.steps.length - failedSteps(change.steps).length} of ${change.steps.length}. ${doneSentence(change)}`;

function doneSentence(change: Change): string {
  const { taken, after, seats } = change.seatsShown;
  const did = didWords(change).join(' ') || `Done: ${askedWords(change)}.`;
  return `${did}${seats === undefined ? '' : ` Seats: ${taken} → ${after} of ${seats}.`} Change ${change.id}.`;
}

const about = (change: Change) => ({
  user: isSeveral(change) ? namesOf(change.steps).join(', ') : labelOf(change.steps),
  userId: firstUserId(change),
  changeId: change.id,
  seatsBefore: change.seatsShown.taken,
  seatsAfter: change.seatsShown.after,
});

function firstUserId({ steps: [step] }: Change): string | undefined {
  return step === undefined ? undefined : kindOfStep(step).subject(step).userId;
}
