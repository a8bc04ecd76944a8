/** Letters that are no base letter with a mark, as one types them without such a keyboard. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  '’': "'",
  '‘': "'",
};

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** A text for searching: small letters without accents. */
export function folded(text: string): string {
  // Nearly every name, and tens of thousands of them are folded at once.
  if (isAscii(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđðþıħ’‘]/g, (letter) => PLAIN[letter] ?? letter);
}

/** The same with ä, ö and ü as German writes them without umlauts. */
export const foldedAsGerman = (text: string): string =>
  folded(text.normalize('NFC').replace(/[äöüÄÖÜ]/g, (letter) => `${letter.normalize('NFD')[0]}e`));
