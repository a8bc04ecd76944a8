import { isEmail } from '../../texts/email.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';

type Account = Pick<WallarooUser, 'email' | 'username'>;

const same = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/** The addresses by which the account goes: none, one, or an email and a username that differ. */
export const addressesOf = ({ email, username }: Account): readonly string[] => {
  const found = [email, username].flatMap((text) => (text !== undefined && isEmail(text) ? [text] : []));
  return found.filter((text, at) => !found.slice(0, at).some((earlier) => same(earlier, text)));
};

/** Another user who goes by this address. */
export const otherNamed = (
  address: string,
  userId: string,
  users: readonly WallarooUser[],
): WallarooUser | undefined =>
  users.find(({ id, email, username }) => id !== userId && (same(email, address) || same(username, address)));

/** The address that the account is to have, where that can be known; `undefined`: people have to say. */
export function knownAddress(user: WallarooUser, users: readonly WallarooUser[]): string | undefined {
  const [only, second] = addressesOf(user);
  if (only === undefined || second !== undefined) return undefined;
  return otherNamed(only, user.id, users) === undefined ? only : undefined;
}

/** Whether the account is as it should be: a confirmed email, and the same username (contract §7.4). */
export const isProper = ({ email, username, emailVerified }: WallarooUser): boolean =>
  email !== undefined && isEmail(email) && same(email, username) && emailVerified !== false;
