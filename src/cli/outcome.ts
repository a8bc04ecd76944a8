import { type Change, isSeveral } from '../changes/change.ts';
import type { Asked } from '../changes/change-service.ts';
import { TAKING_BACK } from '../changes/change-texts.ts';
import { seatsShownText } from '../changes/shown/shown-texts.ts';
import { kindOfStep } from '../changes/steps/step.ts';
import { failedSteps, labelOf, namesOf } from '../changes/steps/steps-of.ts';
import { unquoted } from '../texts/plain-text.ts';
import { askedWords, didWords } from './change-words.ts';
import { EXIT, type ExitCode, exitCodeOfFailure } from './exit-codes.ts';
import { printable } from './plain.ts';
import type { Field } from './records.ts';

/** A sentence that was stored, for a terminal. */
const plain = (sentence: string): string => printable(unquoted(sentence));

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
  const { state, failure } = change;
  switch (state) {
    case 'pending':
      return waiting(change);
    case 'applied':
      return failedSteps(change.steps).length === 0
        ? { ...about(change), outcome: 'done', exitCode: EXIT.done, sentence: doneSentence(change) }
        : {
            ...about(change),
            outcome: 'failed',
            exitCode: EXIT.failed,
            sentence: doneSentence(change),
          };
    case 'approved':
    case 'applying':
      return {
        ...about(change),
        outcome: 'not done',
        exitCode: EXIT.failed,
        sentence: `${underWayWords(change)} Change ${change.id}.`,
      };
    case 'failed':
    case 'denied':
    case 'expired':
    case 'cancelled':
      return {
        ...about(change),
        outcome: 'failed',
        exitCode: exitCodeOfFailure(failure?.code),
        sentence: `Failed: ${askedWords(change)}. ${plain(failure?.sentence ?? `It is ${state}.`)} Change ${change.id}.`,
      };
  }
}

function underWayWords(change: Change): string {
  const { failure, lastFault } = change;
  return failure === undefined
    ? `Not done yet: ${askedWords(change)}. ${plain(lastFault?.sentence ?? 'Another change is under way.')} A running bot tries it again.`
    : `Not done: ${askedWords(change)}. ${plain(failure.sentence)} ${TAKING_BACK} A running bot goes on with that.`;
}

function doneSentence(change: Change): string {
  const did = didWords(change).join(' ') || `Done: ${askedWords(change)}.`;
  return [did, ...seatsWords(change), `Change ${change.id}.`].join(' ');
}

/** "Seats: 4 → 5 of 5.", where it concerns a license that has a limit. */
export function seatsWords({ seatsShown }: Change): readonly string[] {
  const text = seatsShownText(seatsShown);
  return text === undefined ? [] : [`${text}.`];
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
