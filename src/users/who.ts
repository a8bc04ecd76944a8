import { distance } from 'fastest-levenshtein';
import { folded } from '../texts/fold.ts';
import { readingsOf } from '../texts/readings.ts';
import { searchWords } from '../texts/search-words.ts';
import type { KnownNames } from '../texts/take-who.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, type Work } from '../work.ts';
import { indexOf, type UserIndex } from './user-index.ts';
import { fullNameKey, nameKey, namesOf } from './user-names.ts';

/** What a search for one user came to. */
export type Found =
  | { readonly kind: 'one'; readonly user: WallarooUser }
  | { readonly kind: 'several'; readonly users: readonly WallarooUser[] }
  | { readonly kind: 'none'; readonly nearest: readonly WallarooUser[] };

const MOST_NEAREST = 3;

/**
 * The user meant by a text: an exact id, email or username first, then a whole name, else whatever part is unique. As typed
 * it counts first, then without what people put around a name. A part that several share is never decided here.
 */
export function* findWho(typed: string, users: readonly WallarooUser[]): Work<Found> {
  const index = indexOf(users);
  const readings = readingsOf(typed).filter((text) => text !== '');
  for (const text of readings) {
    const exact = exactly(index, text);
    if (exact !== undefined) return oneOrSeveral(exact);
  }
  const wanted = readings.at(-1) ?? '';
  if (typed === '') return { kind: 'none', nearest: [] };
  const partial = narrowed(matching(index, wanted, users), wanted);
  return partial.length > 0
    ? oneOrSeveral(partial)
    : { kind: 'none', nearest: yield* nearestTo(wanted, users) };
}

const exactly = (index: UserIndex, text: string): readonly WallarooUser[] | undefined =>
  someOf(index.named(nameKey(text))) ?? someOf(index.fullyNamed(fullNameKey(text)));

const someOf = (users: readonly WallarooUser[]): readonly WallarooUser[] | undefined =>
  users.length > 0 ? users : undefined;

function matching(index: UserIndex, wanted: string, users: readonly WallarooUser[]): readonly WallarooUser[] {
  const words = searchWords(wanted);
  return words.length === 0 ? [] : index.matching(users, words);
}

/** Of those who match, the ones whose whole email stands among the words: `Nora Lind – nora@ex.co`. */
function narrowed(users: readonly WallarooUser[], wanted: string): readonly WallarooUser[] {
  const words = searchWords(wanted).map(nameKey);
  const exact = users.filter(({ email }) => email !== undefined && words.includes(nameKey(email)));
  return exact.length > 0 ? exact : users;
}

/** Those with exactly this email or username. */
export function goingBy(email: string, users: readonly WallarooUser[]): readonly WallarooUser[] {
  const wanted = nameKey(email);
  return indexOf(users)
    .named(wanted)
    .filter((user) => namesOf(user).includes(wanted));
}

/**
 * Users to choose from while somebody types: those who are called so first, then those of whom it is a part; where there is
 * none, the nearest.
 */
export function* usersToChoose(typed: string, users: readonly WallarooUser[]): Work<readonly WallarooUser[]> {
  const index = indexOf(users);
  const readings = readingsOf(typed).filter((text) => text !== '');
  const wanted = readings.at(-1);
  if (wanted === undefined) return index.inOrder;
  const exact = readings.flatMap((text) => exactly(index, text) ?? []);
  const found = new Set([...exact, ...matching(index, wanted, index.inOrder)]);
  return found.size > 0 ? [...found] : yield* nearestTo(wanted, users);
}

/** The user with exactly this email: for people mentioned in Slack, where no part will do. */
export function* findByEmail(email: string, users: readonly WallarooUser[]): Work<Found> {
  const matches = goingBy(email, users);
  return matches.length > 0
    ? oneOrSeveral(matches)
    : { kind: 'none', nearest: yield* nearestTo(nameKey(email), users) };
}

/** What a list of users tells about where a name ends. */
export function knownNames(users: readonly WallarooUser[]): KnownNames {
  const index = indexOf(users);
  return {
    isName: (text) => exactly(index, text) !== undefined,
    isPart: (text) => matching(index, text, users).length > 0,
    fits: (email, word) => {
      const found = index.named(nameKey(email));
      const words = searchWords(word);
      if (words.length > 0 && index.matching(found, words).length > 0) return true;
      return found.some(({ firstName, lastName }) => firstName || lastName) ? false : undefined;
    },
  };
}

const oneOrSeveral = (users: readonly WallarooUser[]): Found => {
  const [first, second] = users;
  return first !== undefined && second === undefined
    ? { kind: 'one', user: first }
    : { kind: 'several', users };
};

/** Longer texts are nobody's name, and comparing them with ten thousand users would keep everybody waiting. */
const LONGEST_COMPARED = 64;

function* nearestTo(typed: string, users: readonly WallarooUser[]): Work<readonly WallarooUser[]> {
  const wanted = folded(typed).slice(0, LONGEST_COMPARED);
  const index = indexOf(users);
  let best: readonly { readonly user: WallarooUser; readonly far: number }[] = [];
  yield* forEach(users, (user) => {
    const limit = best[MOST_NEAREST - 1]?.far ?? Number.POSITIVE_INFINITY;
    const far = distanceWithin(limit, wanted, index.calledNames(user));
    if (far < limit) best = [...best, { user, far }].sort((a, b) => a.far - b.far).slice(0, MOST_NEAREST);
  });
  return best.map(({ user }) => user);
}

/** How far the nearest of a user's names is, or `limit` when all are as far at least. */
function distanceWithin(limit: number, wanted: string, names: readonly string[]): number {
  let least = limit;
  const isEmail = wanted.includes('@');
  // An email is compared with emails, a name with names, where the user has such a one.
  const alike = names.filter((name) => name.includes('@') === isEmail);
  for (const name of alike.length > 0 ? alike : names) {
    // Every character more or less is one edit, so most names need no comparison.
    if (Math.abs(name.length - wanted.length) < least) least = Math.min(least, distance(wanted, name));
  }
  return least;
}
