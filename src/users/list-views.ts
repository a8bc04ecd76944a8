import type { KnownBlock } from '@slack/types';
import { type LicenseLines, licenseLine } from '../license/license-desk.ts';
import { actions, button, context, header, type Message, section } from '../slack/blocks.ts';
import { code, count, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { turnButtons } from '../slack/paging.ts';
import { durationText } from '../texts/duration.ts';
import { writeQuery } from './list-value.ts';
import type { Standing } from './standing.ts';
import { tickedElsewhere, userBoxes, userRow, userText } from './user-lines.ts';
import { FILTERS, type ListFilter, type ListPage, type ListQuery } from './user-list.ts';
import { ids } from './users-ids.ts';

/** A page of users, and what is known of them. */
export interface ShownList {
  readonly page: ListPage;
  readonly standing: Standing;
  readonly license: LicenseLines;
  /** After which somebody counts as idle, ms. */
  readonly idleMs: number;
  /** Set while the platform does not answer: when it told this list, and what is wrong. */
  readonly old: { readonly asOf: Date; readonly sentence: string } | undefined;
}

const TITLE: Readonly<Record<ListFilter, string>> = {
  active: 'Active users of this Wallaroo instance',
  inactive: 'Inactive users of this Wallaroo instance',
  all: 'Users of this Wallaroo instance',
  idle: 'Idle users of this Wallaroo instance',
  never: 'Users of this Wallaroo instance who never signed in',
};

const LABEL: Readonly<Record<ListFilter, string>> = {
  active: 'Active',
  inactive: 'Inactive',
  all: 'All',
  idle: 'Idle',
  never: 'Never signed in',
};

/** Characters of a message's text that Slack advises (docs.slack.dev: chat.postMessage). */
const LONGEST_TEXT = 3900;

/** A page of the list with its filters, menus and `Previous`/`Next`. */
export function listMessage(list: ShownList): Message {
  const { page, standing, license, old } = list;
  const { query, users } = page;
  const title = TITLE[query.state];
  const summary = summaryOf(list);
  const age =
    old === undefined ? [] : [`${escapeMrkdwn(old.sentence)} This list is as of ${dateTime(old.asOf)}.`];
  return {
    text: fitting([`${title}: ${summary}`, ...age, ...users.map((user) => userText(user, standing))]),
    blocks: [
      header(title),
      ...age.map((text) => section(`${text} :warning:`)),
      ...licenseLine(license),
      context(summary),
      actions(...FILTERS.map((filter) => filterButton(filter, query))),
      ...users.map((user) => userRow(user, standing)),
      ...(query.toFree === true ? userBoxes(page, standing) : []),
      ...pager(page),
    ],
  };
}

function summaryOf({ page, idleMs }: ShownList): string {
  const { query, pages, matches } = page;
  if (matches === 0) return `${nobodyText(query, idleMs)} \`/wallaroo users\` lists all.`;
  return `${count(matches, 'user')}${searchedText(query)}${idleText(query, idleMs)} · page ${query.page + 1} of ${pages}`;
}

/** That no user fits, as a sentence; `idleMs` is the setting's time. */
export function nobodyText(query: ListQuery, idleMs: number): string {
  const searched = searchedText(query);
  if (query.state === 'idle') return `No user${searched} is${idleText(query, idleMs)}.`;
  if (query.state === 'never') return `No user${searched} is among those who never signed in.`;
  const state = query.state === 'all' ? '' : `${query.state} `;
  return `There is no ${state}user${searched}.`;
}

const searchedText = ({ words }: ListQuery): string =>
  words.length === 0 ? '' : ` matching ${code(words.join(' '))}`;

const idleText = ({ state, idleMs: asked }: ListQuery, idleMs: number): string =>
  state === 'idle' ? ` idle for ${durationText(asked ?? idleMs)} or more` : '';

function filterButton(filter: ListFilter, { state, idleMs, words }: ListQuery) {
  const query: ListQuery = { state: filter, idleMs: filter === 'idle' ? idleMs : undefined, words, page: 0 };
  return button({
    text: LABEL[filter],
    actionId: `${ids.filter}/${filter}`,
    value: writeQuery(query),
    ...(filter === state ? { style: 'primary' } : {}),
  });
}

function pager(list: ListPage): readonly KnownBlock[] {
  const { query, pages, matches } = list;
  const turn = (text: string, suffix: string, page: number) =>
    button({
      text,
      actionId: `${ids.page}/${suffix}`,
      value: writeQuery({ ...query, page, ticked: tickedElsewhere(list) }),
    });
  const [previous, next] = turnButtons({ page: query.page, pages }, turn);
  const csv =
    matches === 0
      ? undefined
      : button({
          text: 'Export CSV',
          actionId: ids.export,
          value: writeQuery({ ...query, page: 0, ticked: [] }),
        });
  return (previous ?? next ?? csv) ? [actions(previous, next, csv)] : [];
}

/** As many of the lines as a message's text may have. */
function fitting(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > LONGEST_TEXT) break;
    text += text === '' ? line : `\n${line}`;
  }
  return text;
}
