import { folded, foldedAsGerman } from '../texts/fold.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { sortedForPeople } from './user-order.ts';

/** What finding users asks of a list again and again, worked out once for each list. */
export interface UserIndex {
  /** Active users first, each group as people sort. */
  readonly inOrder: readonly WallarooUser[];
  /** Users by id, email and username, in small letters. */
  readonly byName: ReadonlyMap<string, readonly WallarooUser[]>;
  /** Users by first and last name, in either order, folded. */
  readonly byFullName: ReadonlyMap<string, readonly WallarooUser[]>;
  /**
   * Those of `group` in whose email, username or name every word occurs, accents and capitals aside: at the start of a
   * word of theirs, or anywhere from three letters on. `words` are folded.
   */
  matching(group: readonly WallarooUser[], words: readonly string[]): readonly WallarooUser[];
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
  const called = new Map<WallarooUser, string>();
  for (const user of users) {
    for (const name of new Set([...namesOf(user), nameKey(user.id)])) add(byName, name, user);
    const text = calledText(user);
    called.set(user, text);
    for (const name of fullNamesIn(text)) add(byFullName, name, user);
  }
  let inOrder: readonly WallarooUser[] | undefined;
  return {
    get inOrder() {
      inOrder ??= activeFirst(users);
      return inOrder;
    },
    byName,
    byFullName,
    matching: (group, words) => {
      const occurs = words.map(occurrence);
      return group.filter((user) => occurs.every((occursIn) => occursIn(called.get(user) ?? '')));
    },
    calledNames: (user) => calledNames(called.get(user) ?? ''),
  };
}

const activeFirst = (users: readonly WallarooUser[]): readonly WallarooUser[] => [
  ...sortedForPeople(users.filter(({ enabled }) => enabled)),
  ...sortedForPeople(users.filter(({ enabled }) => !enabled)),
];

function add(map: Map<string, WallarooUser[]>, name: string, user: WallarooUser): void {
  const same = map.get(name);
  if (same === undefined) map.set(name, [user]);
  else same.push(user);
}

/** What a user is called, folded, a line each: username, email, first name, last name, and all again as German writes them. */
function calledText({ username, email = '', firstName = '', lastName = '' }: WallarooUser): string {
  const typed = [username, email, firstName, lastName].map((name) => name.replaceAll('\n', ' ')).join('\n');
  return UMLAUT.test(typed) ? `${folded(typed)}\n${foldedAsGerman(typed)}` : folded(typed);
}

const UMLAUT = /[äöü]|[aou]\u0308/i;

function fullNamesIn(text: string): readonly string[] {
  const [, , first = '', last = ''] = text.split('\n').map((name) => name.trim());
  if (first === '' || last === '') return [];
  const names = [fullNameKey(`${first} ${last}`), fullNameKey(`${last} ${first}`)];
  return names[0] === names[1] ? names.slice(1) : names;
}

function calledNames(text: string): readonly string[] {
  const [username = '', email = '', first = '', last = ''] = text.split('\n');
  const names = [
    username,
    email,
    username.split('@')[0] ?? '',
    email.split('@')[0] ?? '',
    first,
    last,
    `${first} ${last}`,
  ];
  const called = [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '');
  return called.length > 0 ? called : [''];
}

const FEWEST_WITHIN = 3;

/** Whether a folded word occurs in a text: anywhere if it is long enough, else where a word begins. */
function occurrence(word: string): (text: string) => boolean {
  if ([...word].length >= FEWEST_WITHIN) return (text) => text.includes(word);
  const atStart = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}`, 'u');
  return (text) => text.includes(word) && atStart.test(text);
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
