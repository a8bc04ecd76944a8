import type { ModalView } from '@slack/types';
import { plainText, seenText } from '../texts/plain-text.ts';
import { didYouMean, RUN, suggestion } from './did-you-mean-views.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { CommandArrival, Interaction, Need } from './interaction.ts';
import { seenWord, type TakeOtherWord } from './typed-command.ts';

interface SubcommandBase {
  readonly name: string;
  /** As shown in the help, e.g. `activate <who> [reason]`. */
  readonly usage: string;
  readonly about: string;
  readonly needs: Need;
  /** Nothing that follows the word means anything: who types more is asked whether they mean this. @default false */
  readonly isAlone?: boolean;
}

/** Said behind any command, and no part of it. */
const COURTESY = /^(?:(?:now|please|pls)\b\s*)*[.!?]*$/i;

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

/** All that `/wallaroo` answers to. */
export interface Commands {
  readonly subcommands: readonly Subcommand[];
  /** Reads words that stand for a subcommand. @default none does */
  readonly takeOtherWord?: TakeOtherWord;
  /** The words that `takeOtherWord` knows, to tell slips of the finger. @default none */
  readonly otherWords?: readonly string[];
  readonly helpActionId: string;
}

/** Runs the subcommand that was typed; answers anything else with what may have been meant. */
export async function route(
  dispatcher: Dispatcher,
  commands: Commands,
  arrival: CommandArrival,
): Promise<void> {
  const { subcommands, takeOtherWord } = commands;
  const typed = seenWord(arrival.text);
  const isName = subcommands.some(({ name }) => name === typed.word);
  const { word, rest } = (isName ? undefined : takeOtherWord?.(typed)) ?? typed;
  const subcommand = subcommands.find(({ name }) => name === (word === '' ? 'help' : word));
  if (subcommand === undefined) return arrival.reply.send(didYouMean(arrival.text, commands));
  if (subcommand.isAlone && !COURTESY.test(seenText(plainText(rest))))
    return arrival.reply.send(suggestion(arrival.text, subcommand.name, commands));
  const withRest = { ...arrival, text: rest };
  if (subcommand.answer === 'modal')
    return dispatcher.openModal(withRest, subcommand.needs, subcommand.title, subcommand.draw);
  return subcommand.run(await dispatcher.admit(withRest, subcommand.needs));
}

/** The button that runs the command in its value. */
export function registerRun(dispatcher: Dispatcher, commands: Commands): void {
  dispatcher.rawAction(RUN, (arrival) => route(dispatcher, commands, { ...arrival, text: arrival.value }));
}
