import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import type { Db } from '../../src/db/tables.ts';
import { namesOf } from '../../src/license/seats.ts';
import { slackLogger } from '../../src/slack/log.ts';
import { createSlackClients } from '../../src/slack/slack-clients.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import type { OwnWrite } from '../../src/watch/outside-changes.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import { createWatch, type Watch } from '../../src/watch/watch-service.ts';
import { plainUser } from '../support/any-data.ts';

const LICENSE_CHANNEL = 'C0LICENSE';
const INTERVAL_MS = 300_000;

const running: SlackSandbox[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((slack) => slack.stop()));
});

/** A Slack, users that somebody else switches, and a clock that only moves when told. */
export class WatchedWorld {
  readonly slack: SlackSandbox;
  users: readonly WallarooUser[];
  ownWrites: readonly OwnWrite[] = [];
  isDown = false;
  now = new Date('2026-11-25T12:00:00Z');

  private constructor(slack: SlackSandbox, active: number) {
    this.slack = slack;
    this.users = Array.from({ length: 8 }, (_, n) => plainUser(n, { enabled: n < active }));
  }

  /** Of eight users the first `active` ones are. */
  static async start(active: number): Promise<WatchedWorld> {
    const slack = await startSlack({ now: () => world.now });
    running.push(slack);
    const world = new WatchedWorld(slack, active);
    return world;
  }

  /** Somebody sets how many users are active, outside Slack. */
  setActive(active: number): void {
    this.users = this.users.map((user, n) => ({ ...user, enabled: n < active }));
  }

  /** The watch of one replica. */
  watch(db: Db, over: Partial<WatchParts> = {}): Watch {
    const log = pino({ level: 'silent' });
    const { botToken, apiUrl } = this.slack;
    return createWatch({
      db,
      client: createSlackClients(botToken, apiUrl, slackLogger(log)).background,
      log,
      now: () => this.now,
      newId: randomUUID,
      faultPoint: async () => undefined,
      channel: LICENSE_CHANNEL,
      intervalMs: INTERVAL_MS,
      rules: {
        license: { edition: 'community', seats: 5, warnAt: 4 },
        exempt: namesOf([]),
        administrators: '<@U0ADA>',
      },
      listUsersFresh: async () => {
        if (this.isDown) throw new Error('the platform does not answer');
        return this.users;
      },
      ownWrites: async () => this.ownWrites,
      ...over,
    });
  }

  /** The pass that comes after the interval. */
  async passLater(watch: Watch, afterMs = INTERVAL_MS): Promise<void> {
    this.now = new Date(this.now.getTime() + afterMs);
    await pass(watch);
  }

  /** What stands in the license channel, oldest first. */
  posts(): readonly string[] {
    return this.slack
      .as('U0ADA')
      .messages(LICENSE_CHANNEL)
      .map(({ text }) => text);
  }
}

/** One pass as the recurring pass makes it: a duty that fails does not keep the others from running. */
export async function pass(watch: Watch): Promise<void> {
  for (const { run } of watch.duties) await run().catch(() => undefined);
}
