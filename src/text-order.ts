import { sorted, type Work } from './work.ts';

/** So few are sorted by comparing whole texts. */
const FEW = 12;
/** Texts that are looked at in a step. */
const IN_A_STEP = 4096;
/** What stands behind the last code unit of a text: less than each of them. */
const END = -1;

type Compare<T> = (a: T, b: T) => number;

/** What is sorted, and at the same place its text. */
interface Table<T> {
  readonly items: T[];
  readonly texts: string[];
}

/** A part of the table whose texts begin with the same `depth` code units. */
interface Part {
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
}

/**
 * A copy sorted by a text of each item, given in `texts`, code unit by code unit; of items with the same text `compare` decides.
 * A multikey quicksort (Bentley and Sedgewick, Fast Algorithms for Sorting and Searching Strings): what texts have in common
 * at their beginning is looked at once, so of tens of thousands it takes half the time of `sorted`.
 */
export function* sortedByText<T>(
  items: readonly T[],
  texts: readonly string[],
  compare: Compare<T>,
): Work<readonly T[]> {
  const table: Table<T> = { items: [...items], texts: [...texts] };
  const left: Part[] = [{ begin: 0, end: items.length, depth: 0 }];
  let done = 0;
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    done += part.end - part.begin;
    if (part.end - part.begin <= FEW) insertionSort(table, part, compare);
    else {
      const { pivot, less, more } = yield* split(table, part);
      left.push({ ...part, end: less }, { ...part, begin: more });
      if (pivot === END) yield* sortSame(table.items, less, more, compare);
      else left.push({ begin: less, end: more, depth: part.depth + 1 });
    }
    if (done < IN_A_STEP) continue;
    done = 0;
    yield;
  }
  return table.items;
}

const unitAt = (text: string | undefined = '', at: number): number =>
  at < text.length ? text.charCodeAt(at) : END;

interface Split {
  readonly pivot: number;
  /** Where those begin whose next code unit is the pivot. */
  readonly less: number;
  /** Where those begin whose next code unit is more. */
  readonly more: number;
}

/** Puts those first whose next code unit is less than that of the middle of three, and those last where it is more. */
function* split<T>({ items, texts }: Table<T>, { begin, end, depth }: Part): Work<Split> {
  const [a = 0, b = 0, c = 0] = [begin, (begin + end) >>> 1, end - 1].map((at) => unitAt(texts[at], depth));
  const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  let [less, next, more] = [begin, begin, end];
  while (next < more) {
    for (let looks = 0; looks < IN_A_STEP && next < more; looks += 1) {
      const unit = unitAt(texts[next], depth);
      if (unit === pivot) next += 1;
      else if (unit < pivot) {
        exchange(items, less, next);
        exchange(texts, less, next);
        less += 1;
        next += 1;
      } else {
        more -= 1;
        exchange(items, more, next);
        exchange(texts, more, next);
      }
    }
    if (next < more) yield;
  }
  return { pivot, less, more };
}

function exchange<T>(list: T[], a: number, b: number): void {
  const item = list[a] as T;
  list[a] = list[b] as T;
  list[b] = item;
}

function* sortSame<T>(items: T[], begin: number, end: number, compare: Compare<T>): Work<void> {
  const inOrder = yield* sorted(items.slice(begin, end), compare);
  for (const [at, item] of inOrder.entries()) items[begin + at] = item;
}

function insertionSort<T>({ items, texts }: Table<T>, { begin, end }: Part, compare: Compare<T>): void {
  for (let at = begin + 1; at < end; at += 1) {
    const [item, text] = [items[at] as T, texts[at] as string];
    let place = at;
    for (; place > begin; place -= 1) {
      const [before, textBefore] = [items[place - 1] as T, texts[place - 1] as string];
      if (textBefore < text || (textBefore === text && compare(before, item) <= 0)) break;
      items[place] = before;
      texts[place] = textBefore;
    }
    items[place] = item;
    texts[place] = text;
  }
}
