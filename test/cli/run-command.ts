import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const MAIN = pathOf('dist/bot/main.js');

export type Settings = Readonly<Record<string, string>>;

/** A command that runs. */
export interface Command {
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  write(text: string): void;
  /** Resolves when it has written this, on either output. */
  saying(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Closes the other end of its standard output. */
  closeOutput(): void;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

const running: Command[] = [];

afterEach(async () => {
  for (const command of running.splice(0)) {
    command.signal('SIGKILL');
    await command.ended;
  }
});

/** Starts the built command with these settings and no others, without a terminal. */
export function startCommand(
  argv: readonly string[],
  settings: Settings,
  { cwd }: { readonly cwd?: string } = {},
): Command {
  return commandOf(process.execPath, [MAIN, ...argv], { cwd, settings });
}

/** The same on a terminal of its own, of so many columns. */
export function startOnTerminal(
  argv: readonly string[],
  settings: Settings,
  { columns = 100 }: { readonly columns?: number } = {},
): Command {
  const quoted = [process.execPath, MAIN, ...argv].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const script = `stty cols ${columns} -echo; exec ${quoted.join(' ')}`;
  return commandOf('script', ['-qefc', script, '/dev/null'], { settings: { TERM: 'xterm', ...settings } });
}

/** Whether this machine can give a command a terminal: util-linux' `script`. */
export const hasTerminals = spawnSync('script', ['-qefc', 'true', '/dev/null']).status === 0;

/** Runs the command to its end; `stdin` is what it reads. */
export async function run(argv: readonly string[], settings: Settings, stdin = ''): Promise<Ended> {
  const command = startCommand(argv, settings);
  command.write(stdin);
  return command.ended;
}

function commandOf(
  file: string,
  argv: readonly string[],
  { cwd, settings }: { readonly cwd?: string | undefined; readonly settings: Settings },
): Command {
  const child = spawn(file, argv, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, SHELL: '/bin/sh', ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk;
    });
  // It may end before it reads.
  child.stdin.on('error', () => undefined);
  const somethingHappens = async (): Promise<void> => {
    const waiting = new AbortController();
    const { signal } = waiting;
    const events = [
      once(child.stdout, 'data', { signal }),
      once(child.stderr, 'data', { signal }),
      once(child, 'close', { signal }),
    ];
    // Those that come too late are told to end.
    for (const event of events) event.catch(() => undefined);
    await Promise.race(events);
    waiting.abort();
  };
  const command: Command = {
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    write: (text) => {
      child.stdin.write(text);
      if (file === process.execPath) child.stdin.end();
    },
    saying: async (text) => {
      while (!(said.stdout + said.stderr).includes(text)) {
        if (child.exitCode !== null)
          throw new Error(`it ended without ${text}: ${said.stdout}${said.stderr}`);
        await somethingHappens();
      }
    },
    signal: (name) => void child.kill(name),
    closeOutput: () => void child.stdout.destroy(),
    ended: once(child, 'close').then(([code, signal]) => ({ code: code ?? signal ?? 'unknown', ...said })),
  };
  running.push(command);
  return command;
}
