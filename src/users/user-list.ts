import { byIdleness } from '../license/idle.ts';
import { pageAt } from '../slack/paging.ts';
import { durationAtStart, milliseconds } from '../texts/duration.ts';
import { seenText } from '../texts/plain-text.ts';
import { searchWords } from '../texts/search-words.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { isIdleFor, type Standing } from './standing.ts';
import { indexOf } from './user-index.ts';

export const FILTERS = ['active', 'inactive', 'all', 'idle', 'never'] as const;

/** Whom a list shows: those who are idle, and those who never signed in, among the others. */
export type ListFilter = (typeof FILTERS)[number];

/** What a list shows. Small enough to travel in a button's value (2000 characters). */
export interface ListQuery {
  readonly state: ListFilter;
  /** For how long one is without a sign of life to count as idle, ms; the setting's days where it is left out. */
  readonly idleMs?: number | undefined;
  /** Only those whose deactivation would free a seat. */
  readonly toFree?: boolean | undefined;
  /** Search words, folded. */
  readonly words: readonly string[];
  /** From 0 on. */
  readonly page: number;
  /** Ids of users whose box is ticked, on whichever page. */
  readonly ticked?: readonly string[] | undefined;
}

export interface ListPage {
  readonly query: ListQuery;
  readonly users: readonly WallarooUser[];
  readonly pages: number;
  readonly matches: number;
}

export const PAGE_SIZE = 10;
/** Of a list with boxes: so many rows and boxes fit into one message. */
const PAGE_OF_BOXES = 20;
/** Longer searches find nobody, and would not fit into a button. */
export const LONGEST_SEARCH = 200;
const DAY_MS = 86_400_000;

/** Reads `[active|inactive|all|idle [60d]|never] [search words]`, as somebody may say it: `idle for 60 days`, `never signed in`. */
export function parseListQuery(text: string): ListQuery {
  const typed = seenText(text.slice(0, LONGEST_SEARCH));
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/u.exec(typed) ?? [];
  const state = FILTERS.find((filter) => filter === first.toLowerCase());
  if (state === undefined) return { state: 'all', words: searchWords(typed), page: 0 };
  if (state === 'never') return { state, words: searchWords(rest.replace(/^signed[- ]in\b/iu, '')), page: 0 };
  return state === 'idle'
    ? { ...idleTime(rest), state, page: 0 }
    : { state, words: searchWords(rest), page: 0 };
}

/** The time that a text begins with, and the search words behind it. */
export function idleTime(text: string): Pick<ListQuery, 'idleMs' | 'words'> {
  const from =
    /^(?:(?:for|since|over|more than|longer than|at least|>=?|&gt;=?)\s*)?/iu.exec(text)?.[0] ?? '';
  const behind = text.slice(from.length);
  const duration = durationAtStart(behind);
  const ms = duration === undefined ? undefined : milliseconds(duration);
  const number = ms === undefined ? /^\d+(?=\s|$)/.exec(behind)?.[0] : undefined;
  const said = number ?? duration ?? '';
  const idleMs = number === undefined ? ms : Number(number) * DAY_MS;
  if (idleMs === undefined || idleMs <= 0) return { words: searchWords(text) };
  const rest = text.slice(from.length + said.length).replace(/^[\s,;]*(?:or (?:more|longer))?/iu, '');
  return { idleMs, words: searchWords(rest) };
}

/** What tells who is idle. */
export interface Known {
  readonly standing: Standing;
  /** Whether the deactivation of somebody would free a seat. @default of everybody */
  readonly freesSeat?: (user: WallarooUser) => boolean;
  /** After which somebody counts as idle, ms. */
  readonly idleMs: number;
}

/** The asked page, or the last one when there are fewer; `all` shows active users first. */
export function pageOf(users: readonly WallarooUser[], query: ListQuery, known: Known): ListPage {
  const fitting = fittingUsers(users, query, known);
  const size = query.toFree === true ? PAGE_OF_BOXES : PAGE_SIZE;
  const { shown, page, pages } = pageAt(fitting, query.page, size);
  return { query: { ...query, page }, users: shown, pages, matches: fitting.length };
}

/** All that a query asks for, on whichever page. */
export function fittingUsers(
  users: readonly WallarooUser[],
  { state, words, idleMs: asked, toFree }: ListQuery,
  { standing, idleMs, freesSeat }: Known,
): readonly WallarooUser[] {
  const index = indexOf(users);
  const inOrder = state === 'idle' ? byIdleness(users, standing.idleSince) : index.inOrder;
  const called = words.length === 0 ? inOrder : index.matching(inOrder, words);
  const matching = toFree === true && freesSeat !== undefined ? called.filter(freesSeat) : called;
  switch (state) {
    case 'all':
      return matching;
    case 'active':
      return matching.filter(({ enabled }) => enabled);
    case 'inactive':
      return matching.filter(({ enabled }) => !enabled);
    case 'never':
      return matching.filter(({ lastSignInMs }) => lastSignInMs === null);
    case 'idle':
      return matching.filter((user) => isIdleFor(user, asked ?? idleMs, standing));
  }
}
