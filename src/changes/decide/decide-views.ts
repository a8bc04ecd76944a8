import type { ModalView } from '@slack/types';
import { context, plain } from '../../slack/blocks.ts';
import { dateTime } from '../../slack/mrkdwn.ts';
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
    close: plain('Close', 24),
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

/** Approves a request that turns nobody active or inactive: an invitation, or a later end of a timed activation. */
export function approvePlainView(change: Change, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: ids.approveForm,
    private_metadata: metadata,
    title: plain('Approve request', 24),
    submit: plain('Approve', 24),
    close: plain('Close', 24),
    blocks: [...withReason(requestText(change), change), context(`asked ${dateTime(change.createdAt)}`)],
  };
}
