import { asText, type Json } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly rest: Json;
}

/** One page of a cursor-paged list: `limit` up to 1000, `cursor` as the last answer gave it. */
export function pageOf<Item>(all: readonly Item[], args: Json, defaultLimit = 100): Page<Item> {
  const limit = Number(args.limit ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new SlackRefusal('invalid_limit');
  const cursor = asText(args.cursor) ?? '';
  const from = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('from:', ''));
  if (!Number.isInteger(from)) throw new SlackRefusal('invalid_cursor');
  const next = from + limit < all.length ? Buffer.from(`from:${from + limit}`).toString('base64') : '';
  return { items: all.slice(from, from + limit), rest: { response_metadata: { next_cursor: next } } };
}
