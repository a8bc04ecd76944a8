import { once } from '../once.ts';
import { sortedByText } from '../text-order.ts';
import { TextTable } from '../text-table.ts';
import { forEach, mergedWith, type Work } from '../work.ts';
import { byUsername } from './by-username.ts';
import { EntryGuess } from './entry-guess.ts';
import { WallarooError } from './errors.ts';
import type { WallarooUser } from './user.ts';
import type { Entries, UsersReply } from './users-reply.ts';

/** The answer for all users, read. */
export interface ReadUsers {
  /** By username. */
  readonly users: readonly WallarooUser[];
  /** Ids with null in place of a user: deleted meanwhile, or not read by the platform (contract P10). */
  readonly empty: readonly string[];
}

export interface Known extends Entries, ReadUsers {
  /** The user of each number; null without one behind the id. */
  readonly byNumber: readonly (WallarooUser | null)[];
}

export const NOTHING_KNOWN: Known = {
  bytes: Buffer.alloc(0),
  numbers: new Map(),
  begins: new Uint32Array(),
  ends: new Uint32Array(),
  guess: once(() => new EntryGuess(Buffer.alloc(0), new Uint32Array())),
  byNumber: [],
  users: [],
  empty: [],
};

/** A user, null in place of one, or what is wrong with the record. */
export type Made = WallarooUser | null | WallarooError;

/**
 * What is known once this reply is read; the same where it says what the one before said.
 * @throws WallarooError of a record that cannot be understood
 */
export function* following(bytes: Buffer, reply: UsersReply<Made>, known: Known): Work<Known> {
  const changed = reply.changed.numbers;
  if (changed.size === 0 && reply.size === known.numbers.size) return known;
  if (known.numbers.size === 0 && changed.size === reply.changed.made.length)
    return yield* first(bytes, reply);
  const isSameOnes =
    reply.size === known.numbers.size && [...changed.keys()].every((id) => known.numbers.has(id));
  return yield* (isSameOnes ? patched : updated)(bytes, reply, known);
}

function believed(made: Made | undefined): WallarooUser | null {
  if (made instanceof WallarooError) throw made;
  return made ?? null;
}

/** Nothing was known, and no id came twice: the numbers are those that the entries have in the reply. */
function* first(bytes: Buffer, { changed }: UsersReply<Made>): Work<Known> {
  const { numbers } = changed;
  const byNumber = changed.made.map(believed);
  const [begins, ends] = [new Uint32Array(changed.begins), new Uint32Array(changed.ends)];
  const come = byNumber.filter((user) => user !== null);
  const users = yield* inUsernameOrder(come);
  const guess = once(() => new EntryGuess(bytes, begins));
  return { bytes, numbers, begins, ends, guess, byNumber, users, empty: emptyAmong(numbers, byNumber) };
}

function* inUsernameOrder(users: readonly WallarooUser[]): Work<readonly WallarooUser[]> {
  const usernames = new TextTable();
  yield* forEach(users, ({ username }) => usernames.add(username));
  return yield* sortedByText(users, usernames, byUsername);
}

/** The same ids as before: each keeps its number. */
function* patched(bytes: Buffer, reply: UsersReply<Made>, known: Known): Work<Known> {
  const byNumber = known.byNumber.slice();
  const gone = new Set<WallarooUser | null>();
  const come: WallarooUser[] = [];
  yield* forEach(reply.changed.numbers, ([id, at]) => {
    const user = believed(reply.changed.made[at]);
    const number = known.numbers.get(id) ?? -1;
    const before = byNumber[number] ?? null;
    if (user === before) return;
    gone.add(before);
    if (user !== null) come.push(user);
    byNumber[number] = user;
  });
  const users = yield* exchanged(known.users, gone, come);
  const emptied = gone.has(null) || come.length < gone.size;
  const { begins, ends } = reply;
  const { numbers, guess } = known;
  const empty = emptied ? emptyAmong(numbers, byNumber) : known.empty;
  return { bytes, numbers, begins, ends, guess, byNumber, users, empty };
}

const emptyAmong = (
  numbers: ReadonlyMap<string, number>,
  byNumber: readonly (WallarooUser | null)[],
): readonly string[] => [...numbers.keys()].filter((_, number) => byNumber[number] === null);

/** Some have come or gone: all are numbered again. */
function* updated(bytes: Buffer, reply: UsersReply<Made>, known: Known): Work<Known> {
  const numbers = new Map<string, number>();
  const [begins, ends] = [new Uint32Array(reply.size), new Uint32Array(reply.size)];
  const byNumber: (WallarooUser | null)[] = [];
  const put = (id: string, user: WallarooUser | null, begin = 0, end = 0): void => {
    const number = byNumber.length;
    numbers.set(id, number);
    byNumber.push(user);
    begins[number] = begin;
    ends[number] = end;
  };
  const gone = new Set<WallarooUser | null>();
  yield* forEach(known.numbers, ([id, number]) => {
    const user = known.byNumber[number] ?? null;
    if (reply.begins[number] === 0 || reply.changed.numbers.has(id)) gone.add(user);
    else put(id, user, reply.begins[number], reply.ends[number]);
  });
  const come: WallarooUser[] = [];
  const { made, begins: begun, ends: ended } = reply.changed;
  yield* forEach(reply.changed.numbers, ([id, at]) => {
    const user = believed(made[at]);
    put(id, user, begun[at], ended[at]);
    // The one known before, where its bytes alone are others.
    if (!gone.delete(user) && user !== null) come.push(user);
  });
  const users = yield* exchanged(known.users, gone, come);
  const empty = emptyAmong(numbers, byNumber);
  const guess = once(() => new EntryGuess(bytes, begins));
  return { bytes, numbers, begins, ends, guess, byNumber, users, empty };
}

/** The sorted list without those who are gone and with those who have come; the same list where there are none. */
function* exchanged(
  users: readonly WallarooUser[],
  gone: ReadonlySet<WallarooUser | null>,
  come: readonly WallarooUser[],
): Work<readonly WallarooUser[]> {
  const stay = users.filter((user) => !gone.has(user));
  if (stay.length === users.length && come.length === 0) return users;
  return yield* mergedWith(stay, yield* inUsernameOrder(come), byUsername);
}
