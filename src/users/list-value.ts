import * as z from 'zod';
import { readValue } from '../slack/button-value.ts';
import { FILTERS, type ListQuery } from './user-list.ts';

/** Ids that travel from page to page: one more than may be changed at once, so that too many are refused. */
const MOST_TICKED = 51;

/** Characters of a button's value (docs.slack.dev: button element). */
const LONGEST_VALUE = 2000;

const querySchema: z.ZodType<ListQuery> = z.object({
  state: z.enum(FILTERS),
  idleMs: z.number().positive().optional(),
  toFree: z.boolean().optional(),
  words: z.array(z.string()),
  page: z.number().int().min(0),
  ticked: z.array(z.string().transform(spelledOut)).optional(),
});

/** What a list shows, as a button's value; of the ticked as many as fit, the first before the last. */
export function writeQuery(query: ListQuery): string {
  const ticked = (query.ticked ?? []).slice(0, MOST_TICKED).map(brief);
  for (;;) {
    const value = JSON.stringify({ ...query, ticked: ticked.length === 0 ? undefined : ticked });
    if (value.length <= LONGEST_VALUE || ticked.pop() === undefined) return value;
  }
}

/** `undefined` for a value that is none of ours. */
export const readQuery = (value: string): ListQuery | undefined => readValue(querySchema, value);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const BRIEF = /^~[\w-]{22}$/;

/** Keycloak's ids are UUIDs, but for those of a directory: 23 characters instead of 36. */
const brief = (id: string): string =>
  UUID.test(id) ? `~${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}` : id;

function spelledOut(text: string): string {
  if (!BRIEF.test(text)) return text;
  const hex = Buffer.from(text.slice(1), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
