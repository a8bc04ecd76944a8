import { type Command, Option } from 'commander';
import type { ExitCode } from './exit-codes.ts';

/** The name that people type, in help and examples. */
export const PROGRAM = 'wallaroo-chatops';

/** Gets the exit code of a command. */
export type Done = (code: ExitCode) => void;

export const WHO = 'an email, a username, a name, an id, or a part that fits one user only';
/** The same where several may be named. */
export const WHOS = `${WHO}; -: one a line from standard input`;

/** A command that reads. */
export const reading = (command: Command): Command =>
  command
    .addOption(new Option('--json [fields]', 'writes JSON with these fields; without fields: lists them'))
    .addOption(new Option('--csv', 'writes CSV').conflicts('json'));

/** A command that changes something. */
export function changing(command: Command, takesReason = true): Command {
  if (takesReason) command.option('--reason <text>', 'why, for the trail and for those who decide');
  return reading(
    command
      .option('-y, --yes', 'asks nothing')
      .option('--no-input', 'never asks: without --yes nothing is changed')
      .option('--dry-run', 'shows the effect on seats and workspaces, and changes nothing'),
  );
}

/** A command whose change may end. */
export const timed = (command: Command): Command =>
  command
    .addOption(
      new Option('--for <duration>', 'ends the activation after that time, such as 7d').conflicts('until'),
    )
    .option('--until <moment>', 'ends it at that moment, such as "24 Dec 18:00"');

/** A command that may deactivate somebody for whom it lets in. */
export const exchanging = (command: Command): Command =>
  command.option('--exchange <who>', 'deactivates this user in exchange, where every seat is taken');

export const examples = (lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
