import { type Looked, looksFor } from '../db/looks-for.ts';
import { perUser } from '../db/per-user.ts';
import type { ShownEntry } from './shown-entry.ts';

/** Which row of an entry it is, from 1 on, of how many. */
export interface Part {
  readonly nth: number;
  readonly of: number;
}

/** What an entry says of one user. */
export type RowOf<E> = E & { readonly part: Part };
export type TrailRow = RowOf<ShownEntry>;

/** An entry as a row for each user whom it concerns: a swap is two. */
export function rowsOf<E extends ShownEntry>(entry: E): readonly RowOf<E>[] {
  const parts = perUser(entry);
  return parts.map((one, at) => ({ ...one, part: { nth: at + 1, of: parts.length } }));
}

/** Users of one change who are told of together even where only one of them is sought, as the two of a swap. */
const MOST_TOGETHER = 3;

/** The rows that a query looks for in an entry that it finds: of a change of many those of the users who are sought. */
export function rowsSought<E extends ShownEntry>(entry: E, query: Looked): readonly RowOf<E>[] {
  const rows = rowsOf(entry);
  const together = rows.length <= MOST_TOGETHER && entry.subjects.every(({ failed }) => failed === undefined);
  const sought = together
    ? []
    : rows.filter((row) => row.subjects.some((one) => looksFor(query, entry, one)));
  return sought.length === 0 ? rows : sought;
}
