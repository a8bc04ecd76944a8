import { byCodeUnits } from '../by-code-units.ts';
import { forEach, sorted, type Work } from '../work.ts';
import type { Digest } from './digest.ts';

/** What a digest says apart from moments: two that agree here and saw nothing happen say the same. */
export function* essenceOf(digest: Digest): Work<string> {
  const { meter, holders, suggestions, pending, faults, ownerless } = digest;
  const parts = [JSON.stringify(meter)];
  for (const users of [holders, suggestions.idle, suggestions.never])
    parts.push(yield* jsonInOrder(users.map(({ id }) => id)));
  parts.push(
    JSON.stringify(pending.map(({ id }) => id).sort()),
    yield* jsonInOrder(faults.map(({ user, problem }) => `${user.id} ${problem}`)),
    ...(ownerless === undefined ? [] : [JSON.stringify(ownerless.ids)]),
  );
  return `[${parts.join(',')}]`;
}

/** Sorted, as a JSON array. In steps, as those who hold a seat may be tens of thousands, and so may accounts with a fault. */
function* jsonInOrder(texts: readonly string[]): Work<string> {
  const written: string[] = [];
  yield* forEach(yield* sorted(texts, byCodeUnits), (text) => written.push(JSON.stringify(text)));
  return `[${written.join(',')}]`;
}
