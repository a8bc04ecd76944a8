import type { AtWrite, CreatedAccount } from './client.ts';
import { WallarooError, WallarooRefused, WallarooUnreachable } from './errors.ts';
import { createUserCall } from './keycloak-admin.ts';
import { mailReasons, type WhyNot } from './mail-reasons.ts';
import type { Platform } from './platform.ts';
import { hasMailServer } from './realm-settings.ts';
import { readBack, unconfirmed } from './uncertain.ts';
import { VERIFY_EMAIL } from './user.ts';
import { findInKeycloak, othersNamed } from './user-lookup.ts';

/** What the new user does first, from the link in Keycloak's mail. */
const ACTIONS = ['UPDATE_PASSWORD', VERIFY_EMAIL];

/** How 26 says that its realm has no mail server, to an account that may not read the realm's settings. */
const NO_SENDER = /Invalid sender address 'null'/;

/** Makes an account whose username is its email, and has Keycloak mail its owner. See `WallarooClient.inviteInKeycloak`. */
export async function inviteInKeycloak(
  platform: Platform,
  email: string,
  atWrite?: AtWrite,
): Promise<CreatedAccount> {
  if (await othersNamed(platform, [email], undefined)) throw new WallarooRefused(createUserCall, 'conflict');
  const account = { username: email, email, enabled: true, emailVerified: false, requiredActions: ACTIONS };
  const failure = await platform.session.authorized(async (token) => {
    await atWrite?.();
    return unconfirmed(platform.keycloak.create(token, account));
  });
  const made = await readBack(createUserCall, failure, () => findInKeycloak(platform, email));
  if (made === undefined) throw failure ?? new WallarooRefused(createUserCall, 'not_applied');
  const why = await mail(platform, made.id);
  if (why === undefined) return { id: made.id, mailSent: true };
  return { id: made.id, mailSent: false, why, reason: mailReasons[why] };
}

/** `undefined` once Keycloak says that the mail is sent. */
async function mail(platform: Platform, id: string): Promise<WhyNot | undefined> {
  try {
    if ((await hasMailServer(platform)) === false) return 'no_mail_server';
    await platform.session.authorized((token) => platform.keycloak.mailActions(token, id, ACTIONS));
    return undefined;
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    if (NO_SENDER.test(error.detail)) return 'no_mail_server';
    // Keycloak's own word, as of a mail server that cannot be reached, is a 500.
    const answered = error instanceof WallarooUnreachable && error.code === 'platform_error';
    return answered || error instanceof WallarooRefused ? 'not_sent' : 'unknown';
  }
}
