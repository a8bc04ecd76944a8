import type { ModalView } from '@slack/types';
import { plain } from '../../slack/blocks.ts';
import { requestText, withReason } from '../announce/headline-views.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';

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

/** What is otherwise than the card says, or to be looked at, before an approval; `undefined` where there is nothing. */
export const reasonsText = (reasons: readonly string[]): string | undefined =>
  reasons.length === 0 ? undefined : ['*Please look before you approve:*', ...reasons].join('\n');
