import type { WallarooUser } from '../wallaroo/user.ts';

/** Since when a user has given no sign of life; `undefined` where nobody knows. */
export type IdleSince = (user: WallarooUser) => Date | undefined;

/**
 * Idle longest first, by the last sign of life; those of whom none is known come last, as a missing date is no proof of
 * idleness: people work through other clients.
 */
export function byIdleness(users: readonly WallarooUser[], since: IdleSince): readonly WallarooUser[] {
  // Of each user once, as there may be many.
  const dated = users.map((user) => ({ user, at: since(user)?.getTime() ?? Number.MAX_SAFE_INTEGER }));
  dated.sort((a, b) => a.at - b.at || (a.user.username < b.user.username ? -1 : 1));
  return dated.map(({ user }) => user);
}

/**
 * Since when somebody has given no sign of life: the latest of sign-in, activation, invitation and creation. `letIn` tells
 * when users were let in, by id or by email in small letters. `undefined` where the platform tells no sign-ins: a missing
 * date is no proof of idleness.
 */
export function idleSince(user: WallarooUser, letIn: ReadonlyMap<string, Date>): Date | undefined {
  const { lastSignIn, createdAt, email, id } = user;
  if (lastSignIn.kind === 'unknown') return undefined;
  let latest = lastSignIn.kind === 'at' ? lastSignIn.at : undefined;
  const invited = email === undefined ? undefined : letIn.get(email.toLowerCase());
  for (const at of [createdAt, letIn.get(id), invited])
    if (at !== undefined && (latest === undefined || at > latest)) latest = at;
  return latest;
}
