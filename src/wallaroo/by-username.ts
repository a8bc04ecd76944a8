import type { WallarooUser } from './user.ts';

type Named = Pick<WallarooUser, 'id' | 'username'>;

/** Plain comparison of code units: a locale's rules would cost more than reading the list. */
export function byUsername(a: Named, b: Named): number {
  if (a.username !== b.username) return a.username < b.username ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
