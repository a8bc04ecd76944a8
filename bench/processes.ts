import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SlackSeed } from '../sandbox/slack/seed.ts';
import { type SlackSandbox, startSlack } from '../sandbox/slack/start-slack.ts';
import { startWallaroo, type WallarooSandbox } from '../sandbox/wallaroo/start-wallaroo.ts';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const METER = new URL('./meter.js', import.meta.url).href;

/** The two programs that are compared: the bot as `npm start` runs it, and a Bolt app that only acknowledges. */
export const programs = { bot: local('../scripts/start.js'), bare: local('./bare-bolt.js') } as const;

/** How busy a program was since the last look. */
export interface Load {
  /** The longest time for which its event loop did nothing else, ms. */
  readonly stallMs: number;
  /** The longest piece of its own work without a break, ms of the processor: waiting for one that others use is left out. */
  readonly workMs: number;
  /** Time of the processor, all threads together, ms. */
  readonly cpuMs: number;
  readonly elapsedMs: number;
}

export interface RunOptions {
  /** @default the sandbox's own */
  readonly people?: SlackSeed;
  /** @default a small one */
  readonly wallaroo?: Pick<WallarooSandbox, 'url' | 'account' | 'stop'>;
  readonly settings?: Readonly<Record<string, string>>;
  /** Fills the database before the program starts. @default it is new */
  readonly prepare?: (databaseUrl: string) => Promise<void>;
}

export interface Running {
  readonly slack: SlackSandbox;
  /** The path of its database. */
  readonly databasePath: string;
  /** `processor`: of the time from now on, only what the processor does is to be known. @default all */
  load(next?: 'all' | 'processor'): Promise<Load>;
  /** From the start of the process to its connection, ms. */
  readonly startMs: number;
  /** Memory that it holds, its program and libraries included, bytes. */
  memoryBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a program as a process of its own, with sandboxes of its own. Resolves when it is connected. */
export async function run(program: keyof typeof programs, options: RunOptions = {}): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-bench-'));
  const databasePath = join(folder, 'chatops.db');
  await options.prepare?.(`file:${databasePath}`);
  const [slack, wallaroo] = await Promise.all([
    startSlack(options.people === undefined ? {} : { seed: options.people }),
    options.wallaroo ?? startWallaroo(),
  ]);
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', METER, programs[program]], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
      WALLAROO_URL: wallaroo.url,
      WALLAROO_USER: wallaroo.account.username,
      WALLAROO_PASSWORD: wallaroo.account.password,
      ADMINS: 'S0ADMINS',
      APPROVALS_CHANNEL: 'C0APPROVALS',
      DATABASE_URL: `file:${databasePath}`,
      ...options.settings,
    },
  });
  await slack.connected(30_000);
  return {
    slack,
    databasePath,
    load: async (next = 'all') => {
      const told = once(child, 'message');
      child.send(next);
      return ((await told) as [Load])[0];
    },
    startMs: performance.now() - began,
    memoryBytes: () => residentBytes(child),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await Promise.all([slack.stop(), wallaroo.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Linux tells it in /proc; elsewhere it is not measured. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return Number(kilobytes) * 1024;
}
