import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, sorted, type Work } from '../work.ts';
import type { Digest } from './digest.ts';

/** What a digest says apart from moments: two that agree here and saw nothing happen say the same. */
export function* essenceOf(digest: Digest): Work<string> {
  const { meter, holders, suggestions, pending, faults, ownerless } = digest;
  const parts = [JSON.stringify(meter)];
  for (const users of [holders, suggestions.idle, suggestions.never]) parts.push(yield* idsInOrder(users));
  parts.push(
    JSON.stringify(pending.map(({ id }) => id).sort()),
    JSON.stringify(faults.map(({ user, problem }) => `${user.id} ${problem}`).sort()),
    ...(ownerless === undefined ? [] : [JSON.stringify(ownerless.ids)]),
  );
  return `[${parts.join(',')}]`;
}

/** As JSON; in steps, as those who hold a seat may be tens of thousands. */
function* idsInOrder(users: readonly WallarooUser[]): Work<string> {
  const ids: string[] = [];
  yield* forEach(yield* sorted(users, byId), ({ id }) => ids.push(JSON.stringify(id)));
  return `[${ids.join(',')}]`;
}

const byId = (a: WallarooUser, b: WallarooUser): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
