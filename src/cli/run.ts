import { type Command, CommanderError } from 'commander';
import type { Logger } from 'pino';
import type { FaultPoint } from '../changes/apply/fault-point.ts';
import { ConfigError } from '../config/config-error.ts';
import type { CommandLineConfig } from '../config.ts';
import { ChatopsError } from '../errors.ts';
import { thrownText } from '../thrown.ts';
import type { CommandParts } from './command.ts';
import { PROGRAM } from './command-options.ts';
import { EXIT, type ExitCode, exitCodeOfError } from './exit-codes.ts';
import { handlersWith } from './handlers.ts';
import type { Office } from './office.ts';
import { buildProgram } from './program.ts';
import { type Env, processTerminal } from './terminal.ts';

/** How long the end may take, ms, once a command has told what it had to tell. */
const CLOSE_WITHIN_MS = 1500;

/** What the process hands over. */
export interface RunParts {
  readonly env: Env;
  /** Reads the settings; throws a ChatopsError that lists what is wrong with them. */
  readonly readConfig: () => CommandLineConfig;
  /** Comes before the first request. */
  readonly prepare: () => Promise<void>;
  readonly log: Logger;
  readonly faultPoint: (point: FaultPoint) => Promise<void>;
  /** Takes secrets out of a text. */
  readonly hide: (text: string) => string;
}

/** Runs one command, and resolves with its exit code once all is written and closed. */
export async function runCommandLine(argv: readonly string[], run: RunParts): Promise<ExitCode> {
  const terminal = processTerminal(run.env);
  const interrupt = new AbortController();
  const changing = { begun: false };
  let opened: Promise<Office> | undefined;
  const parts: CommandParts = {
    terminal,
    interrupted: interrupt.signal,
    changing,
    office: () => {
      opened ??= openHere(run);
      return opened;
    },
  };
  const cut = cutByCtrlC(interrupt, parts);
  const code = await Promise.race([perform(argv, parts, run), cut]);
  await Promise.race([
    opened?.then((office) => office.close()).catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS)),
  ]);
  const fault = await terminal.flushed();
  if (fault === undefined) return code;
  terminal.say(fault);
  return code === EXIT.done ? EXIT.failed : code;
}

async function openHere({ readConfig, prepare, log, faultPoint }: RunParts): Promise<Office> {
  const config = readConfig();
  const [{ openOffice }] = await Promise.all([import('./office.ts'), prepare()]);
  return openOffice({ config, log, faultPoint });
}

/** Resolves when Ctrl-C ends the command: at once, but for a change under way, which is told of by the command itself. */
const cutByCtrlC = (interrupt: AbortController, { changing, terminal }: CommandParts): Promise<ExitCode> =>
  new Promise((resolve) => {
    const onSignal = (): void => {
      const isFirst = !interrupt.signal.aborted;
      interrupt.abort();
      if (!changing.begun || !isFirst) resolve(EXIT.interrupted);
      else terminal.say('Ending: the change under way may finish, for a moment.');
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('SIGHUP', onSignal);
  });

async function perform(argv: readonly string[], parts: CommandParts, run: RunParts): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = buildProgram(handlersWith(parts), (done) => {
    code = done;
  });
  const output = {
    writeOut: (text: string) => parts.terminal.out(text),
    writeErr: (text: string) => parts.terminal.say(run.hide(text.trimEnd())),
    outputError: (text: string, write: (text: string) => void) => write(asSentence(text)),
    getOutHelpWidth: () => Math.min(parts.terminal.columns ?? 100, 100),
  };
  for (const command of withCommands(program))
    command
      .configureOutput(output)
      .exitOverride()
      .showHelpAfterError(`${PROGRAM} help ${pathOf(command)} tells how it is used.`);
  try {
    await program.parseAsync(helpOf(argv), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const sentence = sentenceOf(error);
    // What is said of settings holds no secret: a password like `token` would only take words out of it.
    parts.terminal.say(error instanceof ConfigError ? sentence : run.hide(sentence));
    return exitCodeOfError(error);
  }
}

const withCommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withCommands),
];

/** `workspace add` */
const pathOf = (command: Command): string =>
  command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim();

/** What commander says is wrong, as the other sentences are. */
const asSentence = (text: string): string => {
  const said = text.replace(/^error: /, '').trimEnd();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.?)]$/.test(said) ? '' : '.'}`;
};

/** `help workspace add` as commander takes it, whose own `help` knows one word. */
const helpOf = (argv: readonly string[]): readonly string[] =>
  argv[0] === 'help' && argv.length > 2 ? [...argv.slice(1), '--help'] : argv;

/** What is wrong, in words for who types, whichever part of the bot says it. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof ChatopsError)) return `This failed: ${thrownText(error).split('\n')[0]}`;
  return error.userMessage
    .replace(/^The bot cannot start: its database/, 'Nothing was done: the database')
    .replace(/^The bot cannot start:/, 'Nothing was done:');
}
