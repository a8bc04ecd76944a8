import { existsSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, inject } from 'vitest';
import { type SlackOptions, type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import {
  startWallaroo,
  type WallarooOptions,
  type WallarooSandbox,
} from '../../sandbox/wallaroo/start-wallaroo.ts';
import type { Bot, BotOptions } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLogger } from '../../src/slack/log.ts';
import { spilledData } from '../support/harmless.ts';
import { oddSentences } from '../support/odd-sentences.ts';
import { scratchFolder } from '../support/scratch.ts';
import { startBot } from '../support/start-bot.ts';
import { unspokenMessages } from '../support/unspoken.ts';

/** Who is who in the sandbox's Slack, see `sandbox/slack/seed.ts`. */
export const people = {
  ada: 'U0ADA',
  ben: 'U0BEN',
  steve: 'U0STEVE',
  mia: 'U0MIA',
  gus: 'U0GUS',
  xeno: 'U0XENO',
} as const;

export const APPROVALS = 'C0APPROVALS';
export const LICENSE = 'C0LICENSE';
export const GENERAL = 'C0GENERAL';

/** Who is active where all five seats of the sandbox's seed are taken. */
export const FULL = ['chatops@ex.co', 'admin', 'steve', 'testuser@wallaroo.ai', 'mia@ex.co'];

export interface WorldOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly slack?: Omit<SlackOptions, 'now'>;
  readonly wallaroo?: Omit<WallarooOptions, 'now'>;
  readonly bot?: Omit<BotOptions, 'now' | 'monotonicMs' | 'log'>;
  /** How Slack reaches the bot. @default 'socket' */
  readonly transport?: 'socket' | 'http';
  /** What the clock shows at first. @default the present */
  readonly startsAt?: Date;
  /** Prepares the two services, and the database at this path, before the bot starts. */
  readonly before?: (parts: {
    readonly slack: SlackSandbox;
    readonly wallaroo: WallarooSandbox;
    readonly databasePath: string;
  }) => void;
}

/** A Slack, a Wallaroo and the bot between them. All share a clock that goes on and can be moved ahead. */
export interface World {
  readonly slack: SlackSandbox;
  readonly wallaroo: WallarooSandbox;
  readonly bot: Bot;
  /** The database that the bots share. */
  readonly databaseUrl: string;
  /** What the bot was started with, for another one as a process of its own. */
  readonly settings: Readonly<Record<string, string>>;
  /** Lines that the bot logged, parsed. */
  readonly logs: readonly Readonly<Record<string, unknown>>[];
  /** Moves everybody's clock ahead. */
  advance(ms: number): void;
  /** Sets everybody's clock back, while time goes on: what a monotonic clock measures is not less for it. */
  setBack(ms: number): void;
  now(): Date;
  /** Another bot beside the first, or after it: on the same database unless `settings` say otherwise. */
  startAnother(options?: Pick<WorldOptions, 'settings' | 'bot'>): Promise<Bot>;
  /** The state of a user by email or username, as the platform has it. */
  isActive(who: string): boolean;
}

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Starts everything; it is stopped after the test. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  let offsetMs = options.startsAt === undefined ? 0 : options.startsAt.getTime() - Date.now();
  let passedMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const monotonicMs = () => performance.now() + passedMs;
  const folder = await scratchFolder('chatops-flow-');
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const slack = await startSlack({ ...options.slack, now });
  closing.push(() => slack.stop());
  closing.push(async () => expect(unspokenMessages(slack)).toEqual([]));
  closing.push(async () => expect(oddSentences(slack)).toEqual([]));
  closing.push(async () => expect(spilledData(slack)).toEqual([]));
  const wallaroo = await startWallaroo({ ...options.wallaroo, now });
  closing.push(() => wallaroo.stop());
  const databasePath = join(folder, 'chatops.db');
  options.before?.({ slack, wallaroo, databasePath });
  if (!existsSync(databasePath)) await copyFile(inject('migratedFile'), databasePath);
  const logs: Record<string, unknown>[] = [];
  const log = createLogger('debug', { write: (line) => void logs.push(JSON.parse(line)) });
  const transport = options.transport ?? 'socket';
  const base: Record<string, string> = {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(transport === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    WALLAROO_URL: wallaroo.url,
    WALLAROO_USER: wallaroo.account.username,
    WALLAROO_PASSWORD: wallaroo.account.password,
    ADMINS: 'S0ADMINS',
    APPROVALS_CHANNEL: APPROVALS,
    LICENSE_CHANNEL: LICENSE,
    WATCH_INTERVAL: '0',
    DIGEST_CRON: '',
    DATABASE_URL: `file:${databasePath}`,
    ...options.settings,
  };
  const start = async ({ settings = {}, bot = {} }: Pick<WorldOptions, 'settings' | 'bot'>) => {
    const started = await startBot(readConfig({ ...base, ...settings }), { ...bot, now, monotonicMs, log });
    closing.push(() => started.stop());
    return started;
  };
  const bot = await start({ bot: options.bot ?? {} });
  if (transport === 'http') slack.deliverTo({ url: `http://127.0.0.1:${bot.port}/slack/events` });
  return {
    slack,
    wallaroo,
    bot,
    databaseUrl: base.DATABASE_URL ?? '',
    settings: base,
    logs,
    advance: (ms) => {
      offsetMs += ms;
      passedMs += ms;
    },
    setBack: (ms) => {
      offsetMs -= ms;
    },
    now,
    startAnother: (more = {}) => start(more),
    isActive: (who) => wallaroo.state.user(who).enabled,
  };
}

/** Waits for the modal of a person to be filled: not `Loading…`, not `Working…`. */
export function filledModal({ slack }: World, userId: string) {
  return slack.until(() => {
    const modal = slack.as(userId).modal();
    return modal !== undefined && !/Loading…|Working…/.test(slack.textOf(modal)) ? modal : undefined;
  });
}
