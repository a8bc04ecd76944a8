import { ids as helpIds } from '../help/help-ids.ts';
import { type Commands, registerRun, route, type Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import { OPEN_LINK } from '../slack/link-button.ts';
import { otherWords, takeOtherWord } from './other-words.ts';

interface CommandParts {
  readonly dispatcher: Dispatcher;
  readonly subcommands: readonly Subcommand[];
}

/** `/wallaroo` with everything that the features answer to, and the buttons that run a command or open a page. */
export function answerCommands({ dispatcher, subcommands }: CommandParts): void {
  const commands: Commands = { subcommands, takeOtherWord, otherWords, helpActionId: helpIds.help };
  registerRun(dispatcher, commands);
  dispatcher.rawAction(OPEN_LINK, async () => undefined);
  dispatcher.command('/wallaroo', (arrival) => route(dispatcher, commands, arrival));
}
