import { z } from 'zod';
import type { WallarooUser } from '../user.ts';
import { like } from './like.ts';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const count = z.coerce.number().int();

/** The query of the list and of the count (contract §4.1). Unknown parameters mean nothing to Keycloak. */
export const userQuery = z.object({
  first: count.min(0).default(0),
  /** Users at most; a negative one: no limit. */
  max: count.default(100),
  search: z.string().optional(),
  email: z.string().optional(),
  username: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  exact: flag.default(false),
  enabled: flag.optional(),
  emailVerified: flag.optional(),
  briefRepresentation: flag.default(false),
});

export type UserQuery = z.infer<typeof userQuery>;

/** `ann` by prefix, `*ann*` anywhere, `"ann"` the whole value; several words all have to be there. */
function matchesSearch(user: WallarooUser, search: string): boolean {
  const [, id] = /^id:(.+)$/.exec(search.trim()) ?? [];
  if (id !== undefined) return user.id === id.trim();
  const fields = [user.username, user.firstName, user.lastName, user.email];
  return search
    .trim()
    .split(/\s+/)
    .every((word) => {
      const [, whole] = /^"(.*)"$/.exec(word) ?? [];
      const pattern = whole ?? `${word.replaceAll('*', '%')}%`;
      return fields.some((field) => like(field, pattern));
    });
}

function matchesFields(user: WallarooUser, query: UserQuery): boolean {
  const holds = (value: string | undefined, wanted: string | undefined): boolean => {
    if (wanted === undefined) return true;
    // The value isn't escaped, so its own `_` and `%` are wildcards (contract §4.2).
    return query.exact ? value?.toLowerCase() === wanted.toLowerCase() : like(value, `%${wanted}%`);
  };
  return (
    holds(user.email, query.email) &&
    holds(user.username, query.username) &&
    holds(user.firstName, query.firstName) &&
    holds(user.lastName, query.lastName) &&
    (query.enabled === undefined || user.enabled === query.enabled) &&
    (query.emailVerified === undefined || user.emailVerified === query.emailVerified)
  );
}

const isFiltered = (query: UserQuery): boolean =>
  [query.search, query.email, query.username, query.firstName, query.lastName].some(
    (one) => one !== undefined,
  );

const byUsername = (a: WallarooUser, b: WallarooUser): number =>
  a.username < b.username ? -1 : Number(a.username > b.username);

/** All users whom the query means, by username. `search` excludes the other filters; service accounts need one. */
export function searchUsers(users: Iterable<WallarooUser>, query: UserQuery): WallarooUser[] {
  const { search } = query;
  const matches = (user: WallarooUser): boolean =>
    search === undefined ? matchesFields(user, query) : matchesSearch(user, search);
  const withServiceAccounts = isFiltered(query);
  return [...users]
    .filter((user) => (withServiceAccounts || !user.serviceAccount) && matches(user))
    .sort(byUsername);
}

export function pageOf<T>(found: readonly T[], { first, max }: UserQuery): T[] {
  return max < 0 ? found.slice(first) : found.slice(first, first + max);
}
