import { byUsername } from '../wallaroo/by-username.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { atOnce, forEach, sorted, type Work } from '../work.ts';

/** Since when a user has given no sign of life, ms since 1970; `undefined` where nobody knows. */
export type IdleSince = (user: WallarooUser) => number | undefined;

/** Of each list in use and each `since`: everybody who looks at the license asks for it, and it takes long to sort. */
const sortedBefore = new WeakMap<Users, WeakMap<IdleSince, Users>>();

type Users = readonly WallarooUser[];

/**
 * Idle longest first, by the last sign of life; those of whom none is known come last, as a missing date is no proof of
 * idleness: people work through other clients. The same for the same list and the same `since`.
 */
export function* sortedByIdleness(users: Users, since: IdleSince): Work<Users> {
  const orders = sortedBefore.get(users) ?? new WeakMap<IdleSince, Users>();
  sortedBefore.set(users, orders);
  const before = orders.get(since);
  if (before !== undefined) return before;
  // Of each user once, as there may be many.
  const dated: { readonly user: WallarooUser; readonly at: number }[] = [];
  yield* forEach(users, (user) => dated.push({ user, at: since(user) ?? Number.MAX_SAFE_INTEGER }));
  const inOrder = yield* sorted(dated, (a, b) => a.at - b.at || byUsername(a.user, b.user));
  const order = inOrder.map(({ user }) => user);
  orders.set(since, order);
  return order;
}

/** The same at once: quick where it was asked for before. */
export const byIdleness = (users: Users, since: IdleSince): Users => atOnce(sortedByIdleness(users, since));

/**
 * Since when somebody has given no sign of life, ms since 1970: the latest of sign-in, activation, invitation and creation.
 * `letIn` tells when users were let in, by id or by email in small letters. `undefined` where the platform tells no sign-ins:
 * a missing date is no proof of idleness.
 */
export function idleSince(user: WallarooUser, letIn: ReadonlyMap<string, Date>): number | undefined {
  const { lastSignInMs, createdMs, email, id } = user;
  if (lastSignInMs === undefined) return undefined;
  let latest = lastSignInMs ?? undefined;
  const invited = email === undefined ? undefined : letIn.get(email.toLowerCase());
  for (const at of [createdMs, letIn.get(id)?.getTime(), invited?.getTime()])
    if (at !== undefined && (latest === undefined || at > latest)) latest = at;
  return latest;
}
