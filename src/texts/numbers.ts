const TO_NINETEEN =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((name, index) => [name, index + 1] as const);
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'
  .split(' ')
  .map((name, index) => [name, (index + 2) * 10] as const);

/** Numbers in words; a longer one stands before the one that it begins with. */
const NUMBERS: Readonly<Record<string, number>> = Object.fromEntries([
  ['half an', 0.5],
  ['half a', 0.5],
  ['a couple of', 2],
  ...TENS.flatMap(([ten, n]) => TO_NINETEEN.slice(0, 9).map(([one, m]) => [`${ten}-${one}`, n + m] as const)),
  ...TO_NINETEEN.toReversed(),
  ...TENS,
  ['an', 1],
  ['a', 1],
]);
const FRACTIONS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

/** Numbers in words, as a part of a pattern. */
export const NUMBER_WORDS = Object.keys(NUMBERS)
  .map((name) => name.replace('-', '[ -]'))
  .join('|');
/** What makes a number, or its unit, half more: `two and a half`. */
export const HALF = '\\s+and\\s+a\\s+half';
/** A point or a comma may part thousands: then it is not certain which number is meant. */
export const DIGITS = '-?\\d+(?:[.,]\\d+)*';
/** A number as people write it, as a part of a pattern. */
export const NUMBER = `(?:${DIGITS}[½¼¾]?|(?:${NUMBER_WORDS})(?=\\s))(?:${HALF}(?=\\s))?|[½¼¾]`;

const THOUSANDS = /^-?[1-9]\d{0,2}(?:[.,]\d{3})+$/;

/** The number that a text which fits `NUMBER` says; `NaN` where it is not certain which is meant, as of `1.000`. */
export function amountOf(text: string): number {
  const whole = text.toLowerCase().replace(/\s+/g, ' ');
  const number = whole.replace(/ and a half$/, '');
  const half = number === whole ? 0 : 0.5;
  const inWords = NUMBERS[number] ?? NUMBERS[number.replace(' ', '-')];
  if (inWords !== undefined) return inWords + half;
  const fraction = FRACTIONS[number.at(-1) ?? ''];
  const digits = fraction === undefined ? number : number.slice(0, -1);
  if (THOUSANDS.test(digits)) return Number.NaN;
  return Number(digits.replace(',', '.')) + (fraction ?? 0) + half;
}

/** Full-width digits as the plain ones; the text stays as long. */
export const plainDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30));
