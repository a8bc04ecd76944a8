import { z } from 'zod';
import type { Call } from './errors.ts';
import { byUsername } from './known-users.ts';
import { type Platform, read } from './platform.ts';
import { plainUser, userSchema, usersQuerySchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';

/** Keycloak's page when nobody asks for more; the platform may stop there without a word (contract P27). */
const SILENT_LIMIT = 100;
const PAGE_SIZE = 1000;

const call: Call = { method: 'POST', path: '/v1/api/users/query' };

/** All users by username, with what only the answer for all tells (contract §5.1). */
export async function listAllUsers(platform: Platform): Promise<readonly WallarooUser[]> {
  const { users } = await read(platform, (token) =>
    platform.mlops.ask(token, 'users/query', {}, usersQuerySchema),
  );
  const listed = platform.known.read(call, users);
  const looksCut = listed.length > 0 && listed.length % SILENT_LIMIT === 0;
  if (!looksCut || platform.usersVia === 'api') return listed;
  const rest = await restOf(platform, listed);
  return rest.length === 0 ? listed : [...listed, ...rest].sort(byUsername);
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
