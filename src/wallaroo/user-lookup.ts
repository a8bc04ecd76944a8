import * as z from 'zod';
import { type Call, WallarooRefused } from './errors.ts';
import { keycloakUserPath } from './keycloak-admin.ts';
import { underId } from './known-users.ts';
import { type Platform, read } from './platform.ts';
import { plainUser, userSchema, usersQuerySchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';
import { understood } from './wire.ts';

/** Of all users, or of some by their ids (contract §5.1). */
export const usersCall: Call = { method: 'POST', path: '/v1/api/users/query' };
const byEmailCall: Call = { method: 'GET', path: '/auth/admin/realms/master/users' };

const usersSchema = z.array(userSchema);

export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The user of this id as the platform has them now. */
export async function getUser(platform: Platform, id: string): Promise<WallarooUser | undefined> {
  // Keycloak would take an empty id for a question after the list of all.
  if (id === '') return undefined;
  const found = await (platform.usersVia === 'keycloak' ? fromKeycloak(platform, id) : fromApi(platform, id));
  return found ?? undefined;
}

async function fromKeycloak(platform: Platform, id: string): Promise<WallarooUser | null> {
  const user = await read(platform, (token) => platform.keycloak.get(token, id, userSchema));
  return user === null ? null : plainUser(underId({ method: 'GET', path: keycloakUserPath(id) }, id, user));
}

async function fromApi(platform: Platform, id: string): Promise<WallarooUser | null> {
  const body = { user_ids: [id] };
  const { users } = await read(platform, (token) =>
    platform.mlops.ask(token, 'users/query', body, usersQuerySchema),
  );
  // Unknown ids are null or absent (contract §5.1).
  const found = Object.hasOwn(users, id) ? users[id] : null;
  return found === null ? null : plainUser(underId(usersCall, id, understood(usersCall, userSchema, found)));
}

/** How many users are asked for by id at a time. */
const IDS_AT_ONCE = 500;

/** Those of these ids who exist, service accounts too; without last sign-in and realm roles. */
export async function usersById(
  platform: Platform,
  ids: readonly string[],
): Promise<readonly WallarooUser[]> {
  const found: WallarooUser[] = [];
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
    const asked = ids.slice(first, first + IDS_AT_ONCE);
    const { users } = await read(platform, (token) =>
      platform.mlops.ask(token, 'users/query', { user_ids: asked }, usersQuerySchema),
    );
    for (const id of asked) {
      const user = Object.hasOwn(users, id) ? users[id] : null;
      if (user !== null)
        found.push(plainUser(underId(usersCall, id, understood(usersCall, userSchema, user))));
    }
  }
  return found;
}

/** The one with exactly this email, ignoring case; `list` gives all users. @throws WallarooRefused `ambiguous_email` */
export async function findUserByEmail(
  platform: Platform,
  list: () => Promise<readonly WallarooUser[]>,
  email: string,
): Promise<WallarooUser | undefined> {
  if (email === '') return undefined;
  if (platform.usersVia === 'keycloak') return findInKeycloak(platform, email);
  return onlyWithEmail(await list(), email, usersCall);
}

/**
 * The one with exactly this email among what Keycloak finds, which contains it at least (contract §4.2).
 * @throws WallarooRefused `ambiguous_email`
 */
export async function findInKeycloak(platform: Platform, email: string): Promise<WallarooUser | undefined> {
  const query = { email, exact: true } as const;
  const users = await read(platform, (token) => platform.keycloak.find(token, query, usersSchema));
  return onlyWithEmail(users.map(plainUser), email, byEmailCall);
}

/** The one user with this email, ignoring case. @throws WallarooRefused `ambiguous_email` */
export function onlyWithEmail(
  users: readonly WallarooUser[],
  email: string,
  call: Call,
): WallarooUser | undefined {
  const [first, ...others] = users.filter((user) => user.email !== undefined && sameText(user.email, email));
  if (others.length > 0) throw new WallarooRefused(call, 'ambiguous_email');
  return first;
}

/** Whether Keycloak has a user other than `id` whose email or username is one of these texts, ignoring case. */
export async function othersNamed(
  platform: Platform,
  texts: readonly string[],
  id: string | undefined,
): Promise<boolean> {
  const wanted = [...new Set(texts.map((text) => text.toLowerCase()))];
  const queries = wanted.flatMap((text) => [
    { email: text, exact: true as const },
    { username: text, exact: true as const },
  ]);
  const found = await Promise.all(
    queries.map((query) => read(platform, (token) => platform.keycloak.find(token, query, usersSchema))),
  );
  return found
    .flat()
    .some(
      (user) =>
        user.id !== id &&
        [user.email, user.username].some((name) => name && wanted.includes(name.toLowerCase())),
    );
}
