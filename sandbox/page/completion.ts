/** A command as the app's manifest declares it. */
export interface Command {
  readonly command: string;
  readonly description: string;
  readonly usage_hint?: string | undefined;
}

/** What the composer offers: the text it would put there and a word about it. */
export interface Completion {
  readonly text: string;
  /** What the list shows of it. @default all of it */
  readonly shown?: string;
  readonly about: string;
}

/** Whom or what one may mention: `@handle` of a person or group, `#name` of a channel. */
export interface Mentionable {
  readonly mention: string;
  readonly about: string;
}

/** Cuts at bars, but not inside brackets: `users [active|all]` stays whole. */
function choicesOf(hint: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of hint) {
    if (letter === '[' || letter === '<') depth += 1;
    if (letter === ']' || letter === '>') depth -= 1;
    if (letter === '|' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + letter);
  }
  return parts.map((part) => part.trim());
}

/** Subcommands stand in the hint between bars: `[help | users [words] | user <who>]`; without bars it has none. */
function subcommandsOf({ command, usage_hint = '' }: Command): readonly Completion[] {
  const choices = choicesOf(usage_hint);
  const [bracketed] = choices.length === 1 ? choices : [];
  const inside = bracketed?.match(/^\[(.*)\]$/)?.[1];
  const alternatives = inside === undefined ? choices : choicesOf(inside);
  if (alternatives.length < 2) return [];
  return alternatives
    .filter((choice) => /^[a-z]/.test(choice))
    .map((choice) => {
      const [word = '', ...rest] = choice.split(/\s+/);
      return { text: `${command} ${word}${rest.length > 0 ? ' ' : ''}`, about: rest.join(' ') };
    });
}

/** How many mentions are offered at once. */
const mentionsShown = 8;

/** Mentions whose handle, or a word of whose name, begins with what stands behind the last `@` or `#`. */
function mentionsFor(typed: string, all: readonly Mentionable[]): readonly Completion[] {
  const [, before = '', begun] = /^(.*(?:^|\s))([@#][^\s@#]*)$/s.exec(typed) ?? [];
  if (begun === undefined) return [];
  const [sign = '', part] = [begun.charAt(0), begun.slice(1).toLowerCase()];
  const fits = ({ mention, about }: Mentionable): boolean =>
    mention.startsWith(sign) &&
    [mention.slice(1), ...about.split(/\s+/)].some((word) => word.toLowerCase().startsWith(part));
  return all
    .filter(fits)
    .slice(0, mentionsShown)
    .map(({ mention, about }) => ({ text: `${before}${mention} `, about, shown: mention }));
}

function commandsFor(typed: string, commands: readonly Command[]): readonly Completion[] {
  if (!typed.startsWith('/')) return [];
  const known = commands.find(({ command }) => typed.startsWith(`${command} `));
  const offered =
    known === undefined
      ? commands.map(({ command, description }) => ({ text: `${command} `, about: description }))
      : subcommandsOf(known);
  return offered.filter(({ text }) => text.startsWith(typed) && text.trimEnd() !== typed.trimEnd());
}

/** Commands, then their subcommands, that begin with what is typed; whom to mention where an `@` or `#` was typed last. */
export function completionsFor(
  typed: string,
  commands: readonly Command[],
  mentions: readonly Mentionable[] = [],
): readonly Completion[] {
  const mentioned = mentionsFor(typed, mentions);
  return mentioned.length > 0 ? mentioned : commandsFor(typed, commands);
}
