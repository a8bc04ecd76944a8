import type { AtWrite } from './client.ts';
import { type Call, WallarooRefused } from './errors.ts';
import type { Platform } from './platform.ts';
import { invitedSchema } from './schemas.ts';
import { seatRefusal } from './seat-refusal.ts';
import { readBack, unconfirmed } from './uncertain.ts';
import type { WallarooUser } from './user.ts';
import { listAllUsers } from './user-listing.ts';
import { sameText } from './user-lookup.ts';

const call: Call = { method: 'POST', path: '/v1/api/users/invite' };

/**
 * Invites a new user (contract §5.2); the password that the platform echoes is dropped by the reply's schema.
 * Asks before whether the email is taken, as the platform's own answer to that is not known (§11.1).
 */
export async function inviteUser(
  platform: Platform,
  email: string,
  atWrite?: AtWrite,
): Promise<{ readonly id: string }> {
  if (withName((await listAllUsers(platform)).users, email) !== undefined)
    throw new WallarooRefused(call, 'conflict');
  await atWrite?.();
  // Releases from about 2024 on insist on `roles`, older ones ignore it.
  const body = { email, roles: [] };
  let id: string | undefined;
  const failure = await platform.session.authorized((token) =>
    unconfirmed(
      platform.mlops.ask(token, 'users/invite', body, invitedSchema).then(
        (invited) => {
          id = invited.id;
        },
        (error: unknown) => seatRefusal(call, error),
      ),
    ),
  );
  if (id !== undefined) return { id };
  const invited = await readBack(call, failure, () => lookFor(platform, email));
  if (invited === undefined) throw failure ?? new WallarooRefused(call, 'not_applied');
  return { id: invited.id };
}

async function lookFor(platform: Platform, email: string): Promise<WallarooUser | undefined> {
  const { users, mayBeCut } = await listAllUsers(platform);
  const found = withName(users, email);
  // Who is not on a list that may end early may be there.
  if (found === undefined && mayBeCut) throw new WallarooRefused(call, 'list_cut');
  return found;
}

const withName = (users: readonly WallarooUser[], email: string): WallarooUser | undefined =>
  users.find((user) => sameText(user.username, email) || (user.email && sameText(user.email, email)));
