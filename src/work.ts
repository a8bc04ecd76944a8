/** Work that stops after every small step, each well under a millisecond: who runs it decides when it goes on. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Runs the work to its end, for lists so short that nobody waits, and where nothing can be awaited. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** How many items, none of which costs more than some microseconds, make a step. */
const ITEMS_IN_A_STEP = 64;

/** Does the same for each item. */
export function* forEach<T>(items: Iterable<T>, each: (item: T) => void): Work<void> {
  let done = 0;
  for (const item of items) {
    each(item);
    done += 1;
    if (done % ITEMS_IN_A_STEP === 0) yield;
  }
}

type Compare<T> = (a: T, b: T) => number;

const SORTED_IN_A_STEP = 2048;

/** A sorted copy; what compares as equal stays in order. */
export function* sorted<T>(items: readonly T[], compare: Compare<T>): Work<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let first = 0; first < items.length; first += SORTED_IN_A_STEP) {
    runs.push(items.slice(first, first + SORTED_IN_A_STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let first = 0; first < runs.length; first += 2)
      merged.push(yield* mergedWith(runs[first] ?? [], runs[first + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

const MERGED_IN_A_STEP = 1024;

/** Two sorted lists as one; of what compares as equal, that of `a` comes first. */
export function* mergedWith<T>(a: readonly T[], b: readonly T[], compare: Compare<T>): Work<readonly T[]> {
  const [lastOfA, firstOfB] = [a.at(-1), b[0]];
  if (lastOfA === undefined || firstOfB === undefined) return lastOfA === undefined ? b : a;
  if (compare(lastOfA, firstOfB) <= 0) return a.concat(b);
  const merged: T[] = [];
  let [atA, atB] = [0, 0];
  while (atA < a.length && atB < b.length) {
    const [nextA, nextB] = [a[atA] as T, b[atB] as T];
    if (compare(nextA, nextB) <= 0) {
      merged.push(nextA);
      atA += 1;
    } else {
      merged.push(nextB);
      atB += 1;
    }
    if (merged.length % MERGED_IN_A_STEP === 0) yield;
  }
  for (; atA < a.length; atA += 1) merged.push(a[atA] as T);
  for (; atB < b.length; atB += 1) merged.push(b[atB] as T);
  return merged;
}

/** Two sorted lists as one, `few` much shorter than `many`: the place of each is looked for. Of what compares as equal, that of `many` comes first. */
export function* inserted<T>(many: readonly T[], few: readonly T[], compare: Compare<T>): Work<readonly T[]> {
  const all: T[] = [];
  let from = 0;
  for (const item of few) {
    let [least, most] = [from, many.length];
    while (least < most) {
      const middle = (least + most) >>> 1;
      if (compare(many[middle] as T, item) <= 0) least = middle + 1;
      else most = middle;
    }
    for (; from < least; from += 1) all.push(many[from] as T);
    all.push(item);
    yield;
  }
  for (; from < many.length; from += 1) all.push(many[from] as T);
  return all;
}
