import type { KnownBlock, ModalView } from '@slack/types';
import { labelOf } from '../../license/user-text.ts';
import { context, plain, section } from '../../slack/blocks.ts';
import { code } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { ids } from '../changes-ids.ts';
import { reasonBlock } from '../confirm/input-views.ts';
import { accountText } from '../steps/account-words.ts';
import { addressesOf } from './account-fix.ts';

export const FIX_TITLE = 'Fix account';

const LONGEST_ADDRESS = 254;

export interface FixFacts {
  readonly user: WallarooUser;
  /** The address to begin with; `undefined` where people have to say. */
  readonly address: string | undefined;
  /** Whether the realm lets usernames be edited; `undefined` where Keycloak does not say. */
  readonly mayRename: boolean | undefined;
  readonly asRequest: boolean;
  readonly reason: string;
  /** Why the address that was typed cannot be, as mrkdwn. */
  readonly problem?: string | undefined;
  readonly metadata: string;
}

/** What is wrong with an account, and what will be set. */
export function fixView(facts: FixFacts): ModalView {
  const { user, address, asRequest, reason, problem, metadata } = facts;
  const { email, username, emailVerified = false } = user;
  const now = { ...(email === undefined ? {} : { email }), username, emailVerified };
  const blocks: readonly KnownBlock[] = [
    ...(problem === undefined ? [] : [section(`${problem} :no_entry:`)]),
    section(`*Fix the account of* ${code(labelOf(user))}\nIt has ${accountText(now)}.`),
    ...(address === undefined ? [section(askedFor(user))] : []),
    {
      type: 'input',
      block_id: ids.fixEmailBlock,
      label: plain('Email', 2000),
      hint: plain('An address that this person reads and nobody else.', 2000),
      element: {
        type: 'plain_text_input',
        action_id: ids.fixEmail,
        max_length: LONGEST_ADDRESS,
        placeholder: plain('name@example.com', 150),
        ...(address === undefined ? {} : { initial_value: address }),
      },
    },
    section(`*What will be set*\n• this email, and that it is confirmed\n• ${usernameLine(facts)}`),
    context(
      'Anybody who reads this address can have a new password for the account sent there. Name, state, roles, workspaces and password stay.',
    ),
    reasonBlock(reason, asRequest),
  ];
  return {
    type: 'modal',
    callback_id: ids.fixForm,
    private_metadata: metadata,
    title: plain(FIX_TITLE, 24),
    submit: plain(asRequest ? 'Send request' : 'Fix account', 24),
    close: plain('Cancel', 24),
    blocks: [...blocks],
  };
}

function askedFor(user: WallarooUser): string {
  const [one, other] = addressesOf(user);
  if (one !== undefined && other !== undefined)
    return `Its email is ${code(one, 300)} and its username ${code(other, 300)}. Which address does this person read?`;
  return one === undefined
    ? 'Which address does this person read? The account does not tell.'
    : `Another account goes by ${code(one, 300)} too. Which address does this person read?`;
}

function usernameLine({ user: { username }, mayRename }: FixFacts): string {
  if (mayRename === true) return 'the same as username';
  return mayRename === false
    ? `no username: it stays ${code(username, 300)}, as the Keycloak realm keeps usernames`
    : 'the same as username, if the Keycloak realm lets usernames be edited';
}
