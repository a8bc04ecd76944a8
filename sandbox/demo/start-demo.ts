import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cron } from 'croner';
import { MovableClock } from '../clock/movable-clock.ts';
import { readManifest } from '../manifest.ts';
import { createPage } from '../page-server.ts';
import { controlApi as slackControl } from '../slack/control/control-api.ts';
import { demoSlackSeed } from '../slack/demo-seed.ts';
import { type SlackSandbox, startSlack } from '../slack/start-slack.ts';
import { controlApi as wallarooControl } from '../wallaroo/control-api.ts';
import { demoSeed } from '../wallaroo/seeds/demo-seed.ts';
import { startWallaroo, type WallarooSandbox } from '../wallaroo/start-wallaroo.ts';
import { startBot } from './bot-process.ts';
import { botSettings, digestCron } from './bot-settings.ts';
import { listen } from './listen.ts';
import { platformLines } from './platform-lines.ts';

export interface DemoOptions {
  /** Where the page is served, or the next free port; 0: any. @default 4000 */
  readonly port?: number;
  /** Which interface serves it. @default '127.0.0.1' */
  readonly host?: string;
  /** What time it is for everybody in it. @default the real one */
  readonly startsAt?: Date;
  /** Bot settings that differ from the demo's. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The bot against both sandboxes, and the page. */
export interface Demo {
  /** Of the page. */
  readonly url: string;
  readonly slack: SlackSandbox;
  readonly wallaroo: WallarooSandbox;
  readonly clock: MovableClock;
  /** Resolves if the bot ends: its exit code or signal. */
  readonly botEnded: Promise<number | string>;
  /** Ends everything, in order; nothing is left behind. */
  stop(): Promise<void>;
}

const connectWithinMs = 30_000;

/**
 * Starts everything; resolves when the bot is connected. Rejects, with nothing left running, when it ends before
 * or does not connect within 30 seconds.
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const clock = new MovableClock(options.startsAt);
  const [manifest, folder] = await Promise.all([readManifest(), mkdtemp(join(tmpdir(), 'wallaroo-demo-'))]);
  const commands = manifest.commands.map(({ command }) => command);
  const slack = await startSlack({
    seed: demoSlackSeed,
    now: clock.now,
    scopes: manifest.scopes,
    commands,
  });
  const wallaroo = await startWallaroo({ seed: demoSeed(clock.now()), now: clock.now });
  const settings = { ...botSettings(slack, wallaroo, join(folder, 'chatops.db')), ...options.settings };
  const bot = startBot(settings, folder, clock.offsetMs);
  clock.onMove((offsetMs) => bot.setClock(offsetMs));

  const digest = new Cron(digestCron, { timezone: 'UTC', paused: true });
  const page = await createPage({
    slack: slackControl(slack, {
      moreTraffic: () => platformLines(wallaroo.requests),
      onMoreTraffic: (listener) => void wallaroo.on('response', listener),
      clock,
      nextMoment: () => digest.nextRun(clock.now()) ?? undefined,
    }),
    wallaroo: wallarooControl(wallaroo),
  });
  const server = await listen(page, options.port ?? 4000, options.host);

  const stop = async () => {
    await bot.stop();
    await Promise.all([server.stop(), slack.stop(), wallaroo.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const diedFirst = bot.ended.then((how) => {
      throw new Error(`The bot ended before it was connected (${how}).`);
    });
    await Promise.race([slack.connected(connectWithinMs), diedFirst]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, slack, wallaroo, clock, botEnded: bot.ended, stop };
}
