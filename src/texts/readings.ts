import { seenText } from './plain-text.ts';

/** What may close what an opening mark opens: quotation marks of many languages, brackets, Slack's marks for code and emphasis. */
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"”“″',
  '“': '”“"',
  '”': '”',
  '„': '“”"',
  '‟': '”',
  '″': '″',
  '＂': '＂',
  '〝': '〞〟',
  "'": "'’",
  '‘': "’‘'",
  '’': '’',
  '‚': "‘’'",
  '‛': '’',
  '′': '′',
  '＇': '＇',
  '«': '»',
  '»': '«»',
  '‹': '›',
  '›': '‹›',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '【': '】',
  '`': '`´',
  '´': '´',
  '*': '*',
  _: '_',
  '~': '~',
  '(': ')',
  '（': '）',
  '[': ']',
  '{': '}',
  '<': '>',
  '|': '|',
};

export const closersOf = (opener: string): string => CLOSERS[opener] ?? '';

const PUNCTUATION = '.,;:!?…。、，；：！？';
const AT_END = new RegExp(`[${PUNCTUATION}]+$`, 'u');
const AT_START = /^(?:[,;:!?、，；：]+|[@＠]+|mailto:)/iu;
/** A mark whose partner was left out, or stands behind the reason. `_` is none: usernames begin or end with it. */
const LONE_START = /^[\\"“”„‟″＂〝'‘’‚‛′＇«»‹›「『《〈【`´*~(（[{<]+/u;
const LONE_END = /[\\"“”„‟″＂〞〟'‘’‚‛′＇«»‹›」』》〉】`´*~)）\]}>]+$/u;

/** `Name <address>` and `Name (address)`, as mail programs write it. */
const NAMED_ADDRESS = /^.*[<([]\s*(?:mailto:)?([^\s<>()[\]]+@[^\s<>()[\]]+)\s*[>)\]][.,;:!?]*$/iu;

/** `address|address`, as Slack keeps a link to an email: copied from where it shows as text. */
const LINKED_ADDRESS = /^([^\s|@]+@[^\s|@]+)\|(?:\1|[^|@]+)$/iu;

/** What stands before a name in a list, or in a sentence: `- mia`, `1) mia`, `the user mia`. */
const BEFORE_NAME =
  /^(?:(?:[^\p{L}\p{N}\s<@]+|\(?\d{1,3}[.)])\s+|(?:the\s+)?(?:users?|accounts?)\s+(?:of\s+)?)(?=\S)/iu;
/** What names nobody, before somebody who is named beyond doubt: `E-mail: mia@ex.co`, `a) mia@ex.co`, `please for @mia`. */
const FILLING_BEFORE =
  /^(?:(?:[^\p{L}\p{N}\s<@]+|\(?[\p{L}\p{N}]{1,3}[.)]|the|users?|accounts?|of|for|from|to|by|please|pls|show|find)\s+|(?:e-?mail|mail|user|username|name|login|account|from|to|cc)\s*[:=]\s*|[>•·▪◦‣–—]+\s*)+/iu;
const FILLING_BEHIND = /(?:['’]s)?(?:\s+(?:please|pls|thanks|thx))?[\s.,;:!?]*$/iu;
const ADDRESS = /^[^\s<>()[\]|,;:="“”]+@[^\s<>()[\]|,;:"“”'’]+$/u;

/** A text that names somebody beyond doubt, without the words beside it that name nobody. */
export const withoutFilling = (text: string): string =>
  text.replace(FILLING_BEFORE, '').replace(FILLING_BEHIND, '');

/** The text within one layer of what people put around a name; `undefined` when there is none left. */
function peeled(text: string): string | undefined {
  const first = text[0] ?? '';
  const last = text.at(-1) ?? '';
  if (text.length > 2 && closersOf(first).includes(last)) return text.slice(1, -1).trim();
  const address = NAMED_ADDRESS.exec(text)?.[1] ?? LINKED_ADDRESS.exec(text)?.[1];
  if (address !== undefined) return address;
  for (const mark of [AT_END, AT_START, LONE_START, LONE_END, BEFORE_NAME]) {
    const without = text.replace(mark, '').trim();
    if (without !== text && without !== '') return without;
  }
  const bare = withoutFilling(text);
  return bare !== text && ADDRESS.test(bare) ? bare : undefined;
}

const MOST_LAYERS = 20;

/**
 * What a text may mean as a name, from the letter to the least: as typed, then layer by layer without quotation marks, brackets,
 * emphasis, code, punctuation, `@`. A username may have any of these, so who looks for somebody tries them in this order.
 * The last one is what the person most likely means.
 */
export function readingsOf(text: string): readonly string[] {
  const readings = [text.trim(), seenText(text)];
  for (let layers = 0; layers < MOST_LAYERS; layers++) {
    const next = peeled(readings.at(-1) ?? '');
    if (next === undefined) break;
    readings.push(next);
  }
  // Full-width letters, and an apostrophe that a keyboard made a quotation mark of.
  readings.push((readings.at(-1) ?? '').normalize('NFKC').replaceAll('｡', '.').replaceAll('。', '.'));
  readings.push((readings.at(-1) ?? '').replace(/(?<=\p{L})[’‘](?=\p{L})/gu, "'"));
  return [...new Set(readings)];
}

/** What a text most likely means as a name. */
export const likeliest = (text: string): string => readingsOf(text).at(-1) ?? '';
