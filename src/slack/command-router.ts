import type { ModalView } from '@slack/types';
import { distance } from 'fastest-levenshtein';
import { plainText } from '../texts/plain-text.ts';
import { actions, button, type Message, section } from './blocks.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { CommandArrival, Interaction, Need } from './interaction.ts';
import { code } from './mrkdwn.ts';

interface SubcommandBase {
  readonly name: string;
  /** As shown in the help, e.g. `activate <who> [reason]`. */
  readonly usage: string;
  readonly about: string;
  readonly needs: Need;
}

/** One word after `/wallaroo`. Its `text` is what follows the word. */
export type Subcommand = SubcommandBase &
  (
    | {
        readonly answer: 'message';
        readonly run: (interaction: Interaction<CommandArrival>) => Promise<void>;
      }
    | {
        readonly answer: 'modal';
        readonly title: string;
        readonly draw: (interaction: Interaction<CommandArrival>) => Promise<ModalView>;
      }
  );

/** `word rest`, the word in lower case. */
export function splitWord(text: string): { readonly word: string; readonly rest: string } {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { word: word.toLowerCase(), rest: rest.trim() };
}

/** Runs the subcommand that was typed; answers anything else with what may have been meant. */
export async function route(
  dispatcher: Dispatcher,
  subcommands: readonly Subcommand[],
  arrival: CommandArrival,
  helpActionId: string,
): Promise<void> {
  const { word, rest } = splitWord(arrival.text);
  const subcommand = subcommands.find(({ name }) => name === (word === '' ? 'help' : word));
  if (subcommand === undefined)
    return arrival.reply.send(didYouMean(arrival.text, subcommands, helpActionId));
  const withRest = { ...arrival, text: rest };
  if (subcommand.answer === 'modal')
    return dispatcher.openModal(withRest, subcommand.needs, subcommand.title, subcommand.draw);
  return subcommand.run(await dispatcher.admit(withRest, subcommand.needs));
}

/** What may have been meant by a text that is no subcommand. */
export function didYouMean(typed: string, subcommands: readonly Subcommand[], helpActionId: string): Message {
  const plain = plainText(typed);
  const { word, rest } = splitWord(plain);
  // A word that resembles no subcommand is rather somebody's name.
  const meant = nearest(word, subcommands);
  const suggested =
    meant === undefined ? `/wallaroo user ${plain}` : `/wallaroo ${`${meant} ${rest}`.trim()}`;
  const text = `I don't know ${code(plain, 80)}. Did you mean ${code(suggested, 120)}?`;
  return {
    text,
    blocks: [section(text), actions(button({ text: 'Help', actionId: helpActionId }))],
  };
}

function nearest(word: string, subcommands: readonly Subcommand[]): string | undefined {
  const byDistance = subcommands
    .map(({ name }) => ({ name, far: name.startsWith(word) ? 0 : distance(word.slice(0, 50), name) }))
    .sort((a, b) => a.far - b.far);
  const [first] = byDistance;
  return first !== undefined && first.far <= Math.ceil(first.name.length / 2) ? first.name : undefined;
}
