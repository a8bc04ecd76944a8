import type { Button } from '@slack/types';
import { actions, context, header, type Message } from '../slack/blocks.ts';
import { count } from '../slack/mrkdwn.ts';
import { pageAt, turnButtons } from '../slack/paging.ts';
import { spoken } from '../slack/spoken.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Standing } from './standing.ts';
import { userRows } from './user-lines.ts';

/** As in every list of users: ten rows fit into one message, whatever their users are called. */
const PAGE_SIZE = 10;

/** Certain users, and what is known of them. */
export interface SomeUsers {
  readonly users: readonly WallarooUser[];
  /** How many of those asked for are no longer there. */
  readonly gone: number;
  readonly standing: Standing;
}

/** How they are shown. */
export interface SomeUsersView {
  readonly title: string;
  /** The page asked for, from 0 on. */
  readonly page: number;
  /** Makes a button that turns to page `to`; `suffix` ends its action id. */
  readonly turn: (text: string, suffix: string, to: number) => Button;
}

/** A page of certain users, each with their menu. */
export function someUsersMessage({ users, gone, standing }: SomeUsers, view: SomeUsersView): Message {
  const { shown, page, pages } = pageAt(users, view.page, PAGE_SIZE);
  const [previous, next] = turnButtons({ page, pages }, view.turn);
  const left = gone === 0 ? '' : ` · ${gone} no longer in Wallaroo`;
  const blocks = [
    header(view.title),
    context(`${count(users.length, 'user')} · page ${page + 1} of ${pages}${left}`),
    ...userRows(shown, standing).flat(),
    ...((previous ?? next) ? [actions(previous, next)] : []),
  ];
  return { text: spoken(blocks), blocks };
}
