import { folded, foldedAsGerman } from '../texts/fold.ts';
import { byUsername } from '../wallaroo/by-username.ts';
import { type Exchanged, KeptOfList } from '../wallaroo/kept-of-list.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, type Work } from '../work.ts';

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

/** Users by what they go by. */
interface Names {
  readonly byName: ReadonlyMap<string, readonly WallarooUser[]>;
  /** By first and last name, in either order, folded. */
  readonly byFullName: ReadonlyMap<string, readonly WallarooUser[]>;
  /** See `calledText`. */
  readonly called: ReadonlyMap<WallarooUser, string>;
}

function* namesOfAll(users: readonly WallarooUser[]): Work<Names> {
  const byName = new Map<string, WallarooUser[]>();
  const byFullName = new Map<string, WallarooUser[]>();
  const called = new Map<WallarooUser, string>();
  yield* forEach(users, (user) => {
    for (const name of new Set([...namesOf(user), nameKey(user.id)])) add(byName, name, user);
    const text = calledText(user);
    called.set(user, text);
    for (const name of fullNamesIn(text)) add(byFullName, name, user);
  });
  return { byName, byFullName, called };
}

/** The names of a long list, and beside them those that have come and gone since, until these are many. */
class PatchedNames {
  readonly #all: Names;
  readonly #gone: ReadonlySet<WallarooUser>;
  readonly #come: Names;

  constructor(all: Names, gone: ReadonlySet<WallarooUser>, come: Names) {
    this.#all = all;
    this.#gone = gone;
    this.#come = come;
  }

  /** The names once users are exchanged. */
  *patched({ gone, come }: Exchanged): Work<PatchedNames> {
    const stay = [...this.#come.called.keys()].filter((user) => !gone.has(user));
    return new PatchedNames(
      this.#all,
      new Set([...this.#gone, ...gone]),
      yield* namesOfAll([...stay, ...come].sort(byUsername)),
    );
  }

  /** How many are noted beside the long list, in proportion to it. */
  get patches(): number {
    return (this.#gone.size + this.#come.called.size) / Math.max(1, this.#all.called.size);
  }

  readonly named = (name: string) => this.#in(this.#all.byName, this.#come.byName, name);

  readonly fullyNamed = (name: string) => this.#in(this.#all.byFullName, this.#come.byFullName, name);

  readonly called = (user: WallarooUser): string =>
    this.#all.called.get(user) ?? this.#come.called.get(user) ?? '';

  #in(all: Names['byName'], come: Names['byName'], name: string): readonly WallarooUser[] {
    const [known = [], more = []] = [all.get(name), come.get(name)];
    const stay = this.#gone.size === 0 ? known : known.filter((user) => !this.#gone.has(user));
    return more.length === 0 ? stay : [...stay, ...more].sort(byUsername);
  }
}

const MOST_PATCHES = 0.1;

/** Who goes by what, of each list. */
export const names = new KeptOfList<PatchedNames>(function* (users, earlier, exchanged) {
  if (earlier !== undefined && exchanged !== undefined) {
    const next = yield* earlier.patched(exchanged);
    if (next.patches < MOST_PATCHES) return next;
  }
  return new PatchedNames(yield* namesOfAll(users), new Set(), yield* namesOfAll([]));
});

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
