import { distance } from 'fastest-levenshtein';
import { plainText, rawWords, seenText } from '../texts/plain-text.ts';
import { actions, button, type Message, section } from './blocks.ts';
import { code } from './mrkdwn.ts';
import { seenWord, type TakeOtherWord, type Typed } from './typed-command.ts';

/** What can be suggested. */
export interface Suggestible {
  readonly subcommands: readonly { readonly name: string }[];
  readonly takeOtherWord?: TakeOtherWord;
  readonly otherWords?: readonly string[];
  readonly helpActionId: string;
}

/** A button that runs the command in its value. */
export const RUN = 'command_run';
/** What a button's value may hold (docs.slack.dev: button element). */
const LONGEST_VALUE = 2000;
/** Words of a sentence among which a subcommand is looked for: `please deactivate steve`. */
const WORDS_LOOKED_AT = 5;
/** Words with which a sentence begins: no slip of a subcommand's name. */
const OPENING = /^(?:i|we|how|what|can|could|give|please|need|want)$/;
/** In a sentence who is meant, not what: `give me access`. */
const PRONOUN = /^(?:me|my|myself)$/;
/** What everybody has one of: `when does my access end` asks about oneself, `what are my workspaces` about them. */
const ONES_OWN =
  /^(?:my(?:\s+own)?|me\s+(?:an?|my))\s+(?:access|account|user|seat|status|role|licen[cs]e)(?![-\p{L}\p{N}])/iu;
/** Slips of the finger that a word of so many letters may hold and still be meant. */
const slipsIn = (letters: number): number => (letters >= 6 ? 2 : letters >= 4 ? 1 : 0);

/** What may have been meant by a text that is no subcommand, with a button that runs it. */
export function didYouMean(typed: string, commands: Suggestible): Message {
  const { word, rest } = meantBy(typed, commands);
  return suggestion(typed, `${word} ${rest}`.trim(), commands);
}

/** Asks whether `command` was meant by a text that is not understood as it was typed, with a button that runs it. */
export function suggestion(
  typed: string,
  command: string,
  { helpActionId }: Pick<Suggestible, 'helpActionId'>,
): Message {
  const shown = seenText(plainText(command));
  const text = `I don't know ${code(plainText(typed), 80)}. Did you mean ${code(`/wallaroo ${shown}`, 120)}?`;
  const run = button({ text: `Run /wallaroo ${shown}`, actionId: RUN, value: command, style: 'primary' });
  return {
    text,
    blocks: [
      section(text),
      actions(
        command.length > LONGEST_VALUE ? undefined : run,
        button({ text: 'Help', actionId: helpActionId }),
      ),
    ],
  };
}

function meantBy(typed: string, commands: Suggestible): Typed {
  const { word, rest } = seenWord(typed);
  const names = commands.subcommands.map(({ name }) => name);
  const plain = plainText(word);
  const isOpening = rest !== '' && OPENING.test(plain);
  const slip = isOpening ? undefined : nearest(plain, [...names, ...(commands.otherWords ?? [])], slipsIn);
  if (slip !== undefined) return translated({ word: slip, rest }, commands);
  const later = saidLater(typed, commands);
  if (later !== undefined) return later;
  const near = isOpening ? undefined : nearest(plain, names, (letters) => Math.ceil(letters / 2));
  // A text without any such word is rather somebody's name.
  return near === undefined ? { word: 'user', rest: typed.trim() } : { word: near, rest };
}

const translated = (typed: Typed, { takeOtherWord }: Suggestible): Typed => takeOtherWord?.(typed) ?? typed;

/** The subcommand that a sentence names after a few other words. */
function saidLater(typed: string, commands: Suggestible): Typed | undefined {
  const { subcommands, otherWords = [] } = commands;
  let oneself: Typed | undefined;
  for (const { raw, start, end } of rawWords(typed, WORDS_LOOKED_AT).slice(1)) {
    const word = seenText(raw).toLowerCase();
    if (PRONOUN.test(word) && typed.slice(end).trim() !== '') {
      oneself ??= translated({ word, rest: '' }, commands);
      if (ONES_OWN.test(typed.slice(start))) return oneself;
      continue;
    }
    if (subcommands.some(({ name }) => name === word) || otherWords.includes(word))
      return translated({ word, rest: typed.slice(end).trim() }, commands);
  }
  return oneself;
}

/** The name that is nearest to a typed word; `farthest` tells how far it may be, by its number of letters. */
function nearest(
  word: string,
  names: readonly string[],
  farthest: (letters: number) => number,
): string | undefined {
  if (word === '') return undefined;
  return names
    .map((name) => ({ name, far: name.startsWith(word) ? 0 : distance(word.slice(0, 50), name) }))
    .sort((a, b) => a.far - b.far)
    .find(({ name, far }) => far <= farthest(name.length))?.name;
}
