import type { KnownBlock, ModalView } from '@slack/types';
import { context, plain, section } from '../../slack/blocks.ts';
import { code, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Failure } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { type Confirmation, confirmView } from '../confirm/confirm-views.ts';

export const INVITE_TITLE = 'Invite user';

const WHAT_FOLLOWS =
  'Wallaroo makes an active account and sends an email that tells how to sign in. The first password is never shown here.';

/** That nobody was invited for want of a seat, and the form offers an exchange; `undefined` where something else failed. */
export function noSeatText(failure: Failure | undefined): string | undefined {
  if (failure?.code === 'license_full') return '*The license is full.* Nobody was invited. :no_entry:';
  if (failure?.code !== 'fewer_seats') return undefined;
  return `${escapeMrkdwn(failure.sentence)} Nobody was invited. :no_entry:`;
}

/** An invitation has no end. */
const NOT_ASKED: readonly string[] = [ids.durationBlock, ids.endDateBlock];

/** The confirmation of an invitation: that of an activation, for somebody who has no account yet. */
export function inviteView(
  email: string,
  asRequest: boolean,
  confirmation: Omit<Confirmation, 'kind' | 'ending' | 'banner'> & {
    readonly banner?: string | undefined;
  },
): ModalView {
  const view = confirmView({ ...confirmation, kind: 'activate', ending: undefined });
  const intro: readonly KnownBlock[] = [section(`*Invite* ${code(email)}`), context(WHAT_FOLLOWS)];
  const blocks = view.blocks.filter(({ block_id }) => !NOT_ASKED.includes(block_id ?? ''));
  const at = confirmation.banner === undefined ? 0 : 1;
  return {
    ...view,
    title: plain(INVITE_TITLE, 24),
    ...(view.submit === undefined
      ? {}
      : { callback_id: ids.inviteForm, submit: plain(asRequest ? 'Send request' : 'Invite', 24) }),
    blocks: [...blocks.slice(0, at), ...intro, ...blocks.slice(at)],
  };
}
