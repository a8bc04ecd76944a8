import type { WallarooUser } from '../wallaroo/user.ts';

/** As people sort: capitals and accents aside, `user2` before `user10`. */
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** First and last name; `undefined` where the platform has neither. */
export function fullNameOf({ firstName, lastName }: WallarooUser): string | undefined {
  const name = [firstName, lastName].map((part) => part?.trim() ?? '').filter((part) => part !== '');
  return name.length === 0 ? undefined : name.join(' ');
}

/** What a row begins with. */
const sortedBy = (user: WallarooUser): string => fullNameOf(user) ?? user.email ?? user.username;

/** Users by what their rows begin with: the name, else the email, else the username. */
export function sortedForPeople(users: readonly WallarooUser[]): readonly WallarooUser[] {
  return users
    .map((user) => ({ user, by: sortedBy(user) }))
    .sort((a, b) => collator.compare(a.by, b.by) || collator.compare(a.user.username, b.user.username))
    .map(({ user }) => user);
}
