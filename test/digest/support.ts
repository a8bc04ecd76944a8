import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import type { Db } from '../../src/db/tables.ts';
import type { DigestParts } from '../../src/digest/digest-parts.ts';
import { idleSince } from '../../src/license/idle.ts';
import { namesOf } from '../../src/license/seats.ts';
import { slackLogger } from '../../src/slack/log.ts';
import { createSlackClients } from '../../src/slack/slack-clients.ts';
import { accountFaults } from '../../src/users/account-faults.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { plainUser } from '../support/any-data.ts';

export const LICENSE_CHANNEL = 'C0LICENSE';

const running: SlackSandbox[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((slack) => slack.stop()));
});

/** A Slack, users and a clock that only moves when told, for parts of digests. */
export interface World {
  readonly slack: SlackSandbox;
  readonly users: WallarooUser[];
  now: Date;
  /** What one replica needs. */
  parts(db: Db, over?: Partial<DigestParts>): DigestParts;
  /** Digests in the license channel, oldest first. */
  digests(): readonly { readonly ts: string; readonly text: string }[];
}

export async function startWorld(startedAt: string): Promise<World> {
  const slack = await startSlack({ now: () => world.now });
  running.push(slack);
  const log = pino({ level: 'silent' });
  const { background } = createSlackClients(slack.botToken, slack.apiUrl, slackLogger(log));
  const world: World = {
    slack,
    users: [plainUser(1), plainUser(2, { lastSignInMs: null })],
    now: new Date(startedAt),
    parts: (db, over = {}) => ({
      db,
      client: background,
      log,
      now: () => world.now,
      leaseNow: () => world.now,
      newId: randomUUID,
      faultPoint: async () => undefined,
      channel: LICENSE_CHANNEL,
      cron: '0 9 * * *',
      timeZone: 'UTC',
      whenUnchanged: true,
      idleDays: 30,
      rules: {
        license: { edition: 'community', seats: 5, warnAt: 4 },
        exempt: namesOf([]),
        administrators: '<@U0ADA>',
      },
      listUsers: async () => [...world.users],
      activeUntil: async () => new Map(),
      mayBeDeactivated: async () => () => true,
      idleSince: async () => (user) => idleSince(user, new Map()),
      pendingRequests: async () => [],
      accountFaults: () => accountFaults([]),
      ownerless: async () => undefined,
      authUrl: 'https://wallaroo.example.com',
      ...over,
    }),
    digests: () =>
      slack
        .as('U0ADA')
        .messages(LICENSE_CHANNEL)
        .filter(({ fallback }) => fallback.startsWith('Wallaroo license digest')),
  };
  return world;
}
