import type { WallarooUser } from '../wallaroo/user.ts';

/**
 * Idle longest first: those who never signed in (oldest account first), then by the oldest sign-in, then those of whom
 * it is not known. A missing date is no activity, but no proof of idleness either: people work through other
 * clients.
 */
export function byIdleness(users: readonly WallarooUser[]): readonly WallarooUser[] {
  // Of each user once, as there may be many.
  const dated = users.map((user) => ({ user, since: signInRank(user) }));
  dated.sort((a, b) => a.since - b.since || (a.user.username < b.user.username ? -1 : 1));
  return dated.map(({ user }) => user);
}

const NEVER_BASE = -8.64e15;

function signInRank({ lastSignIn, createdAt }: WallarooUser): number {
  switch (lastSignIn.kind) {
    case 'at':
      return lastSignIn.at.getTime();
    case 'never':
      return NEVER_BASE + (createdAt?.getTime() ?? 0);
    case 'unknown':
      return Number.MAX_SAFE_INTEGER;
  }
}

/**
 * Since when somebody has given no sign of life: the latest of sign-in, activation, invitation and creation. `letIn` tells
 * when users were let in, by id or by email in small letters. `undefined` where the platform tells no sign-ins: a missing
 * date is no proof of idleness.
 */
export function idleSince(user: WallarooUser, letIn: ReadonlyMap<string, Date>): Date | undefined {
  const { lastSignIn, createdAt, email, id } = user;
  if (lastSignIn.kind === 'unknown') return undefined;
  const signs = [
    lastSignIn.kind === 'at' ? lastSignIn.at : undefined,
    createdAt,
    letIn.get(id),
    email === undefined ? undefined : letIn.get(email.toLowerCase()),
  ];
  const times = signs.flatMap((at) => (at === undefined ? [] : [at.getTime()]));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}
