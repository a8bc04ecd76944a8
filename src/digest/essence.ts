import { createHash } from 'node:crypto';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, sorted, type Work } from '../work.ts';
import type { Digest } from './digest.ts';

/** A short text for what a digest says apart from moments: two that agree here and saw nothing happen say the same. */
export function* essenceHash(digest: Digest): Work<string> {
  const { meter, holders, suggestions, pending, faults, ownerless } = digest;
  const parts = [JSON.stringify(meter)];
  for (const users of [holders, suggestions.idle, suggestions.never]) parts.push(yield* idsInOrder(users));
  parts.push(
    JSON.stringify(pending.map(({ id }) => id).sort()),
    JSON.stringify(faults.map(({ user, problem }) => `${user.id} ${problem}`).sort()),
    ...(ownerless === undefined ? [] : [JSON.stringify(ownerless.ids)]),
  );
  yield;
  return createHash('sha256')
    .update(`[${parts.join(',')}]`)
    .digest('base64url');
}

/** As JSON; in steps, as those who hold a seat may be tens of thousands. */
function* idsInOrder(users: readonly WallarooUser[]): Work<string> {
  const ids: string[] = [];
  yield* forEach(yield* sorted(users, byId), ({ id }) => ids.push(JSON.stringify(id)));
  return `[${ids.join(',')}]`;
}

const byId = (a: WallarooUser, b: WallarooUser): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
