import { code, dateTime, day, truncate } from '../slack/mrkdwn.ts';
import { oneLine } from '../texts/one-line.ts';
import { type LastSignIn, lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';

/** The longest address that mail knows (RFC 5321). Labels travel in modals' metadata, which Slack limits. */
const LONGEST_LABEL = 254;

/** What a user goes by: the email, or the username where there is none. For people only, never to find the user by. */
export const labelOf = (user: Pick<WallarooUser, 'email' | 'username'>): string =>
  truncate(oneLine(user.email ?? user.username), LONGEST_LABEL);

/** Whether somebody is active, and until when, if their activation ends. */
export const stateText = (enabled: boolean, until?: Date): string =>
  enabled ? `active${until === undefined ? '' : ` until ${dateTime(until)}`}` : 'inactive';

/** The same where Slack shows plain text only, as in the options of a menu; the day in UTC. */
export const statePlain = (enabled: boolean, until: Date | undefined): string =>
  enabled && until !== undefined ? `active until ${until.toISOString().slice(0, 10)}` : stateText(enabled);

/** The platform says when somebody last signed in, not when they last worked. */
export function lastSignInText(lastSignIn: LastSignIn): string {
  switch (lastSignIn.kind) {
    case 'at':
      return `last sign-in ${day(lastSignIn.at)}`;
    case 'never':
      return 'never signed in';
    case 'unknown':
      return 'last sign-in not known';
  }
}

/** The same where Slack shows plain text only, as in the options of a menu. */
export const lastSignInPlain = (lastSignIn: LastSignIn): string =>
  lastSignIn.kind === 'at'
    ? `last sign-in ${lastSignIn.at.toISOString().slice(0, 10)}`
    : lastSignInText(lastSignIn);

/** One user in a list: state, email, username where it differs, last sign-in. */
export function userLine(user: WallarooUser, until: Date | undefined): string {
  const parts = [
    stateText(user.enabled, until),
    user.email === undefined ? `no email` : code(user.email),
    ...(user.email?.toLowerCase() === user.username.toLowerCase() ? [] : [`username ${code(user.username)}`]),
    lastSignInText(lastSignInOf(user)),
  ];
  return parts.join(' · ');
}
