import { seenText } from '../texts/plain-text.ts';

/** What a command consists of. */
export interface Typed {
  /** The first word, in small letters. */
  readonly word: string;
  /** What follows it, as typed. */
  readonly rest: string;
}

/** What a command means that begins with a word people use instead of a subcommand's name; `undefined` for other words. */
export type TakeOtherWord = (typed: Typed) => Typed | undefined;

/** `word rest`, the word in lower case. */
export function splitWord(text: string): Typed {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { word: word.toLowerCase(), rest: rest.trim() };
}

/** The same with the word as people see it: what they paste may hold characters without a look. */
export function seenWord(text: string): Typed {
  const { word, rest } = splitWord(text);
  const seen = seenText(word);
  return seen === '' && rest !== '' ? seenWord(rest) : { word: seen, rest };
}
