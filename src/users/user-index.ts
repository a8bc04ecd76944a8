import { folded, foldedAsGerman } from '../texts/fold.ts';
import type { WallarooUser } from '../wallaroo/user.ts';

/** What finding users asks of a list again and again, worked out once for each list. */
export interface UserIndex {
  /** Active users first, each group as listed. */
  readonly active: readonly WallarooUser[];
  readonly inactive: readonly WallarooUser[];
  /** Users by id, email and username, in small letters. */
  readonly byName: ReadonlyMap<string, readonly WallarooUser[]>;
  /** Users by first and last name, in either order, folded. */
  readonly byFullName: ReadonlyMap<string, readonly WallarooUser[]>;
  /**
   * Whether every word occurs in the email, the username or the name, accents and capitals aside: at the start of a
   * word of theirs, or anywhere from three letters on.
   */
  matches(user: WallarooUser, words: readonly string[]): boolean;
  /** Everything that a user may be called, folded: to tell how near a typed name is. */
  calledNames(user: WallarooUser): readonly string[];
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

/** A name as it is compared: `é` may be typed as one character or as two. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** The user's email and username, as they are compared. */
export const namesOf = (user: WallarooUser): readonly string[] => [
  nameKey(user.username),
  ...(user.email === undefined ? [] : [nameKey(user.email)]),
];

/** A full name as it is compared: without accents, commas and more than one blank between words. */
export const fullNameKey = (name: string): string =>
  folded(name)
    .replace(/[,\s]+/g, ' ')
    .trim();

function build(users: readonly WallarooUser[]): UserIndex {
  const byName = new Map<string, WallarooUser[]>();
  const byFullName = new Map<string, WallarooUser[]>();
  const texts = new Map<WallarooUser, SearchText>();
  for (const user of users) {
    for (const name of new Set([...namesOf(user), nameKey(user.id)])) add(byName, name, user);
    for (const name of fullNamesOf(user)) add(byFullName, name, user);
    texts.set(user, searchText(user));
  }
  return {
    active: users.filter(({ enabled }) => enabled),
    inactive: users.filter(({ enabled }) => !enabled),
    byName,
    byFullName,
    matches: (user, words) => {
      const text = texts.get(user);
      return text !== undefined && words.every((word) => occursIn(text, word));
    },
    calledNames: (user) => texts.get(user)?.names ?? [],
  };
}

function add(map: Map<string, WallarooUser[]>, name: string, user: WallarooUser): void {
  const same = map.get(name);
  if (same === undefined) map.set(name, [user]);
  else same.push(user);
}

function fullNamesOf({ firstName, lastName }: WallarooUser): ReadonlySet<string> {
  if (!firstName?.trim() || !lastName?.trim()) return new Set();
  return new Set([fullNameKey(`${firstName} ${lastName}`), fullNameKey(`${lastName} ${firstName}`)]);
}

interface SearchText {
  /** Everything that a user is called, folded. */
  readonly all: string;
  /** The same with one blank before each word. */
  readonly words: string;
  readonly names: readonly string[];
}

function searchText({ username, email = '', firstName = '', lastName = '' }: WallarooUser): SearchText {
  const typed = `${username}\n${email}\n${firstName} ${lastName}`;
  const all = UMLAUT.test(typed) ? `${folded(typed)}\n${foldedAsGerman(typed)}` : folded(typed);
  const own = [username, email, firstName, lastName, `${firstName} ${lastName}`].map((name) =>
    folded(name).trim(),
  );
  const names = new Set(own.flatMap((name) => [name, name.split('@')[0] ?? name]));
  names.delete('');
  return { all, words: ` ${all.replace(/[^\p{L}\p{N}]+/gu, ' ')}`, names: [...names] };
}

const UMLAUT = /[äöü]|[aou]\u0308/i;

const FEWEST_WITHIN = 3;

/** Whether a folded word occurs: anywhere if it is long enough, else where a word begins. */
function occursIn({ all, words }: SearchText, word: string): boolean {
  if ([...word].length >= FEWEST_WITHIN) return all.includes(word);
  return words.includes(` ${word}`) || `\n${all}`.includes(`\n${word}`);
}
