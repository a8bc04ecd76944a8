import { atOnce, type Work } from '../work.ts';
import type { WallarooUser } from './user.ts';

type Users = readonly WallarooUser[];

/** What makes the second of two lists of the first. */
export interface Exchanged {
  readonly gone: ReadonlySet<WallarooUser>;
  readonly come: Users;
}

/** How much of a list may differ for patching to cost less than making all again. */
const MOST_OF_ALL = 0.1;

/** Who is in one list only: other records of the same user, too. `undefined` where that is a large part of them. */
function exchangedBetween(before: Users, after: Users): Exchanged | undefined {
  const gone = new Set<WallarooUser>();
  const come: WallarooUser[] = [];
  const most = after.length * MOST_OF_ALL;
  let [atBefore, atAfter] = [0, 0];
  while (atBefore < before.length || atAfter < after.length) {
    const [was, is] = [before[atBefore], after[atAfter]];
    if (was === is) {
      atBefore += 1;
      atAfter += 1;
      continue;
    }
    // Both are by username, so whose is the lesser one is missing from the other list.
    if (was !== undefined && (is === undefined || was.username <= is.username)) {
      gone.add(was);
      atBefore += 1;
    }
    if (is !== undefined && (was === undefined || is.username <= was.username)) {
      come.push(is);
      atAfter += 1;
    }
    if (gone.size + come.length > most) return undefined;
  }
  return { gone, come };
}

/** Makes something of a list, perhaps of what was made of an `earlier` one. */
type Make<T> = (users: Users, earlier: T | undefined, exchanged: Exchanged | undefined) => Work<T>;

/**
 * What is worked out of a list of users and asked for again and again, kept as long as the list. The platform's client gives
 * the same list again while nothing in it changes, and the same records in the next one, so of tens of thousands of users
 * hardly one is looked at twice.
 */
export class KeptOfList<T> {
  readonly #make: Make<T>;
  readonly #kept = new WeakMap<Users, T>();
  #latest: { readonly users: Users; readonly made: T } | undefined;

  constructor(make: Make<T>) {
    this.#make = make;
  }

  /** Makes it, unless it is there. */
  *ready(users: Users): Work<T> {
    const kept = this.#kept.get(users);
    if (kept !== undefined) return kept;
    const latest = this.#latest;
    const exchanged = latest === undefined ? undefined : exchangedBetween(latest.users, users);
    const made = yield* this.#make(users, exchanged === undefined ? undefined : latest?.made, exchanged);
    this.#kept.set(users, made);
    this.#latest = { users, made };
    return made;
  }

  /** The same at once: quick where it is ready. */
  of(users: Users): T {
    return this.#kept.get(users) ?? atOnce(this.ready(users));
  }
}
