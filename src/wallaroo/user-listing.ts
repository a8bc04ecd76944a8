import { z } from 'zod';
import type { Call } from './errors.ts';
import { type Platform, read } from './platform.ts';
import { listedUser, plainUser, type UserOnWire, userSchema, usersQuerySchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';
import { understood } from './wire.ts';

/** Keycloak's page when nobody asks for more; the platform may stop there without a word (contract P27). */
const SILENT_LIMIT = 100;
const PAGE_SIZE = 1000;

const call: Call = { method: 'POST', path: '/v1/api/users/query' };

/** All users by username, with what only the answer for all tells (contract §5.1). */
export async function listAllUsers(platform: Platform): Promise<readonly WallarooUser[]> {
  const { users } = await read(platform, (token) =>
    platform.mlops.ask(token, 'users/query', {}, usersQuerySchema),
  );
  const listed = readUsers(users);
  const looksCut = listed.length > 0 && listed.length % SILENT_LIMIT === 0;
  const rest = looksCut && platform.usersVia === 'keycloak' ? await restOf(platform, listed) : [];
  return [...listed, ...rest].sort(byUsername);
}

/** Plain comparison of code units: locale rules would cost more than reading the list. */
function byUsername(a: WallarooUser, b: WallarooUser): number {
  if (a.username === b.username) return 0;
  return a.username < b.username ? -1 : 1;
}

function readUsers(map: Readonly<Record<string, unknown>>): WallarooUser[] {
  const users: UserOnWire[] = [];
  // A user deleted meanwhile may be null (contract P10).
  for (const value of Object.values(map)) if (value !== null) users.push(understood(call, userSchema, value));
  // Platforms since 2024 tell both; roles only of those who have one (contract §2.1).
  const tellsRoles = users.some(({ lastLogin, realmRoles }) => lastLogin !== undefined || !!realmRoles);
  return users.map((user) => listedUser(user, tellsRoles));
}

const pageSchema = z.array(userSchema);

/** The users that Keycloak has beyond `listed`; it does not know their last sign-in and roles. */
async function restOf(platform: Platform, listed: readonly WallarooUser[]): Promise<WallarooUser[]> {
  const { keycloak } = platform;
  const total = await read(platform, (token) => keycloak.count(token));
  if (total <= listed.length) return [];
  const known = new Set(listed.map(({ id }) => id));
  const rest: WallarooUser[] = [];
  for (let first = 0; ; ) {
    const query = { first, max: PAGE_SIZE };
    const page = await read(platform, (token) => keycloak.find(token, query, pageSchema));
    rest.push(...page.filter(({ id }) => !known.has(id)).map(plainUser));
    first += page.length;
    // The count may include service accounts, which the list leaves out.
    if (page.length === 0 || first >= total) return rest;
  }
}
