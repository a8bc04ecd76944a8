import { code } from '../../slack/mrkdwn.ts';
import type { AccountRecord, FixStep } from './fix-step.ts';

type Wanted = Pick<AccountRecord, 'email' | 'emailVerified'> & { readonly username?: string | undefined };

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** "email `x`, confirmed, username `y`", as mrkdwn. */
export const accountText = (account: Wanted): string => words(account, (text) => code(text, 300));

/** The same in plain text, as the trail keeps it. */
export const accountPlain = (account: Wanted): string => words(account, (text) => text);

function words({ email, username, emailVerified }: Wanted, draw: (text: string) => string): string {
  const mail =
    email === undefined
      ? 'no email'
      : `email ${draw(email)}, ${emailVerified ? 'confirmed' : 'not confirmed'}`;
  if (username === undefined) return mail;
  const isSame = email !== undefined && sameName(email, username);
  return isSame ? `${mail}, username the same` : `${mail}, username ${draw(username)}`;
}

/** Whether the account goes by other addresses than it was shown with, and not yet by those that it is to have. */
export function isRenamed({ was, to }: Pick<FixStep, 'was' | 'to'>, now: AccountRecord): boolean {
  if (was === undefined) return false;
  const isOther = (is = '', shown = '', wanted = shown): boolean =>
    !sameName(is, shown) && !sameName(is, wanted);
  return isOther(now.email, was.email, to.email ?? '') || isOther(now.username, was.username, to.username);
}

/** That it is so, as a sentence of mrkdwn. */
export const renamedText = (now: AccountRecord): string =>
  `Somebody changed this account in the meantime: it has ${accountText(now)}. Nothing was overwritten.`;

/** That the realm kept the username, as a sentence; `undefined` where it is as wanted. */
export function keptUsername({ to, after }: FixStep): string | undefined {
  if (after === undefined || to.username === undefined || sameName(to.username, after.username))
    return undefined;
  return 'The username stays as it is, as the Keycloak realm keeps usernames: an administrator can change that there (Realm settings → Login → Edit username), and fix the account again.';
}
