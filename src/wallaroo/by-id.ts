import { atOnce, forEach, type Work } from '../work.ts';
import type { WallarooUser } from './user.ts';

type Users = readonly WallarooUser[];

const kept = new WeakMap<Users, ReadonlyMap<string, WallarooUser>>();

/** The users of a list by their id; made once for a list, as there may be tens of thousands. */
export function* indexedById(users: Users): Work<ReadonlyMap<string, WallarooUser>> {
  const known = kept.get(users);
  if (known !== undefined) return known;
  const byId = new Map<string, WallarooUser>();
  yield* forEach(users, (user) => byId.set(user.id, user));
  kept.set(users, byId);
  return byId;
}

/** The same at once: quick where it was asked for before. */
export const byIdIn = (users: Users): ReadonlyMap<string, WallarooUser> => atOnce(indexedById(users));
