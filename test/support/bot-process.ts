import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const START = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));

/** Loaded before the bot, so that its clock can be moved. */
const CLOCK = new URL('../../sandbox/clock/follow-clock.js', import.meta.url).href;

/** The bot as a process of its own, as `npm start` runs it. */
export interface BotProcess {
  /** Its standard output, where that is a pipe; destroy it to close the pipe's other end. */
  readonly stdout: Readable | null;
  /** What it has said on standard error. */
  said(): string;
  /** `SIGTERM` asks it to end, in order. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Moves its clock ahead of the real one. */
  setClock(offsetMs: number): void;
  kill(): Promise<void>;
}

const running: BotProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((bot) => bot.kill()));
});

export interface BotProcessOptions {
  /** Where its log goes: a file descriptor, or a pipe. @default as the tests' own */
  readonly stdout?: number | 'pipe';
  /** JavaScript that runs before the bot. */
  readonly before?: string;
}

/** Starts it with these settings and no others; it is killed after the test at the latest. */
export function startBotProcess(
  settings: Readonly<Record<string, string>>,
  { stdout = 1, before }: BotProcessOptions = {},
): BotProcess {
  const script = before === undefined ? [] : [`data:text/javascript,${encodeURIComponent(before)}`];
  const imports = [CLOCK, ...script].flatMap((url) => ['--import', url]);
  const child = spawn(process.execPath, [...imports, START], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'silent', ...settings },
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
    process.stderr.write(chunk);
  });
  const ended = once(child, 'exit').then(
    ([code, signal]) => (code ?? signal ?? 'unknown') as number | string,
  );
  const bot: BotProcess = {
    ended,
    stdout: child.stdout,
    said: () => said,
    signal: (name) => void child.kill(name),
    setClock: (offsetMs) => {
      if (child.connected) child.send({ offsetMs });
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  running.push(bot);
  return bot;
}
