import { ReceivingRoom } from '../http-post.ts';
import { once } from '../once.ts';
import { sortedByText } from '../text-order.ts';
import { forEach, mergedWith, type Work } from '../work.ts';
import { byUsername } from './by-username.ts';
import { EntryGuess } from './entry-guess.ts';
import { type Call, WallarooError, WallarooUnreadable } from './errors.ts';
import { MalformedJson } from './json-scan.ts';
import { listedUser, userSchema, usersQuerySchema } from './schemas.ts';
import { stillIs } from './still-is.ts';
import type { WallarooUser } from './user.ts';
import { isPlainlyUser } from './user-check.ts';
import { type Entries, type UsersReply, usersReply } from './users-reply.ts';
import { jsonOf, textOf, understood } from './wire.ts';

/** The answer for all users, read. */
export interface ReadUsers {
  /** By username. */
  readonly users: readonly WallarooUser[];
  /** Ids with null in place of a user: deleted meanwhile, or not read by the platform (contract P10). */
  readonly empty: readonly string[];
}

interface Known extends Entries, ReadUsers {
  /** The user of each number; null without one behind the id. */
  readonly byNumber: readonly (WallarooUser | null)[];
}

const NOTHING_KNOWN: Known = {
  bytes: Buffer.alloc(0),
  numbers: new Map(),
  begins: new Uint32Array(),
  ends: new Uint32Array(),
  guess: once(() => new EntryGuess(Buffer.alloc(0), new Uint32Array())),
  byNumber: [],
  users: [],
  empty: [],
};

/**
 * The users of the last list. Of ten thousand hardly any differ from one list to the next, and parsing all again costs more
 * than everything else that is done with them. So an entry of the same bytes yields the same user, and while no user
 * differs, the list is the same.
 */
export class KnownUsers {
  /** Where the next reply may lie. */
  readonly room = new ReceivingRoom();
  #known = NOTHING_KNOWN;
  #readers = 0;

  /**
   * The users of a `users/query` for all, out of the bytes of its reply.
   * @throws WallarooUnreadable, also for a user under another's id.
   */
  *read(call: Call, bytes: Buffer): Work<ReadUsers> {
    this.#readers += 1;
    try {
      // Another reply may be read meanwhile: each builds on one that was read to its end.
      const known = this.#known;
      const next = yield* following(call, bytes, known);
      if (next === known) {
        this.room.leave(bytes);
        return known;
      }
      // Another reading may still compare with those.
      if (this.#readers === 1) this.room.leave(known.bytes);
      this.#known = next;
      return next;
    } finally {
      this.#readers -= 1;
    }
  }
}

/** What is known once this reply is read; the same where it says what the one before said. */
function* following(call: Call, bytes: Buffer, known: Known): Work<Known> {
  const reply = yield* understoodReply(call, bytes, known);
  if (reply.changed.size === 0 && reply.size === known.numbers.size) return known;
  const isSameOnes =
    reply.size === known.numbers.size && [...reply.changed.keys()].every((id) => known.numbers.has(id));
  return yield* (isSameOnes ? patched : updated)(bytes, reply, known);
}

/** A user, null in place of one, or what is wrong with the record. */
type Made = WallarooUser | null | WallarooError;

function* understoodReply(call: Call, bytes: Buffer, known: Known): Work<UsersReply<Made>> {
  const make = (id: string, record: unknown): Made => {
    try {
      return readUser(call, id, record, known.byNumber[known.numbers.get(id) ?? -1] ?? null);
    } catch (error) {
      // Told once the rest is known to be JSON, and this not to be followed by another record of the same id.
      if (error instanceof WallarooError) return error;
      throw error;
    }
  };
  try {
    const reply = yield* usersReply(bytes, known, make);
    if (reply !== undefined) return reply;
  } catch (error) {
    if (error instanceof MalformedJson) throw new WallarooUnreadable(call, 'malformed');
    throw error;
  }
  understood(call, usersQuerySchema, jsonOf(call, textOf(bytes)));
  throw new Error('the answer has a map of users that was not found');
}

/** The same ids as before: each keeps its number. */
function* patched(bytes: Buffer, reply: UsersReply<Made>, known: Known): Work<Known> {
  const byNumber = known.byNumber.slice();
  const gone = new Set<WallarooUser | null>();
  const come: WallarooUser[] = [];
  yield* forEach(reply.changed, ([id, { made: user }]) => {
    if (user instanceof WallarooError) throw user;
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
    if (reply.begins[number] === 0 || reply.changed.has(id)) gone.add(user);
    else put(id, user, reply.begins[number], reply.ends[number]);
  });
  const come: WallarooUser[] = [];
  yield* forEach(reply.changed, ([id, { made: user, begin, end }]) => {
    if (user instanceof WallarooError) throw user;
    put(id, user, begin, end);
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
  const inOrder = yield* sortedByText(come, ({ username }) => username, byUsername);
  return yield* mergedWith(stay, inOrder, byUsername);
}

/** The user of a record; the one known `before` where it still says the same in other bytes. */
function readUser(call: Call, id: string, record: unknown, before: WallarooUser | null): WallarooUser | null {
  if (record === null) return null;
  const user = underId(call, id, isPlainlyUser(record) ? record : understood(call, userSchema, record));
  return before !== null && stillIs(before, user) ? before : listedUser(user);
}

/** The user, who must be the one under whose id they stand or were asked for. @throws WallarooUnreadable */
export function underId<U extends { readonly id: string }>(call: Call, id: string, user: U): U {
  if (user.id === id) return user;
  throw new WallarooUnreadable(call, 'another_user', { detail: `asked for user ${id}, answered ${user.id}` });
}
