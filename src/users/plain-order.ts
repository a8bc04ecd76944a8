import { once } from '../once.ts';
import type { TextTable } from '../text-table.ts';

/** As people sort: capitals and accents aside, `user2` before `user10`. Its order of ASCII characters tells the ranks. */
export const collator = once(() => new Intl.Collator('en', { sensitivity: 'base', numeric: true }));

const FIRST = 0x20;
const LAST = 0x7e;
/** U+017F, where Latin Extended-A ends. */
const LAST_OF_EUROPE = 0x17f;
const ZERO = 0x30;
const NINE = 0x39;
/** The collator cuts longer numbers into pieces. */
const LONGEST_NUMBER = 99;

/** Marks that weigh nothing; those from U+0363 on are small letters, and weigh as such. */
const ACCENTS = /[\u0300-\u0362]/g;

const withoutAccents = (text: string): string => text.normalize('NFD').replace(ACCENTS, '');

/**
 * The rank of each character by its code, from 1 on; those that differ in capitals or accents alone share one. 0: not plain. Beyond
 * ASCII it has the letters with accents of Europe.
 */
const ranksByCode = once((): Uint8Array => {
  const codes = Array.from({ length: LAST - FIRST + 1 }, (_, at) => FIRST + at);
  const text = (code: number): string => String.fromCharCode(code);
  const inOrder = codes.sort((a, b) => collator().compare(text(a), text(b)));
  const byCode = new Uint8Array(LAST_OF_EUROPE + 1);
  let rank = 1;
  inOrder.forEach((code, at) => {
    const before = inOrder[at - 1];
    if (before !== undefined && collator().compare(text(before), text(code)) !== 0) rank += 1;
    byCode[code] = rank;
  });
  for (let code = LAST + 1; code <= LAST_OF_EUROPE; code += 1) {
    const plain = withoutAccents(text(code));
    if (plain.length === 1) byCode[code] = byCode[plain.charCodeAt(0)] ?? 0;
  }
  return byCode;
});

/** Code units for a character at most: a number of one digit takes three. */
const LARGEST_PART = 3;

/**
 * Adds to `keys` a text that orders as the collator orders these texts, one after the other: capitals and accents aside, numbers by
 * their value. Made once, it is compared ten times as fast. False, and nothing is added, where only the collator can order them.
 */
export function addOrderKey(keys: TextTable, ...texts: readonly string[]): boolean {
  const ranks = ranksByCode();
  let size = keys.begin;
  for (const text of texts) {
    const units = keys.units(size - keys.begin + text.length * LARGEST_PART + 1);
    const end = written(text, units, size, ranks) ?? written(withoutAccents(text), units, size, ranks);
    if (end === undefined) return false;
    // Less than every character: of two that begin alike, the shorter comes first.
    units[end] = 0;
    size = end + 1;
  }
  keys.endAt(size);
  return true;
}

/** Writes the key of a text into `units` at `begin`; where it ends. `undefined` of one that is not plain. */
function written(text: string, units: Uint16Array, begin: number, ranks: Uint8Array): number | undefined {
  let size = begin;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const rank = ranks[code] ?? 0;
    if (rank === 0) return undefined;
    units[size] = rank;
    size += 1;
    if (!isDigit(code)) continue;
    // A number: that it is one, then how long it is, then its digits. Zeros in front say nothing.
    units[size - 1] = ranks[ZERO] ?? 0;
    const end = numberEnd(text, at);
    const from = significant(text, at, end);
    if (end - at > LONGEST_NUMBER) return undefined;
    units[size] = end - from;
    size += 1;
    for (at = from; at < end; at += 1) {
      units[size] = text.charCodeAt(at);
      size += 1;
    }
    at = end - 1;
  }
  return size;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

function numberEnd(text: string, begin: number): number {
  let end = begin;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function significant(text: string, begin: number, end: number): number {
  let at = begin;
  while (at < end && text.charCodeAt(at) === ZERO) at += 1;
  return at;
}
