import { describe, expect, it, onTestFinished } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { createAccess } from '../../src/access/access-service.ts';
import { readAudit } from '../../src/db/read-audit.ts';
import { type DigestHandlerParts, registerDigest } from '../../src/digest/digest-handlers.ts';
import { route } from '../../src/slack/command-router.ts';
import { Dispatcher } from '../../src/slack/dispatcher.ts';
import { slackLogger } from '../../src/slack/log.ts';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { createSlackClients } from '../../src/slack/slack-clients.ts';
import { SlackStanding } from '../../src/slack/slack-standing.ts';
import { plainUser } from '../support/any-data.ts';
import { fileDatabases } from '../support/databases.ts';
import { LICENSE_CHANNEL, startWorld } from './support.ts';

/** Below the boxes of all suggestions. */
const CHOSEN = 'Deactivate chosen…';

const TEAM = 'T0WALLAROO';

describe('digests in Slack', () => {
  const open = fileDatabases();

  /** The bot with this feature alone, connected to Slack. `U0ADA` and `U0BEN` are administrators. */
  async function startBot(over: Partial<DigestHandlerParts> = {}) {
    const world = await startWorld('2026-11-25T12:00:00Z');
    const { slack } = world;
    const { db } = await open();
    const parts = world.parts(db, over);
    const { log } = parts;
    const kit = { slackLogger: slackLogger(log), log, slackApiUrl: slack.apiUrl, botToken: slack.botToken };
    const slackApp = createSlackApp({
      ...kit,
      standing: new SlackStanding(log),
      transport: { mode: 'socket', appToken: slack.appToken },
    });
    const { interactive: client } = createSlackClients(kit.botToken, kit.slackApiUrl, kit.slackLogger);
    const { authorize } = createAccess({
      client,
      log,
      now: parts.now,
      ownTeam: { teamId: TEAM },
      admins: ['U0ADA', 'U0BEN'],
      members: undefined,
    });
    const dispatcher = new Dispatcher({
      app: slackApp.app,
      client,
      log,
      authorize,
      administrators: '<@U0ADA>',
      monotonicMs: () => performance.now(),
      secret: 'for tests',
    });
    const opened: { userId: string; enabled: boolean }[] = [];
    const feature = registerDigest({
      ...parts,
      dispatcher,
      openExtend: async () => undefined,
      openSeveral: async () => undefined,
      openSwitch: async (_, userId, enabled) => {
        opened.push({ userId, enabled });
      },
      ...over,
    });
    dispatcher.command('/wallaroo', (arrival) =>
      route(dispatcher, { subcommands: feature.subcommands, helpActionId: 'help' }, arrival),
    );
    await slackApp.connect({ teamId: TEAM, botId: 'B0BOT', botUserId: 'U0BOT' });
    onTestFinished(() => slackApp.disconnect());
    await slack.connected();
    const said = (userId: string, words: string | RegExp): Promise<SeenMessage> =>
      slack.until(() =>
        slack
          .as(userId)
          .messages(LICENSE_CHANNEL)
          .find(({ isEphemeral, text }) => isEphemeral && text.match(words) !== null),
      );
    const posted = (): Promise<SeenMessage> =>
      slack.until(() =>
        slack
          .as('U0ADA')
          .messages(LICENSE_CHANNEL)
          .find(({ isEphemeral, text }) => !isEphemeral && text.includes('license digest')),
      );
    return { world, slack, db, dispatcher, feature, opened, said, posted };
  }

  it('posts the digest for an administrator and says where', async () => {
    const { slack, said, posted } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    const digest = await posted();
    for (const words of [
      '2 of 5 seats',
      'Who holds a seat',
      'No sign-in seen',
      'Never signed in',
      'Nothing since',
    ])
      expect(digest.text).toContain(words);
    expect(digest.buttons).toEqual(['Deactivate…', 'Keep', 'Deactivate…', 'Keep', CHOSEN]);
    await said('U0ADA', /The digest is posted in/);
  });

  it('posts none for a member', async () => {
    const { world, slack, said } = await startBot();
    await slack.as('U0MIA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await said('U0MIA', /Only administrators/);
    expect(world.digests()).toHaveLength(0);
  });

  it('says so when Slack does not take the digest', async () => {
    const { slack, said } = await startBot();
    slack.faults.plan('chat.postMessage', { error: 'not_in_channel' });
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await said('U0ADA', /Slack did not take the digest \(not_in_channel\)/);
  });

  it('keeps a user: hidden from the digest, with who and until when, and in the trail', async () => {
    const { world, slack, db, said, posted } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await slack.as('U0BEN').press(await posted(), { near: 'user1@ex.co', label: 'Keep' });
    await said('U0BEN', /user1@ex\.co.* is kept: not suggested until/);
    const redrawn = await slack.until(() => world.digests().find(({ text }) => text.includes('Kept:')));
    expect(redrawn.text).toMatch(/Kept: user1@ex\.co by @Ben Boss until/);
    expect((await posted()).buttons).toEqual(['Deactivate…', 'Keep', CHOSEN]);
    const [entry] = await readAudit(db, { most: 5 });
    expect(entry).toMatchObject({
      event: 'snoozed',
      actor: 'U0BEN',
      subjects: [{ userId: 'user-1', label: 'user1@ex.co' }],
    });
  });

  it('tells a second administrator who kept the user', async () => {
    const { slack, db, said, posted } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    const before = await posted();
    await slack.as('U0BEN').press(before, { near: 'user1@ex.co', label: 'Keep' });
    await said('U0BEN', /is kept/);
    await slack.as('U0ADA').press(before, { near: 'user1@ex.co', label: 'Keep' }, { asSeen: true });
    await said('U0ADA', /is already kept, by @Ben Boss/);
    expect(await readAudit(db, { events: ['snoozed'], most: 5 })).toHaveLength(1);
  });

  it('suggests a kept user again after 30 days', async () => {
    const { world, slack, said, posted } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await slack.as('U0BEN').press(await posted(), { near: 'user1@ex.co', label: 'Keep' });
    await said('U0BEN', /is kept/);
    world.now = new Date('2026-12-25T12:00:00Z');
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    const again = await slack.until(() => world.digests()[1]);
    expect(again.text).not.toContain('Kept:');
    expect(again.text).toContain('user1@ex.co');
  });

  it('does not let a member keep somebody', async () => {
    const { slack, db, said, posted } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await slack.as('U0MIA').press(await posted(), { near: 'user1@ex.co', label: 'Keep' });
    await said('U0MIA', /Only administrators/);
    expect(await readAudit(db, { most: 5 })).toEqual([]);
  });

  it('says that a user is gone', async () => {
    const { world, slack, said, posted } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    const digest = await posted();
    world.users.splice(0, 1);
    await slack.as('U0ADA').press(digest, { near: 'user1@ex.co', label: 'Keep' });
    await said('U0ADA', /no longer exists/);
  });

  it('opens the confirmation of exactly the user suggested', async () => {
    const { slack, opened, posted, dispatcher } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await slack.as('U0MIA').press(await posted(), { near: 'user2@ex.co', label: 'Deactivate…' });
    await dispatcher.idle();
    expect(opened).toEqual([{ userId: 'user-2', enabled: false }]);
  });

  it('draws the latest digest again after users were changed, later if Slack is away', async () => {
    const { world, slack, posted, said, feature } = await startBot();
    await slack.as('U0ADA').type(LICENSE_CHANNEL, '/wallaroo digest');
    await said('U0ADA', /The digest is posted in/);
    world.users[0] = plainUser(1, { enabled: false });
    const pass = async () => {
      for (const { run } of feature.duties) await run();
    };
    slack.faults.plan('chat.update', { retryAfterSeconds: 20 });
    await feature.usersChanged();
    await pass();
    expect((await posted()).text).toContain('2 of 5 seats');
    world.now = new Date('2026-11-25T12:00:20Z');
    await pass();
    expect((await posted()).text).toContain('1 of 5 seats');
    expect((await posted()).buttons).toEqual(['Deactivate…', 'Keep', CHOSEN]);
  });

  it('hands App Home a row for each suggestion', async () => {
    const { feature, world } = await startBot();
    const { rows } = await feature.idleRows(world.now, 10);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows[0])).toContain('user1@ex.co');
  });
});
