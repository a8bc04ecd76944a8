import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const START = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));

/** The bot as a process of its own, as `npm start` runs it. */
export interface BotProcess {
  /** Resolves when it has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(): Promise<void>;
}

const running: BotProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((bot) => bot.kill()));
});

/** Starts it with these settings and no others; it is killed after the test at the latest. */
export function startBotProcess(settings: Readonly<Record<string, string>>): BotProcess {
  const child = spawn(process.execPath, [START], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'silent', ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit').then(
    ([code, signal]) => (code ?? signal ?? 'unknown') as number | string,
  );
  const bot: BotProcess = {
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  running.push(bot);
  return bot;
}
