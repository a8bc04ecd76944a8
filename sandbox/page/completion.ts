/** A command as the app's manifest declares it. */
export interface Command {
  readonly command: string;
  readonly description: string;
  readonly usage_hint?: string | undefined;
}

/** What the composer offers: the text it would put there and a word about it. */
export interface Completion {
  readonly text: string;
  readonly about: string;
}

/** Subcommands stand in the hint between bars: `[help | users [words] | user <who>]`. */
function subcommandsOf({ command, usage_hint }: Command): readonly Completion[] {
  return (usage_hint ?? '')
    .replace(/^\[|\]$/g, '')
    .split('|')
    .map((part) => part.trim())
    .filter((part) => /^[a-z]/.test(part))
    .map((part) => {
      const [word = '', ...rest] = part.split(/\s+/);
      return { text: `${command} ${word}${rest.length > 0 ? ' ' : ''}`, about: rest.join(' ') };
    });
}

/** Commands, then their subcommands, that begin with what is typed. */
export function completionsFor(typed: string, commands: readonly Command[]): readonly Completion[] {
  if (!typed.startsWith('/')) return [];
  const known = commands.find(({ command }) => typed.startsWith(`${command} `));
  const offered =
    known === undefined
      ? commands.map(({ command, description }) => ({ text: `${command} `, about: description }))
      : subcommandsOf(known);
  return offered.filter(({ text }) => text.startsWith(typed) && text.trimEnd() !== typed.trimEnd());
}
