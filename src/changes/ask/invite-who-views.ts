import type { ModalView } from '@slack/types';
import { plain } from '../../slack/blocks.ts';
import { ids } from '../changes-ids.ts';
import { INVITE_TITLE } from './invite-views.ts';

/** Asks whom to invite, where nobody was named. */
export const inviteWhoView = (metadata: string): ModalView => ({
  type: 'modal',
  callback_id: ids.inviteWhoForm,
  private_metadata: metadata,
  title: plain(INVITE_TITLE, 24),
  submit: plain('Continue', 24),
  close: plain('Cancel', 24),
  blocks: [
    {
      type: 'input',
      block_id: ids.inviteEmailBlock,
      label: plain('Email', 2000),
      hint: plain('The email address to invite: Wallaroo sends the invitation there.', 2000),
      element: {
        type: 'email_text_input',
        action_id: ids.inviteEmail,
        placeholder: plain('name@example.com', 150),
      },
    },
  ],
});
