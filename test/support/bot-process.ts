import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const START = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));

/** Loaded before the bot, so that its clock can be moved. */
const CLOCK = new URL('../../sandbox/clock/follow-clock.js', import.meta.url).href;

/** The bot as a process of its own, as `npm start` runs it. */
export interface BotProcess {
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

/** Starts it with these settings and no others; it is killed after the test at the latest. */
export function startBotProcess(settings: Readonly<Record<string, string>>): BotProcess {
  const child = spawn(process.execPath, ['--import', CLOCK, START], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'silent', ...settings },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(
    ([code, signal]) => (code ?? signal ?? 'unknown') as number | string,
  );
  const bot: BotProcess = {
    ended,
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
