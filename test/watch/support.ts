import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import type { RecordMark } from '../../src/db/record-mark.ts';
import type { Db } from '../../src/db/tables.ts';
import type { Duty } from '../../src/jobs/recurring-pass.ts';
import { namesOf } from '../../src/license/seats.ts';
import { keepPosts, type PostParts } from '../../src/posts/keep-posts.ts';
import { slackLogger } from '../../src/slack/log.ts';
import { createSlackClients } from '../../src/slack/slack-clients.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import type { OwnWrite } from '../../src/watch/outside-changes.ts';
import { warningPosts } from '../../src/watch/warning-posts.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import { createWatch, type Watch } from '../../src/watch/watch-service.ts';
import { plainUser } from '../support/any-data.ts';

/** The watch of one replica, with what it leaves to be done regularly. */
export type WatchedReplica = Watch & { readonly duties: readonly Duty[] };

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
  /** How far the bot's own records are. */
  mark: RecordMark = { seq: 0, open: [] };
  /** The user of this id, whatever the list shows. */
  byId = (id: string): WallarooUser | undefined => this.users.find((user) => user.id === id);
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
  watch(db: Db, over: Partial<WatchParts & Pick<PostParts, 'client'>> = {}): WatchedReplica {
    const log = pino({ level: 'silent' });
    const { botToken, apiUrl } = this.slack;
    const rules = {
      license: { edition: 'community', seats: 5, warnAt: 4 } as const,
      exempt: namesOf([]),
      administrators: '<@U0ADA>',
    };
    const now = () => this.now;
    const watch = createWatch({
      db,
      log,
      now,
      monotonicMs: () => this.now.getTime(),
      channel: LICENSE_CHANNEL,
      intervalMs: INTERVAL_MS,
      rules,
      listUsersFresh: async () => {
        if (this.isDown) throw new Error('the platform does not answer');
        return this.users;
      },
      getUser: async (id) => this.byId(id),
      markRecords: async () => this.mark,
      ownWrites: async () => this.ownWrites,
      ...over,
    });
    const posting: PostParts = {
      db,
      client: createSlackClients(botToken, apiUrl, slackLogger(log)).background,
      log,
      now,
      leaseNow: now,
      newId: randomUUID,
      faultPoint: async () => undefined,
      ...over,
    };
    const warn = () => keepPosts(posting, warningPosts(db, over.rules ?? rules));
    return { ...watch, duties: [watch.duty, { name: 'post license warnings', run: warn }] };
  }

  /** The pass that comes after the interval. */
  async passLater(watch: WatchedReplica, afterMs = INTERVAL_MS): Promise<void> {
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
export async function pass(watch: WatchedReplica): Promise<void> {
  for (const { run } of watch.duties) await run().catch(() => undefined);
}
