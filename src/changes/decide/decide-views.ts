import type { ModalView } from '@slack/types';
import { plain } from '../../slack/blocks.ts';
import { requestText, withReason } from '../announce/headline-views.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { isAlteredSince } from '../shown/amended.ts';
import { differencesOf, type Present, toMind } from '../shown/differences.ts';
import { alteredText } from '../shown/shown-texts.ts';

/** Asks for the reason of a denial. */
export function denyView(change: Change, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: ids.denyForm,
    private_metadata: metadata,
    title: plain('Deny request', 24),
    submit: plain('Deny', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...withReason(requestText(change), change),
      {
        type: 'input',
        block_id: ids.reasonBlock,
        label: plain('Reason', 2000),
        element: {
          type: 'plain_text_input',
          action_id: ids.reason,
          multiline: true,
          max_length: 3000,
          placeholder: plain('Why not? The requester reads it.', 150),
        },
      },
    ],
  };
}

/** Said where a form is drawn again for a request that was altered. */
export const alteredReason = (change: Change): string =>
  `${alteredText(change)} This is what it asks for now.`;

/** What somebody has to look at before they approve: what is otherwise than when they saw the request (its mark was `seen`). */
export const toLookAt = (change: Change, present: Present, seen: string | undefined): readonly string[] => [
  ...(isAlteredSince(change, seen) ? [alteredReason(change)] : []),
  ...differencesOf(change, present),
  ...toMind(present.shown),
];

/** What is otherwise than the card says, or to be looked at, before an approval; `undefined` where there is nothing. */
export const reasonsText = (reasons: readonly string[]): string | undefined =>
  reasons.length === 0 ? undefined : ['*Please look before you approve:*', ...reasons].join('\n');
