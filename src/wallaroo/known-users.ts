import { ReceivingRoom } from '../http-post.ts';
import type { Work } from '../work.ts';
import { type Call, WallarooError, WallarooUnreadable } from './errors.ts';
import { MalformedJson } from './json-scan.ts';
import { following, type Known, type Made, NOTHING_KNOWN, type ReadUsers } from './known-list.ts';
import { listedUser, userSchema, usersQuerySchema } from './schemas.ts';
import { stillIs } from './still-is.ts';
import type { WallarooUser } from './user.ts';
import { isPlainlyUser } from './user-check.ts';
import { type UsersReply, usersReply } from './users-reply.ts';
import { jsonOf, textOf, understood } from './wire.ts';

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
      const next = yield* following(bytes, yield* understoodReply(call, bytes, known), known);
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

function* understoodReply(call: Call, bytes: Buffer, known: Known): Work<UsersReply<Made>> {
  const make = (id: string, record: unknown, number: number | undefined): Made => {
    try {
      return readUser(call, id, record, number === undefined ? null : (known.byNumber[number] ?? null));
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

/** The user of a record; the one known `before` where it still says the same in other bytes. */
function readUser(call: Call, id: string, record: unknown, before: WallarooUser | null): WallarooUser | null {
  if (record === null) return null;
  const told = isPlainlyUser(record) ? record : understood(call, userSchema, record, `user ${id}`);
  const user = underId(call, id, told);
  return before !== null && stillIs(before, user) ? before : listedUser(user);
}

/** The user, who must be the one under whose id they stand or were asked for. @throws WallarooUnreadable */
export function underId<U extends { readonly id: string }>(call: Call, id: string, user: U): U {
  if (user.id === id) return user;
  throw new WallarooUnreadable(call, 'another_user', { detail: `asked for user ${id}, answered ${user.id}` });
}
