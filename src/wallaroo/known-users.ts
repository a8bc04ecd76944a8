import { type Call, WallarooUnreadable } from './errors.ts';
import { listedUser, userSchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';
import { understood } from './wire.ts';

/** A record not checked yet. */
type Unchecked = { readonly [key in keyof typeof userSchema.shape]?: unknown };

/** The answer for all users, read. */
interface Read {
  /** By username. */
  readonly users: readonly WallarooUser[];
  /** Ids with null in place of a user: deleted meanwhile, or not read by the platform (contract P10). */
  readonly empty: readonly string[];
}

/**
 * The users of the last list. Of ten thousand hardly any differ from one list to the next, and making all
 * again costs more than reading the reply; so a record that still says the same yields the same object.
 */
export class KnownUsers {
  #sorted: readonly WallarooUser[] = [];
  #placeById: ReadonlyMap<string, number> = new Map();

  /** The users of a `users/query` for all. @throws WallarooUnreadable, also for a user under another's id. */
  read(call: Call, map: Readonly<Record<string, unknown>>): Read {
    // Its size is given: filled in any order it would else become a hash table.
    const kept = new Array<WallarooUser | undefined>(this.#sorted.length);
    const changed: WallarooUser[] = [];
    const empty: string[] = [];
    let count = 0;
    for (const id in map) {
      const record = map[id];
      if (record === null) {
        empty.push(id);
        continue;
      }
      count += 1;
      const place = this.#placeById.get(id) ?? -1;
      const known = this.#sorted[place];
      if (known !== undefined && stillIs(known, record as Unchecked)) kept[place] = known;
      else changed.push(listedUser(underId(call, id, understood(call, userSchema, record))));
    }
    if (changed.length === 0 && count === this.#sorted.length) return { users: this.#sorted, empty };
    const sorted = [...kept.filter((user) => user !== undefined), ...changed].sort(byUsername);
    this.#sorted = sorted;
    this.#placeById = new Map(sorted.map(({ id }, place) => [id, place]));
    return { users: sorted, empty };
  }
}

/** The user, who must be the one under whose id they stand or were asked for. @throws WallarooUnreadable */
export function underId<U extends { readonly id: string }>(call: Call, id: string, user: U): U {
  if (user.id === id) return user;
  throw new WallarooUnreadable(call, 'another_user', { detail: `asked for user ${id}, answered ${user.id}` });
}

/** Plain comparison of code units: a locale's rules would cost more than reading the list. */
export function byUsername(a: WallarooUser, b: WallarooUser): number {
  if (a.username === b.username) return 0;
  return a.username < b.username ? -1 : 1;
}

/** Whether `listedUser` would make of `record` what it made of it before. */
function stillIs(user: WallarooUser, record: Unchecked): boolean {
  return (
    record.id === user.id &&
    record.username === user.username &&
    record.enabled === user.enabled &&
    (record.email || undefined) === user.email &&
    (record.emailVerified ?? undefined) === user.emailVerified &&
    (record.firstName ?? undefined) === user.firstName &&
    (record.lastName ?? undefined) === user.lastName &&
    (record.createdTimestamp ?? undefined) === user.createdAt?.getTime() &&
    signInIs(user, record.lastLogin) &&
    sameTexts(user.realmRoles, record.realmRoles ?? (record.lastLogin === undefined ? undefined : NONE)) &&
    sameTexts(user.requiredActions, record.requiredActions ?? NONE)
  );
}

const NONE: readonly string[] = [];

function signInIs({ lastSignIn }: WallarooUser, lastLogin: unknown): boolean {
  switch (lastSignIn.kind) {
    case 'at':
      return lastLogin === lastSignIn.at.getTime();
    case 'never':
      return lastLogin === null;
    case 'unknown':
      return lastLogin === undefined;
  }
}

function sameTexts(known: readonly string[] | undefined, texts: unknown): boolean {
  if (known === undefined || !Array.isArray(texts)) return known === texts;
  return known.length === texts.length && known.every((text, index) => text === texts[index]);
}
