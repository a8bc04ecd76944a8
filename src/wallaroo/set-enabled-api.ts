import type { AtWrite, EnabledWrite } from './client.ts';
import { type Call, WallarooRefused, WallarooUnreachable } from './errors.ts';
import type { Platform } from './platform.ts';
import { doneSchema } from './schemas.ts';
import { seatRefusal } from './seat-refusal.ts';
import { readBack, type Uncertain, unconfirmed } from './uncertain.ts';
import type { WallarooUser } from './user.ts';
import { listAllUsers } from './user-listing.ts';
import { getUser, onlyWithEmail } from './user-lookup.ts';

const KEYCLOAK_FAILED = 'error querying keycloak server';

/**
 * Through the platform's own API (contract §5.3), which takes an email and does not say how it matches it.
 * So the email must be there and the only one of its kind, and where another one contains it, that user is
 * read back as well and put right if the platform took them instead.
 */
export async function setEnabledThroughApi(
  platform: Platform,
  id: string,
  enabled: boolean,
  atWrite?: AtWrite,
): Promise<EnabledWrite> {
  const call = callFor(enabled);
  const { users } = await listAllUsers(platform);
  const listed = users.find((user) => user.id === id);
  // A list may be cut, or an old one out of a cache: that nothing is to be done, it does not tell.
  const before = listed === undefined || listed.enabled === enabled ? await getUser(platform, id) : listed;
  if (before === undefined) throw new WallarooRefused(call, 'not_found');
  if (before.enabled === enabled) return { before, after: before };
  const { email } = before;
  if (email === undefined) throw new WallarooRefused(call, 'no_email');
  onlyWithEmail(users, email, call);
  const write = async () => {
    await atWrite?.();
    const failure = await switchByEmail(platform, email, enabled);
    const after = await readBack(call, failure, () => getUser(platform, id));
    if (after === undefined) throw new WallarooRefused(call, 'not_found', { cause: failure });
    await putRightOthers(platform, call, alike(users, email, id));
    return { after, failure };
  };
  const first = await write();
  // Keycloak was away for a moment, or does not find the email: it is back, as the user was read through it, and nothing is done.
  const isOpen = first.after.enabled !== enabled && isKeycloaks(first.failure);
  const { after, failure } = isOpen ? await write() : first;
  if (after.enabled !== enabled) throw refusalIn(call, failure);
  return { before, after };
}

const switchByEmail = (
  platform: Platform,
  email: string,
  enabled: boolean,
): Promise<Uncertain | undefined> => {
  const call = callFor(enabled);
  return platform.session.authorized((token) =>
    unconfirmed(
      platform.mlops
        .ask(token, call.name, { email }, doneSchema)
        .catch((error: unknown) => (enabled ? seatRefusal(call, error) : Promise.reject(error))),
    ),
  );
};

const callFor = (enabled: boolean) => {
  const name = enabled ? 'users/activate' : 'users/deactivate';
  return { name, method: 'POST', path: `/v1/api/${name}` };
};

/** Users that a partial match of `email` might mean (contract §4.2). */
const alike = (users: readonly WallarooUser[], email: string, id: string): WallarooUser[] =>
  users.filter((user) => user.id !== id && user.email?.toLowerCase().includes(email.toLowerCase()));

/** @throws WallarooRefused `wrong_user_changed` if one of `others` is no longer as before. */
async function putRightOthers(
  platform: Platform,
  call: Call,
  others: readonly WallarooUser[],
): Promise<void> {
  for (const { id, email, enabled } of others) {
    const now = await readBack(call, undefined, () => getUser(platform, id));
    if (now === undefined || now.enabled === enabled || email === undefined) continue;
    await switchByEmail(platform, email, enabled);
    throw new WallarooRefused(call, 'wrong_user_changed', { detail: `changed user ${id} instead` });
  }
}

const isKeycloaks = (failure: Uncertain | undefined): boolean =>
  failure instanceof WallarooUnreachable && failure.message.includes(KEYCLOAK_FAILED);

/** Why a write had no effect. The API's 500 for an email it does not find is the same as for any other trouble. */
function refusalIn(call: Call, failure: Uncertain | undefined): Error {
  if (failure === undefined) return new WallarooRefused(call, 'not_applied');
  if (isKeycloaks(failure))
    return new WallarooRefused(call, 'not_found', {
      cause: failure,
      userMessage:
        "Wallaroo's API could not change this user: it does not find their email in Keycloak, the bot's account lacks the Keycloak role manage-users of the client master-realm, or the user comes from a directory (LDAP) that Keycloak only reads.",
    });
  return failure;
}
