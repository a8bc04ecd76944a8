import type { PlainTextOption } from '@slack/types';
import type { TimedEnds } from '../../license/active-until.ts';
import { userOptions } from '../../license/user-option.ts';
import { option } from '../../slack/blocks.ts';
import { fitsChoice } from '../../slack/choice-value.ts';
import type { FormValues } from '../../slack/interaction.ts';
import { emailFault } from '../../texts/email.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { ids } from '../changes-ids.ts';
import { otherNamed } from './account-fix.ts';
import type { Draft } from './ask-draft.ts';

/** What the value of a choice begins with that invites the email behind it. */
const INVITES = 'invite:';

/** Whom one may choose to activate: users, and an email that nobody has, who is invited. */
export function activationOptions(
  typed: string,
  users: readonly WallarooUser[],
  ends: TimedEnds,
): PlainTextOption[] {
  const email = typed.trim();
  const isKnown = otherNamed(email, '', users) !== undefined;
  const value = `${INVITES}${email}`;
  const mayInvite = !isKnown && emailFault(email) === undefined && fitsChoice(value);
  const invite = mayInvite ? [option(`Invite ${email}`, value, 'has no account yet')] : [];
  return [...invite, ...userOptions(users, false, ends)];
}

/** The email that was chosen to be invited. */
export function invitedIn({ [ids.activates]: chosen }: FormValues): string | undefined {
  const email = chosen?.startsWith(INVITES) ? chosen.slice(INVITES.length) : undefined;
  return email === undefined || emailFault(email) !== undefined ? undefined : email;
}

/** Ids of the users who were chosen, by the index of the `<who>` that they stand for. */
export function chosenIn(kind: Draft['kind'], values: FormValues): Readonly<Record<string, string>> {
  const { [ids.leaves]: leaves, [ids.comes]: comes, [ids.activates]: activates } = values;
  const inPlace = kind === 'swap' ? [leaves, comes] : [activates ?? leaves];
  return Object.fromEntries(
    inPlace.flatMap((userId, index) => (userId === undefined ? [] : [[`${index}`, userId]])),
  );
}
