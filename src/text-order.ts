import { forEach, sorted, type Work } from './work.ts';

/** So few are sorted at once. */
const FEW = 512;
/** Code units of a text that are looked at together. */
const PIECE = 4;

/**
 * A copy sorted by a text of each item, code unit by code unit; of items with the same text `compare` decides. Those that begin
 * alike come together first, so of tens of thousands each is compared with few others: in two thirds of the time of `sorted`.
 */
export function* sortedByText<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  compare: (a: T, b: T) => number,
): Work<readonly T[]> {
  const inOrder: T[] = [];
  const compareAll = (a: T, b: T): number => {
    const [textA, textB] = [textOf(a), textOf(b)];
    if (textA === textB) return compare(a, b);
    return textA < textB ? -1 : 1;
  };
  function* put(some: readonly T[], from: number): Work<void> {
    if (some.length <= FEW) {
      for (const item of [...some].sort(compareAll)) inOrder.push(item);
      return yield;
    }
    const groups = yield* groupedBy(some, (item) => textOf(item).slice(from, from + PIECE));
    for (const piece of [...groups.keys()].sort()) {
      const group = groups.get(piece) ?? [];
      // What is shorter ends here, so all these texts are the same.
      if (piece.length < PIECE) for (const item of yield* sorted(group, compare)) inOrder.push(item);
      else yield* put(group, from + PIECE);
    }
  }
  yield* put(items, 0);
  return inOrder;
}

function* groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Work<ReadonlyMap<string, T[]>> {
  const groups = new Map<string, T[]>();
  yield* forEach(items, (item) => {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  });
  return groups;
}
