import type { CommandParts, CommonOptions } from './command.ts';
import { CommandError, EXIT } from './exit-codes.ts';

const NEEDS_YES =
  'Nothing was changed. Without a terminal, or with --no-input, nobody can be asked: a change needs --yes then.';

/** @throws CommandError where nobody can agree to a change: before anything is asked of anybody. */
export function refuseUnasked({ terminal }: CommandParts, options: CommonOptions): void {
  if (options.yes || options.dryRun || (terminal.canAsk && options.input !== false)) return;
  throw new CommandError(EXIT.usage, NEEDS_YES);
}

/** Shows what a change does, and asks whether to go on; `--yes` answers. */
export async function askConsent(
  parts: CommandParts,
  options: CommonOptions,
  effect: readonly string[],
): Promise<void> {
  if (options.yes) return;
  sayEffect(parts, effect);
  await goOn(parts);
}

export function sayEffect({ terminal }: CommandParts, effect: readonly string[]): void {
  for (const line of effect) terminal.say(line);
}

/** @throws CommandError unless the answer is yes */
export async function goOn({ terminal }: CommandParts): Promise<void> {
  const answer = await terminal.ask('Go on? [y/N] ');
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new CommandError(EXIT.failed, 'Nothing was changed.');
}
