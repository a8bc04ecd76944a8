import type { WallarooUser } from '../wallaroo/user.ts';

/**
 * Idle longest first: those who never signed in (oldest account first), then by the oldest sign-in, then those of whom
 * it is not known. A missing date is no activity, but no proof of idleness either: people work through other
 * clients.
 */
export function byIdleness(users: readonly WallarooUser[]): readonly WallarooUser[] {
  return [...users].sort((a, b) => idleSince(a) - idleSince(b) || (a.username < b.username ? -1 : 1));
}

const NEVER_BASE = -8.64e15;

function idleSince({ lastSignIn, createdAt }: WallarooUser): number {
  switch (lastSignIn.kind) {
    case 'at':
      return lastSignIn.at.getTime();
    case 'never':
      return NEVER_BASE + (createdAt?.getTime() ?? 0);
    case 'unknown':
      return Number.MAX_SAFE_INTEGER;
  }
}
