import type { KnownBlock } from '@slack/types';
import { type LicenseLines, licenseBlocks } from '../license/license-desk.ts';
import { labelOf, userLine } from '../license/user-text.ts';
import { actions, button, context, divider, header, type Message, section } from '../slack/blocks.ts';
import { code, count } from '../slack/mrkdwn.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { rowMenu } from './user-lines.ts';
import type { ListPage, ListQuery } from './user-list.ts';
import { ids } from './users-ids.ts';

const TITLE = { active: 'Active users', inactive: 'Inactive users', all: 'Users' } as const;

/** A page of the list with its menus and `Previous`/`Next`. */
export function listMessage(page: ListPage, license: LicenseLines): Message {
  const { query, users, pages, matches } = page;
  const searched = query.words.length === 0 ? '' : ` matching ${code(query.words.join(' '))}`;
  const title = `${TITLE[query.state]} of this Wallaroo instance`;
  const summary =
    matches === 0
      ? `No ${query.state === 'all' ? '' : `${query.state} `}user${searched}. \`/wallaroo users\` lists all.`
      : `${count(matches, 'user')}${searched} · page ${query.page + 1} of ${pages}`;
  return {
    text: `${title}: ${count(matches, 'user')}`,
    blocks: [
      header(title),
      ...licenseBlocks(license),
      context(summary),
      ...users.map((user) => section(userLine(user), rowMenu(user))),
      ...pager(query, pages),
    ],
  };
}

function pager(query: ListQuery, pages: number): readonly KnownBlock[] {
  const turn = (text: string, suffix: string, page: number) =>
    button({ text, actionId: `${ids.page}/${suffix}`, value: JSON.stringify({ ...query, page }) });
  const previous = query.page > 0 ? turn('Previous', 'previous', query.page - 1) : undefined;
  const next = query.page < pages - 1 ? turn('Next', 'next', query.page + 1) : undefined;
  return previous === undefined && next === undefined ? [] : [actions(previous, next)];
}

const MOST_OFFERED = 10;

/** Several users fit: each as a button. */
export function severalBlocks(
  typed: string,
  users: readonly WallarooUser[],
  offer: Offer,
): readonly KnownBlock[] {
  const rest = users.length - MOST_OFFERED;
  return [
    section(`${count(users.length, 'user')} match ${code(typed)}. Whom do you mean?`),
    ...offerBlocks(users, offer),
    ...(rest > 0
      ? [context(`… and ${rest} more. Type more of the email or username to narrow it down.`)]
      : []),
  ];
}

/** Nobody fits: said so, and the nearest offered. */
export function noneBlocks(
  typed: string,
  nearest: readonly WallarooUser[],
  offer: Offer,
): readonly KnownBlock[] {
  return [
    section(`No user of this Wallaroo instance matches ${code(typed)}.`),
    ...(nearest.length > 0 ? [context('The nearest:'), ...offerBlocks(nearest, offer)] : []),
  ];
}

/** Which action a press on an offered user is, and what its value carries. */
export interface Offer {
  readonly actionId: string;
  readonly valueFor: (user: WallarooUser) => string;
}

function offerBlocks(users: readonly WallarooUser[], { actionId, valueFor }: Offer): readonly KnownBlock[] {
  const shown = users.slice(0, MOST_OFFERED);
  return [
    actions(
      ...shown.map((user, index) =>
        button({ text: labelOf(user), actionId: `${actionId}/${index}`, value: valueFor(user) }),
      ),
    ),
    divider,
    ...shown.map((user) => context(userLine(user))),
  ];
}
