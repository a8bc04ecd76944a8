import type { Command } from 'commander';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import { printable } from './plain.ts';
import type { Terminal } from './terminal.ts';

/** A command as a shell completes it. */
interface Completed {
  readonly name: string;
  readonly about: string;
  readonly options: readonly { readonly flag: string; readonly about: string }[];
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
  ...program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: [
      ...command.options.map(({ long, description }) => ({ flag: long ?? '', about: description })),
      { flag: '--help', about: 'shows help' },
    ],
  })),
  { name: 'help', about: 'shows help, with examples', options: [] },
];

const flags = ({ options }: Completed): string => options.map(({ flag }) => flag).join(' ');
const names = (commands: readonly Completed[]): string => commands.map(({ name }) => name).join(' ');
/** Within single quotes of a shell, where a colon may part a word from its meaning. */
const said = (text: string): string =>
  text.replaceAll("'", '’').replaceAll(':', ',').replaceAll('[', '(').replaceAll(']', ')');

const SCRIPTS: Readonly<Record<string, (program: string, commands: readonly Completed[]) => string>> = {
  bash: (program, commands) => `_${fn(program)}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then words='${names(commands)} --help'
  else case "\${COMP_WORDS[1]}" in
${commands.map((command) => `    ${command.name}) words='${wordsAfter(command, commands)}' ;;`).join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _${fn(program)} ${program}
`,
  zsh: (program, commands) => `#compdef ${program}
_${fn(program)}() {
  local -a commands
  commands=(
${commands.map(({ name, about }) => `    '${name}:${said(about)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
    help) _describe command commands ;;
${commands
  .filter(({ name }) => name !== 'help')
  .map(
    ({ name, options }) =>
      `    ${name}) _arguments ${options.map(({ flag, about }) => `'${flag}[${said(about)}]'`).join(' ')} ;;`,
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
      ...commands.flatMap(({ name, options }) =>
        options.map(
          ({ flag, about }) =>
            `complete -c ${program} -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d '${said(about)}'`,
        ),
      ),
      `complete -c ${program} -n '__fish_seen_subcommand_from help' -a '${names(commands)}'`,
      '',
    ].join('\n'),
};

const fn = (program: string): string => program.replaceAll('-', '_');

function wordsAfter(command: Completed, commands: readonly Completed[]): string {
  if (command.name === 'help') return names(commands);
  return command.name === 'completion' ? `bash zsh fish ${flags(command)}` : flags(command);
}
