import { type Call, WallarooRefused } from './errors.ts';
import type { Platform } from './platform.ts';
import { invitedSchema } from './schemas.ts';
import { readBack, type Uncertain, unconfirmed } from './uncertain.ts';
import type { WallarooUser } from './user.ts';
import { listAllUsers } from './user-listing.ts';
import { sameText } from './user-lookup.ts';

const call: Call = { method: 'POST', path: '/v1/api/users/invite' };

const UNSUPPORTED = 'user management is not supported';
const RIGHTS = /permission|forbidden|not allowed|role|unauthori[sz]ed/i;

/**
 * Invites a new user (contract §5.2); the password that the platform echoes never leaves the reply's schema.
 * Asks before whether the email is taken, as the platform's own answer to that is not known (§11.1).
 */
export async function inviteUser(platform: Platform, email: string): Promise<{ readonly id: string }> {
  if (find(await listAllUsers(platform), email) !== undefined) throw new WallarooRefused(call, 'conflict');
  let id: string | undefined;
  // Releases from about 2024 on insist on `roles`, older ones ignore it.
  const body = { email, roles: [] };
  const write = platform.session.authorized(async (token) => {
    ({ id } = await platform.mlops.ask(token, 'users/invite', body, invitedSchema));
  });
  const failure = await unconfirmed(write.catch(explained));
  if (id !== undefined) return { id };
  return { id: (await invitedAllTheSame(platform, email, failure)).id };
}

const find = (users: readonly WallarooUser[], email: string): WallarooUser | undefined =>
  users.find((user) => sameText(user.username, email) || (user.email && sameText(user.email, email)));

async function invitedAllTheSame(
  platform: Platform,
  email: string,
  failure: Uncertain | undefined,
): Promise<WallarooUser> {
  const users = await readBack(call, failure, () => listAllUsers(platform));
  const invited = find(users, email);
  if (invited === undefined) throw failure ?? new WallarooRefused(call, 'not_applied');
  return invited;
}

/** A 403 means the product's configuration, the seats or the caller's rights: only its text tells. */
function explained(error: unknown): never {
  if (!(error instanceof WallarooRefused) || error.code !== 'missing_permission') throw error;
  if (error.message.includes(UNSUPPORTED))
    throw new WallarooRefused(call, 'user_management_unsupported', { cause: error });
  if (RIGHTS.test(error.message)) throw error;
  throw new WallarooRefused(call, 'license_full', { cause: error });
}
