import type { ModalView } from '@slack/types';
import { labelOf } from '../../license/user-text.ts';
import { section } from '../../slack/blocks.ts';
import type { Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { code } from '../../slack/mrkdwn.ts';
import { takeEnding } from '../../texts/ending-in-reason.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import { confirm } from './confirm-handlers.ts';
import { INVITE_TITLE } from './invite-views.ts';
import { typedAt } from './typed-at.ts';
import type { Wanted } from './wanted.ts';

/** An invitation as it was asked for. */
export interface Invitation {
  readonly email: string;
  readonly reason: string;
  /** What has to be said of what was typed. */
  readonly note?: string | undefined;
}

/**
 * Somebody who was to be invited has an account: the confirmation of its activation, or, where it is active, its card with
 * what can be done about it.
 */
export async function drawExisting(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  user: WallarooUser,
  { email: address, reason, note }: Invitation,
): Promise<ModalView> {
  if (user.enabled) {
    const { blocks } = await parts.userCard(interaction, user.id);
    return notice(INVITE_TITLE, [
      section(`${hasAccount(user, address, 'active')} Nobody was invited.`),
      ...blocks,
    ]);
  }
  // An invitation has no end; an activation, which it becomes here, may have one.
  const { reason: why, ending } = takeEnding(reason, typedAt(parts, interaction));
  const wanted: Wanted = { kind: 'activate', userIds: [user.id], reason: why };
  const said = ending === undefined ? (note === undefined ? {} : { note }) : { ending };
  const mend = user.email === undefined ? ' It has no email: `/wallaroo user` shows how to mend that.' : '';
  const banner = `${hasAccount(user, address, 'inactive')}${mend} Activate it instead:`;
  return confirm(parts, interaction, { ...wanted, ...said }, { banner });
}

/** "`ben@ex.co` *already has an active account*.", with what else that account goes by. */
function hasAccount(user: WallarooUser, address: string, state: string): string {
  const label = labelOf(user);
  const also = label.toLowerCase() === address.toLowerCase() ? '' : ` (${code(label)})`;
  return `${code(address)} *already has an ${state} account*${also}.`;
}
