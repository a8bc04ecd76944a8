import { code } from '../../slack/mrkdwn.ts';
import { quotedName } from '../../texts/plain-text.ts';
import type { ConfirmRefusal } from './confirmation.ts';

/** Why a change cannot be, as mrkdwn, with whom it is about. */
export const refusedText = (refusal: ConfirmRefusal): string => worded(refusal, code);

/** The same as a sentence that is escaped when it is shown, as that of a `RefusedError`. */
export const refusedSentence = (refusal: ConfirmRefusal): string => worded(refusal, quotedName);

/** The same as plain text. */
export const refusedPlain = (refusal: ConfirmRefusal): string => worded(refusal, (label) => label);

function worded({ label, sentence }: ConfirmRefusal, shown: (label: string) => string): string {
  if (label === undefined) return sentence;
  return sentence.startsWith(label)
    ? `${shown(label)}${sentence.slice(label.length)}`
    : `${shown(label)}: ${sentence}`;
}
