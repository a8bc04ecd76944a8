import { byUsername } from '../wallaroo/by-username.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { comparePlain, plainText } from './plain-order.ts';

/** As people sort: capitals and accents aside, `user2` before `user10`. */
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** First and last name; `undefined` where the platform has neither. */
export function fullNameOf({ firstName, lastName }: WallarooUser): string | undefined {
  const name = [firstName, lastName].map((part) => part?.trim() ?? '').filter((part) => part !== '');
  return name.length === 0 ? undefined : name.join(' ');
}

/** A text to be compared many times. */
interface SortedText {
  readonly text: string;
  /** The same where plain rules do for it, which are ten times as fast as the collator's. */
  readonly plain: string | undefined;
}

const sortedText = (text: string): SortedText => ({ text, plain: plainText(text) });

const compareTexts = (a: SortedText, b: SortedText): number =>
  a.plain === undefined || b.plain === undefined
    ? collator.compare(a.text, b.text)
    : comparePlain(a.plain, b.plain);

/** A user with what their place in a list depends on. */
export interface Placed {
  readonly user: WallarooUser;
  /** What a row begins with: the name, else the email, else the username. */
  readonly by: SortedText;
  readonly username: SortedText;
}

export const placed = (user: WallarooUser): Placed => ({
  user,
  by: sortedText(fullNameOf(user) ?? user.email ?? user.username),
  username: sortedText(user.username),
});

/** Active users first, each group by what their rows begin with. */
export function inPeoplesOrder(a: Placed, b: Placed): number {
  if (a.user.enabled !== b.user.enabled) return a.user.enabled ? -1 : 1;
  return compareTexts(a.by, b.by) || compareTexts(a.username, b.username) || byUsername(a.user, b.user);
}
