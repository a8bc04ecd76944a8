import type { Command, Option } from 'commander';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import { printable } from './plain.ts';
import type { Terminal } from './terminal.ts';

interface CompletedOption {
  readonly flag: string;
  readonly about: string;
  /** What follows it, in a word; `undefined`: nothing does. */
  readonly value?: string | undefined;
  /** Whether it stands alone, too. */
  readonly isValueOptional?: boolean;
  /** The only values that it takes; empty: any. */
  readonly choices?: readonly string[];
}

/** A command as a shell completes it. */
interface Completed {
  /** `workspace add`: all its words. */
  readonly path: string;
  readonly name: string;
  readonly about: string;
  readonly options: readonly CompletedOption[];
  /** Commands that may follow it. */
  readonly commands: readonly Completed[];
}

/** `completion <shell>`: a script to be read by that shell. It holds every word, so that no key waits for the program. */
export async function completion(terminal: Terminal, shell: string, program: Command): Promise<ExitCode> {
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined)
    throw new CommandError(
      EXIT.usage,
      `Completion is there for bash, zsh and fish, not for "${printable(shell)}".`,
    );
  terminal.out(script(program.name(), completedOf(program)));
  return EXIT.done;
}

const completedOf = (program: Command): readonly Completed[] => [
  ...program.commands.map((command) => completedCommand(command, [])),
  { path: 'help', name: 'help', about: 'shows help, with examples', options: [], commands: [] },
];

function completedCommand(command: Command, before: readonly string[]): Completed {
  const words = [...before, command.name()];
  return {
    path: words.join(' '),
    name: command.name(),
    about: command.description(),
    options: [...command.options.map(completedOption), { flag: '--help', about: 'shows help' }],
    commands: command.commands.map((sub) => completedCommand(sub, words)),
  };
}

const completedOption = ({
  long,
  flags: usage,
  description,
  optional,
  argChoices,
}: Option): CompletedOption => ({
  flag: long ?? '',
  about: description,
  value: /[<[]([^>\]]+)[>\]]/.exec(usage)?.[1],
  isValueOptional: optional,
  choices: argChoices ?? [],
});

const SHELLS = 'bash zsh fish';

const flags = ({ options }: Completed): string => options.map(({ flag }) => flag).join(' ');
const names = (commands: readonly Completed[]): string => commands.map(({ name }) => name).join(' ');
/** The commands of commands: `workspace add`. */
const inner = (commands: readonly Completed[]): readonly Completed[] =>
  commands.flatMap((command) => command.commands);
/** A case of a shell that leads into them. */
const innerCase = (commands: readonly Completed[], then: string): string =>
  `${inner(commands)
    .map(({ path }) => `'${path}'`)
    .join('|')}) ${then} ;;`;
/** Within single quotes of a shell, where a colon may part a word from its meaning. */
const said = (text: string): string =>
  text.replaceAll("'", '’').replaceAll(':', ',').replaceAll('[', '(').replaceAll(']', ')');

const SCRIPTS: Readonly<Record<string, (program: string, commands: readonly Completed[]) => string>> = {
  // The words of a line are parted at `=`, too: `--state=idle` is three of them.
  bash: (program, commands) => `_${fn(program)}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at="\${COMP_WORDS[1]}" words='' joined=''
  if [ "$word" = = ]; then word='' joined=yes; elif [ "$before" = = ]; then before="\${COMP_WORDS[COMP_CWORD-2]}" joined=yes; fi
  if [ "$COMP_CWORD" -gt 2 ]; then case "$at \${COMP_WORDS[2]}" in ${innerCase(commands, `at="$at \${COMP_WORDS[2]}"`)} esac; fi
  if [ "$COMP_CWORD" -eq 1 ]; then words='${names(commands)} --help'
  else case "$at" in
${[...commands, ...inner(commands)]
  .map((command) => `    '${command.path}') words='${wordsAfter(command, commands)}' ;;`)
  .join('\n')}
  esac; fi
  case "$at $before" in
${[...commands, ...inner(commands)].flatMap(valuesInBash).join('\n')}
    *) if [ -n "$joined" ]; then words=''; fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _${fn(program)} ${program}
`,
  zsh: (program, commands) => `#compdef ${program}
_${fn(program)}() {
  local at="$words[2]"
  local -a commands inner
  commands=(
${commands.map(describedInZsh).join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  if (( CURRENT > 3 )); then case "$at $words[3]" in ${innerCase(commands, 'at="$at $words[3]"')} esac; fi
  case "$at" in
    help) _describe command commands ;;
${[...commands, ...inner(commands)]
  .filter(({ name }) => name !== 'help')
  .map(
    (command) =>
      `    '${command.path}') ${innerOfZsh(command)}${aheadInZsh(command)}_arguments ${argumentsOfZsh(command)} ;;`,
  )
  .join('\n')}
  esac
}
compdef _${fn(program)} ${program}
`,
  fish: (program, commands) =>
    [
      `complete -c ${program} -f`,
      ...commands.map(
        ({ name, about }) => `complete -c ${program} -n __fish_use_subcommand -a ${name} -d '${said(about)}'`,
      ),
      ...commands.flatMap(({ name, commands: follow }) =>
        follow.map(
          (sub) =>
            `complete -c ${program} -n '__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${names(follow)}' -a ${sub.name} -d '${said(sub.about)}'`,
        ),
      ),
      ...[...commands, ...inner(commands)].flatMap((command) =>
        command.options.map((option) => optionInFish(program, command, option)),
      ),
      `complete -c ${program} -n '__fish_seen_subcommand_from completion' -a '${SHELLS}'`,
      `complete -c ${program} -n '__fish_seen_subcommand_from help' -a '${names(commands)}'`,
      '',
    ].join('\n'),
};

/** What follows the options of a command that take a value: one of their choices, else what nobody can foresee. */
const valuesInBash = ({ path, options }: Completed): readonly string[] =>
  options
    .filter(({ value, isValueOptional }) => value !== undefined && isValueOptional !== true)
    .map(({ flag, choices = [] }) => `    '${path} ${flag}') words='${choices.join(' ')}' ;;`);

const describedInZsh = ({ name, about }: Completed): string => `    '${name}:${said(about)}'`;

/** `_arguments` reads from the last word of the command on: those before it are no arguments of it. */
const aheadInZsh = ({ path }: Completed): string => {
  const words = path.split(' ').length;
  return `words=("\${(@)words[${words + 1},-1]}"); (( CURRENT -= ${words} )); `;
};

const argumentsOfZsh = ({ name, options }: Completed): string =>
  [...options.map(optionOfZsh), name === 'completion' ? `'1:shell:(${SHELLS})'` : "'*: : '"].join(' ');

/** An option may be given more than once where that means something: `--new-owner`. Its value may stand behind `=`. */
function optionOfZsh({ flag, about, value, isValueOptional, choices = [] }: CompletedOption): string {
  const words = choices.length === 0 ? ' ' : `(${choices.join(' ')})`;
  const takes = value === undefined ? '' : `${isValueOptional ? ':' : ''}:${value}:${words}`;
  return `'*${flag}${value === undefined ? '' : '='}[${said(about)}]${takes}'`;
}

/** Offers the commands that may follow this one, where it has any. */
const innerOfZsh = ({ commands }: Completed): string =>
  commands.length === 0
    ? ''
    : `if (( CURRENT == 3 )); then inner=(${commands.map(describedInZsh).join('').trim()}); _describe command inner; fi; `;

function optionInFish(
  program: string,
  command: Completed,
  { flag, about, value, isValueOptional, choices = [] }: CompletedOption,
): string {
  // Followed by a value, and never by the name of a file.
  const takes = value === undefined || isValueOptional ? '' : ' -x';
  const offers = choices.length === 0 ? '' : ` -a '${choices.join(' ')}'`;
  return `complete -c ${program} -n '${seenInFish(command)}' -l ${flag.slice(2)}${takes}${offers} -d '${said(about)}'`;
}

/** When fish offers the options of a command: each of its words is there, and none that leads further. */
const seenInFish = ({ path, commands }: Completed): string =>
  [
    ...path.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`),
    ...(commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${names(commands)}`]),
  ].join('; and ');

const fn = (program: string): string => program.replaceAll('-', '_');

function wordsAfter(command: Completed, commands: readonly Completed[]): string {
  if (command.name === 'help') return names(commands);
  if (command.name === 'completion') return `${SHELLS} ${flags(command)}`;
  return [...command.commands.map(({ name }) => name), flags(command)].join(' ');
}
