import type { Change } from '../change.ts';

type Marked = Pick<Change, 'amendedBy' | 'steps' | 'durationMs' | 'endsAt' | 'seatsShown' | 'shown'>;

/**
 * A short mark of a request as an administrator altered it: of all that only an alteration changes, so that a reminder leaves it
 * as it is. `undefined` while nobody has altered the request: what shows it then needs none, as in versions that knew no mark.
 */
export const markOf = ({
  amendedBy,
  steps,
  durationMs,
  endsAt,
  seatsShown,
  shown,
}: Marked): string | undefined =>
  amendedBy === undefined
    ? undefined
    : hashOf(JSON.stringify([amendedBy, steps, durationMs, endsAt, seatsShown, shown]));

/** Whether the request is otherwise than when it bore the mark `seen`. */
export const isAlteredSince = (change: Marked, seen: string | undefined): boolean => markOf(change) !== seen;

/** What a button that decides a request carries: which one, and as what it was shown. */
export function shownValue(change: Marked & Pick<Change, 'id'>): string {
  const mark = markOf(change);
  return mark === undefined ? change.id : `${change.id}:${mark}`;
}

/** The same, read again; a button of a version that knew no mark carries the id alone. */
export function readShownValue(value: string): {
  readonly changeId: string;
  readonly seen: string | undefined;
} {
  const [changeId = '', seen] = value.split(':');
  return { changeId, seen };
}

/**
 * FNV-1a, 64 bits. No secret hangs on it: it has to tell apart the few alterations that a form allows, and what is pure may
 * not import `node:crypto`.
 */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(36);
}
