import { isEmail } from './email.ts';
import { plainText, quoted, rawWords, seenText } from './plain-text.ts';
import { likeliest, readingsOf, withoutFilling } from './readings.ts';

/** `<who>` as typed. */
export type Who =
  /** A person mentioned in Slack. */
  | { readonly kind: 'slack'; readonly slackUserId: string }
  /** The person who types. */
  | { readonly kind: 'me' }
  /** `readings`: what it may mean, from the letter on; `text` is the last, the likeliest. */
  | { readonly kind: 'text'; readonly text: string; readonly readings: readonly string[] }
  /** More than one, each as it was typed. */
  | { readonly kind: 'several'; readonly named: readonly string[] }
  /** What can be nobody, and a sentence that says so. */
  | { readonly kind: 'nobody'; readonly sentence: string };

/** What stands around a mention, such as quotation marks: anything but letters and digits. */
const AROUND = '[^\\p{L}\\p{N}@#!]*';
const MENTION = new RegExp(`^${AROUND}<@([UW][A-Z0-9]+)(?:\\|[^<>]*)?>${AROUND}$`, 'u');
const GROUP = new RegExp(`^${AROUND}<!subteam\\^[^<>]*>${AROUND}$`, 'u');
const EVERYBODY = new RegExp(`^${AROUND}<!(?:here|channel|everyone)\\b[^<>]*>${AROUND}$`, 'u');
const CHANNEL = new RegExp(`^${AROUND}<#[CGD][A-Z0-9]+(?:\\|[^<>]*)?>${AROUND}$`, 'u');
/** As Slack delivers a channel that not everybody may see, and a group in some of its clients. */
const NAMELESS = /<(?:#|!subteam\^)[A-Z0-9]+(?:\|\s*)?>/;
const ME = /^(?:me|myself|my(?: own)?(?: (?:account|user|access|seat|self))?)$/i;
/** What stands between commas, the label of a mention left whole. */
const BETWEEN_COMMAS = /(?:<[^<>]*>|[^,;，；、<]|<)+/gu;
const BETWEEN_STROKES = /(?:<[^<>]*>|[^|/<]|<)+/gu;

const entities = (raw: string): string => raw.replace(/&(?:amp|lt|gt);/g, '"');

const isMention = (raw: string): boolean => MENTION.test(entities(seenText(raw)));

/** The email that a word is, whatever it is wrapped in. */
export function addressIn(raw: string): string | undefined {
  const text = likeliest(plainText(raw));
  return isEmail(text) ? text : undefined;
}

export const namesSomebody = (raw: string): boolean => isMention(raw) || addressIn(raw) !== undefined;

/** Reads one `<who>`: all of `typed`, as Slack delivers it or as it was typed into a field. */
export function parseWho(typed: string): Who {
  const bare = entities(seenText(typed));
  const slackUserId = (MENTION.exec(bare) ?? MENTION.exec(withoutFilling(bare)))?.[1];
  if (slackUserId !== undefined) return { kind: 'slack', slackUserId };
  const shown = plainText(typed);
  // Where Slack gives no name, an id would tell nobody anything.
  const subject = NAMELESS.test(bare) ? 'That' : quoted(shown);
  if (GROUP.test(bare) || EVERYBODY.test(bare))
    return { kind: 'nobody', sentence: `${subject} is a group of people, not a user. Name one person.` };
  if (CHANNEL.test(bare))
    return { kind: 'nobody', sentence: `${subject} is a channel, not a user. Name a person.` };
  const named = namedIn(typed);
  if (named.length > 1) return { kind: 'several', named };
  const readings = readingsOf(shown);
  const text = readings.at(-1) ?? '';
  return ME.test(text) ? { kind: 'me' } : { kind: 'text', text, readings };
}

/** The addresses and mentions in a text, each once, as typed. */
function namedIn(typed: string): readonly string[] {
  const found = new Map<string, string>();
  for (const { raw } of rawWords(typed))
    for (const part of separated(raw))
      if (namesSomebody(part)) found.set((addressIn(part) ?? part).toLowerCase(), part);
  return [...found.values()];
}

/** A word's parts where a comma stands behind somebody who is named: `a@ex.co,b@ex.co`. */
export function separated(raw: string): readonly string[] {
  const parts = (raw.match(BETWEEN_COMMAS) ?? []).flatMap(separatedAddresses);
  return parts.length > 1 && namesSomebody(parts[0] ?? '') ? parts : [raw];
}

/** `a@ex.co|b@ex.co` and `a@ex.co/b@ex.co`; a stroke between an address and what a link to it says parts nobody. */
function separatedAddresses(part: string): readonly string[] {
  const pieces = part.match(BETWEEN_STROKES) ?? [];
  const addresses = pieces.map(addressIn);
  const areSeveral = new Set(addresses.map((address) => address?.toLowerCase())).size > 1;
  return areSeveral && !addresses.includes(undefined) ? pieces : [part];
}

/** Names beyond this many are counted only. */
const MOST_NAMED = 5;

/** More than one was named where one is taken: says so, with a command for each where there is one. */
export function severalSentence(named: readonly string[], command: string | undefined): string {
  const start = `${namedSentence(named)} I take one at a time, so nothing was done.`;
  if (command === undefined) return `${start} Name one of them.`;
  const commands = listed(shownNames(named).map((text) => quoted(`/wallaroo ${command} ${text}`)));
  return `${start} Type a command for each: ${commands}. If one of them belongs to the reason, put a word before it.`;
}

/** Who was named, in a sentence. */
export function namedSentence(named: readonly string[]): string {
  const texts = shownNames(named);
  const more = named.length - texts.length;
  const all = listed([...texts.map(quoted), ...(more > 0 ? [`${more} more`] : [])]);
  return `You named ${named.length} people: ${all}.`;
}

const shownNames = (named: readonly string[]): readonly string[] =>
  named.slice(0, MOST_NAMED).map((raw) => (isMention(raw) ? plainText(raw) : likeliest(plainText(raw))));

const listed = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
