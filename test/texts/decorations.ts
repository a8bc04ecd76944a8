import fc from 'fast-check';

/** How people paste a name: what stands before it and after it. Each as Slack delivers it. */
const AROUND: readonly (readonly [string, string])[] = [
  ['', ''],
  ['`', '`'],
  ['```', '```'],
  ['*', '*'],
  ['*`', '`*'],
  ['~', '~'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['”', '”'],
  ['„', '“'],
  ['‚', '‘'],
  ['‘', '’'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
  ['›', '‹'],
  ['「', '」'],
  ['『', '』'],
  ['(', ')'],
  ['[', ']'],
  ['&lt;', '&gt;'],
  ['“*', '*”'],
  ['@', ''],
  ['mailto:', ''],
  ['"', ''],
  ['', '”'],
];
const BEHIND = ['', '.', ',', ';', '!', '?', ':', '…', ').', '».'];
const UNSEEN = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u2066',
  '\u2069',
  '\ufe0f',
];
const BLANKS = ['', ' ', '\u00a0', '\t', '\n', '\u3000', ' \u200b '];

const withUnseen = (text: string, mark: string, at: number): string => {
  const place = at % (text.length + 1);
  return `${text.slice(0, place)}${mark}${text.slice(place)}`;
};

/** A name with what people and programs put around it and into it. */
export const decorated = (name: string): fc.Arbitrary<string> =>
  fc
    .record({
      around: fc.constantFrom(...AROUND),
      behind: fc.constantFrom(...BEHIND),
      unseen: fc.constantFrom('', ...UNSEEN),
      at: fc.nat(),
      before: fc.constantFrom(...BLANKS),
      linked: fc.boolean(),
      loud: fc.boolean(),
    })
    .map(({ around: [open, close], behind, unseen, at, before, linked, loud }) => {
      const cased = loud ? name.toUpperCase() : name;
      const escaped = cased.replaceAll('&', '&amp;');
      const isLinked = linked && name.includes('@') && open !== 'mailto:';
      const core = isLinked
        ? `<mailto:${escaped}|${escaped}>`
        : withUnseen(cased, unseen, at).replaceAll('&', '&amp;');
      return `${before}${open}${core}${close}${behind}`;
    });
