import type { WallarooUser } from '../wallaroo/user.ts';

/** What finding users asks of a list again and again, worked out once for each list. */
export interface UserIndex {
  /** Active users first, each group as listed. */
  readonly active: readonly WallarooUser[];
  readonly inactive: readonly WallarooUser[];
  /** Users by id, email and username, in small letters. */
  readonly byName: ReadonlyMap<string, readonly WallarooUser[]>;
  /** Whether every word, in small letters, occurs in the email, the username or the name. */
  matches(user: WallarooUser, words: readonly string[]): boolean;
}

const indexes = new WeakMap<readonly WallarooUser[], UserIndex>();

/**
 * The index of a list, kept as long as the list itself. The platform's client gives the same list again while
 * nothing in it changes, so of tens of thousands of users none is looked at twice.
 */
export function indexOf(users: readonly WallarooUser[]): UserIndex {
  const known = indexes.get(users);
  if (known !== undefined) return known;
  const index = build(users);
  indexes.set(users, index);
  return index;
}

/** The user's email and username, in small letters. */
export const namesOf = (user: WallarooUser): readonly string[] => [
  user.username.toLowerCase(),
  ...(user.email === undefined ? [] : [user.email.toLowerCase()]),
];

function build(users: readonly WallarooUser[]): UserIndex {
  const byName = new Map<string, WallarooUser[]>();
  const texts = new Map<WallarooUser, string>();
  for (const user of users) {
    const names = namesOf(user);
    for (const name of new Set([...names, user.id.toLowerCase()])) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [user]);
      else same.push(user);
    }
    texts.set(user, `${names.join('\n')}\n${user.firstName ?? ''} ${user.lastName ?? ''}`.toLowerCase());
  }
  return {
    active: users.filter(({ enabled }) => enabled),
    inactive: users.filter(({ enabled }) => !enabled),
    byName,
    matches: (user, words) => {
      const text = texts.get(user) ?? '';
      return words.every((word) => text.includes(word));
    },
  };
}
