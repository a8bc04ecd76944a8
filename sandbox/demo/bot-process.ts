import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the bot needs of the surroundings beside its settings; a developer's own settings stay outside. */
const surroundings = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG'];

const stopPatienceMs = 3500;

/** The bot as `npm start` runs it, in a process of its own. */
export interface BotProcess {
  /** Resolves when it has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Moves its clock ahead of the real one. */
  setClock(offsetMs: number): void;
  /** Asks it to stop; one that does not within 3.5 seconds is killed. */
  stop(): Promise<void>;
}

/**
 * Starts the bot with these settings and no others; `folder` becomes its working directory, `offsetMs` is how far its
 * clock is ahead of the real one from the first moment.
 */
export function startBot(
  settings: Readonly<Record<string, string>>,
  folder: string,
  offsetMs: number,
): BotProcess {
  const kept = surroundings.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', import.meta.resolve('../clock/follow-clock.js'), local('../../scripts/start.js')],
    {
      cwd: folder,
      env: { ...Object.fromEntries(kept), ...settings, SANDBOX_CLOCK_OFFSET_MS: String(offsetMs) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Ctrl-C reaches the demo alone, which then stops the bot in order.
      detached: true,
    },
  );
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return {
    ended,
    setClock: (offsetMs) => {
      if (child.connected) child.send({ offsetMs });
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
      await gone;
      clearTimeout(timer);
    },
  };
}
