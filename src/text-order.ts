import { END, type TextTable } from './text-table.ts';
import { sorted, type Work } from './work.ts';

/** So few are sorted by comparing whole texts. */
const FEW = 12;
/** Texts that are looked at in a step. */
const IN_A_STEP = 4096;

type Compare<T> = (a: T, b: T) => number;

/** What is sorted, and by which texts: each has the number of its item. */
interface Sorting<T> {
  readonly items: readonly T[];
  readonly texts: TextTable;
  readonly compare: Compare<T>;
  /** The numbers, more and more in order. */
  readonly order: Uint32Array;
}

/** A part of the order whose texts begin with the same `depth` code units. */
interface Part {
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
}

/**
 * A copy sorted by a text of each item, code unit by code unit; of items with the same text `compare` decides. A multikey quicksort
 * (Bentley and Sedgewick, Fast Algorithms for Sorting and Searching Strings): what texts have in common at their beginning is
 * looked at once.
 */
export function* sortedByText<T>(
  items: readonly T[],
  texts: TextTable,
  compare: Compare<T>,
): Work<readonly T[]> {
  const sorting: Sorting<T> = { items, texts, compare, order: Uint32Array.from(items.keys()) };
  const left: Part[] = [{ begin: 0, end: items.length, depth: 0 }];
  let done = 0;
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    done += part.end - part.begin;
    if (part.end - part.begin <= FEW) insertionSort(sorting, part);
    else {
      const { pivot, less, more } = split(sorting.order, texts, part);
      if (more < part.end) left.push({ begin: more, end: part.end, depth: part.depth });
      if (part.begin < less) left.push({ begin: part.begin, end: less, depth: part.depth });
      if (pivot === END) yield* sortSame(sorting, less, more);
      else left.push({ begin: less, end: more, depth: part.depth + 1 });
    }
    if (done < IN_A_STEP) continue;
    done = 0;
    yield;
  }
  return Array.from(sorting.order, (number) => items[number] as T);
}

interface Split {
  readonly pivot: number;
  /** Where those begin whose next code unit is the pivot. */
  readonly less: number;
  /** Where those begin whose next code unit is more. */
  readonly more: number;
}

/** Puts those first whose next code unit is less than that of the middle of three, and those last where it is more. */
function split(order: Uint32Array, texts: TextTable, { begin, end, depth }: Part): Split {
  const pivot = middleUnit(order, texts, begin, end, depth);
  let [less, next, more] = [begin, begin, end];
  while (next < more) {
    const unit = texts.unitAt(order[next] as number, depth);
    if (unit === pivot) next += 1;
    else if (unit < pivot) {
      exchange(order, less, next);
      less += 1;
      next += 1;
    } else {
      more -= 1;
      exchange(order, more, next);
    }
  }
  return { pivot, less, more };
}

function middleUnit(order: Uint32Array, texts: TextTable, begin: number, end: number, depth: number): number {
  const a = texts.unitAt(order[begin] as number, depth);
  const b = texts.unitAt(order[(begin + end) >>> 1] as number, depth);
  const c = texts.unitAt(order[end - 1] as number, depth);
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function exchange(order: Uint32Array, a: number, b: number): void {
  const number = order[a] as number;
  order[a] = order[b] as number;
  order[b] = number;
}

function* sortSame<T>({ items, order, compare }: Sorting<T>, begin: number, end: number): Work<void> {
  const byItem = (a: number, b: number): number => compare(items[a] as T, items[b] as T);
  order.set(yield* sorted([...order.subarray(begin, end)], byItem), begin);
}

function insertionSort<T>({ items, texts, compare, order }: Sorting<T>, { begin, end, depth }: Part): void {
  for (let at = begin + 1; at < end; at += 1) {
    const number = order[at] as number;
    let place = at;
    for (; place > begin; place -= 1) {
      const before = order[place - 1] as number;
      const difference =
        texts.compare(before, number, depth) || compare(items[before] as T, items[number] as T);
      if (difference <= 0) break;
      order[place] = before;
    }
    order[place] = number;
  }
}
