import { searchWords } from '../texts/search-words.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { indexOf } from './user-index.ts';

export type StateFilter = 'active' | 'inactive' | 'all';

/** What a list shows. Small enough to travel in a button's value (2000 characters). */
export interface ListQuery {
  readonly state: StateFilter;
  /** Search words, folded. */
  readonly words: readonly string[];
  /** From 0 on. */
  readonly page: number;
}

export interface ListPage {
  readonly query: ListQuery;
  readonly users: readonly WallarooUser[];
  readonly pages: number;
  readonly matches: number;
}

export const PAGE_SIZE = 10;
/** Longer searches find nobody, and would not fit into a button. */
export const LONGEST_SEARCH = 200;
const STATES: readonly string[] = ['active', 'inactive', 'all'];

/** Reads `[active|inactive|all] [search words]`. */
export function parseListQuery(text: string): ListQuery {
  const words = searchWords(text.slice(0, LONGEST_SEARCH));
  const [first] = words;
  const named = first !== undefined && STATES.includes(first);
  return { state: named ? (first as StateFilter) : 'all', words: named ? words.slice(1) : words, page: 0 };
}

/** The asked page, or the last one when there are fewer; active users first, each group as listed. */
export function pageOf(users: readonly WallarooUser[], query: ListQuery): ListPage {
  const index = indexOf(users);
  const matching = (group: readonly WallarooUser[]) =>
    query.words.length === 0 ? group : index.matching(group, query.words);
  const active = query.state === 'inactive' ? [] : matching(index.active);
  const inactive = query.state === 'active' ? [] : matching(index.inactive);
  const matches = active.length + inactive.length;
  const pages = Math.max(1, Math.ceil(matches / PAGE_SIZE));
  const page = Math.min(Math.max(0, query.page), pages - 1);
  const first = page * PAGE_SIZE;
  return { query: { ...query, page }, users: sliceAcross(active, inactive, first), pages, matches };
}

function sliceAcross(
  active: readonly WallarooUser[],
  inactive: readonly WallarooUser[],
  first: number,
): WallarooUser[] {
  const fromActive = active.slice(first, first + PAGE_SIZE);
  const start = Math.max(0, first - active.length);
  return [...fromActive, ...inactive.slice(start, start + PAGE_SIZE - fromActive.length)];
}
