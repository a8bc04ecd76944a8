/** As people sort, with the collator's order of ASCII characters: it tells the ranks. */
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const FIRST = 0x20;
const LAST = 0x7e;
const ZERO = 0x30;
const NINE = 0x39;
/** The collator cuts longer numbers into pieces. */
const LONGEST_NUMBER = 100;

/** The rank of each ASCII character by its code; those that differ in capitals alone share one. */
const ranks: Uint8Array = (() => {
  const codes = Array.from({ length: LAST - FIRST + 1 }, (_, at) => FIRST + at);
  const text = (code: number): string => String.fromCharCode(code);
  const inOrder = codes.sort((a, b) => collator.compare(text(a), text(b)));
  const byCode = new Uint8Array(LAST + 1);
  let rank = 0;
  inOrder.forEach((code, at) => {
    const before = inOrder[at - 1];
    if (before !== undefined && collator.compare(text(before), text(code)) !== 0) rank += 1;
    byCode[code] = rank;
  });
  return byCode;
})();

const PLAIN = /^[ -~]*$/;
const ACCENTS = /[\u0300-\u036f]/g;

/** The text without accents, if `comparePlain` then orders it as the collator orders `text`. */
export function plainText(text: string): string | undefined {
  const plain = PLAIN.test(text) ? text : text.normalize('NFD').replace(ACCENTS, '');
  if (!PLAIN.test(plain)) return undefined;
  return plain.length > LONGEST_NUMBER && /\d{100}/.test(plain) ? undefined : plain;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** Compares plain texts as the collator does: capitals aside, numbers by their value. */
export function comparePlain(a: string, b: string): number {
  if (a === b) return 0;
  let [atA, atB] = [0, 0];
  while (atA < a.length && atB < b.length) {
    const [codeA, codeB] = [a.charCodeAt(atA), b.charCodeAt(atB)];
    if (isDigit(codeA) && isDigit(codeB)) {
      const [endA, endB] = [numberEnd(a, atA), numberEnd(b, atB)];
      const differ = compareNumbers(a, atA, endA, b, atB, endB);
      if (differ !== 0) return differ;
      atA = endA;
      atB = endB;
    } else {
      const differ = (ranks[codeA] ?? 0) - (ranks[codeB] ?? 0);
      if (differ !== 0) return differ;
      atA += 1;
      atB += 1;
    }
  }
  return a.length - atA - (b.length - atB);
}

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

/** The numbers in these places, of any length. */
function compareNumbers(
  a: string,
  beginA: number,
  endA: number,
  b: string,
  beginB: number,
  endB: number,
): number {
  const [fromA, fromB] = [significant(a, beginA, endA), significant(b, beginB, endB)];
  const longer = endA - fromA - (endB - fromB);
  if (longer !== 0) return longer;
  for (let at = 0; at < endA - fromA; at += 1) {
    const differ = a.charCodeAt(fromA + at) - b.charCodeAt(fromB + at);
    if (differ !== 0) return differ;
  }
  return 0;
}
