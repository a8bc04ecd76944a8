import { createHmac } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { ask, askModal, newMessage, submit } from '../flows/acting.ts';
import { approve, request } from '../flows/requests.ts';
import { LICENSE, people, startWorld, type World, type WorldOptions } from '../flows/world.ts';

async function health({ bot }: World, path: '/readyz' | '/healthz') {
  const response = await fetch(`http://127.0.0.1:${bot.port}${path}`);
  return { status: response.status, parts: (await response.json()) as Record<string, string> };
}

const errors = ({ logs }: World) => logs.filter(({ level }) => Number(level) >= 50);

/** Without the scopes that are named. */
const without = (...scopes: readonly string[]): WorldOptions => {
  const all = ['chat:write', 'commands', 'users:read', 'users:read.email', 'usergroups:read', 'im:write'];
  return { slack: { scopes: all.filter((scope) => !scopes.includes(scope)) } };
};

const WORDS = [
  'token_revoked',
  'invalid_auth',
  'account_inactive',
  'not_authed',
  'token_expired',
  'user_removed_from_team',
  'accesslimited',
];

describe.each(WORDS)('a bot token that Slack refuses with %s', (word) => {
  test('is named to people, to health and once in the log, until Slack takes it again', async () => {
    const world = await startWorld();
    const { faults } = world.slack;
    faults.refuseToken('bot', word);
    for (const command of ['license', 'deactivate testuser', 'audit', '', 'users'])
      expect((await ask(world, people.ada, `/wallaroo ${command}`)).text, command).toMatch(
        new RegExp(`SLACK_BOT_TOKEN: ${word}.*the people who run this bot`),
      );
    expect(await health(world, '/readyz')).toMatchObject({
      status: 503,
      parts: { slack: `connected; refuses SLACK_BOT_TOKEN: ${word}` },
    });
    expect(await health(world, '/healthz')).toMatchObject({
      status: 200,
      parts: { slack: expect.stringContaining(word) },
    });
    await world.bot.settled();
    expect(errors(world)).toHaveLength(1);
    expect(errors(world)).toMatchObject([
      { refused: `SLACK_BOT_TOKEN: ${word}`, remedy: expect.any(String) },
    ]);
    faults.refuseToken('bot', undefined);
    expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
    expect((await health(world, '/readyz')).status).toBe(200);
  });
});

test('a form that is sent while the token is refused changes nothing, and says why where it was opened', async () => {
  const world = await startWorld();
  const { slack } = world;
  await askModal(world, people.ada, '/wallaroo deactivate testuser');
  world.advance(61_000);
  slack.faults.refuseToken('bot', 'token_revoked');
  const told = await newMessage(world, people.ada, LICENSE, () => slack.as(people.ada).submit());
  expect(told.text).toContain('SLACK_BOT_TOKEN: token_revoked');
  expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
});

test('a bot that nobody uses notices unasked that its token is good again', async () => {
  const world = await startWorld();
  world.slack.faults.refuseToken('bot', 'token_revoked');
  await ask(world, people.ada, '/wallaroo license');
  expect((await health(world, '/readyz')).status).toBe(503);
  world.slack.faults.refuseToken('bot', undefined);
  await vi.waitFor(async () => expect((await health(world, '/readyz')).status).toBe(200), {
    timeout: 15_000,
  });
});

test('cards that Slack takes no longer say so in the log once, and are posted when it takes them', async () => {
  const world = await startWorld();
  const { slack } = world;
  await askModal(world, people.mia, '/wallaroo activate nora please');
  await slack.as(people.mia).submit();
  slack.faults.refuseToken('bot', 'token_revoked');
  await slack.until(() => slack.traffic.calls('chat.postMessage').length > 0 || errors(world).length > 0);
  await world.bot.settled();
  expect(errors(world).length).toBeLessThanOrEqual(1);
  slack.faults.refuseToken('bot', undefined);
});

test('a rate limit, an error of Slack’s own and a connection that is cut say nothing of the token', async () => {
  const world = await startWorld();
  const passing = [
    { error: 'internal_error' },
    { status: 500 },
    { cut: 'before' },
    { retryAfterSeconds: 60 },
  ] as const;
  for (const fault of passing) {
    world.advance(61_000);
    world.slack.faults.plan('users.info', fault, 3);
    await ask(world, people.ada, '/wallaroo license');
    world.slack.faults.clear();
    expect((await health(world, '/readyz')).status, JSON.stringify(fault)).toBe(200);
  }
  expect(errors(world)).toEqual([]);
});

test('a scope that is missing for telling people apart is named to them and to health', async () => {
  const world = await startWorld(without('usergroups:read'));
  expect((await ask(world, people.ada, '/wallaroo audit')).text).toContain(
    'lacks the Slack scope usergroups:read',
  );
  expect(await health(world, '/readyz')).toMatchObject({
    status: 503,
    parts: { slack: expect.stringContaining('lacks usergroups:read for usergroups.users.list') },
  });
  expect(errors(world)).toHaveLength(1);
});

test('without the scope that tells people at all everybody reads which one it is', async () => {
  const world = await startWorld(without('users:read'));
  expect((await ask(world, people.mia, '/wallaroo license')).text).toContain(
    'lacks the Slack scope users:read',
  );
  expect((await health(world, '/readyz')).status).toBe(503);
});

test('a scope that only one thing needs is named, and takes the bot out of nothing', async () => {
  const world = await startWorld(without('files:write'));
  await askModal(world, people.ada, '/wallaroo deactivate testuser');
  await submit(world, people.ada);
  const trail = await ask(world, people.ada, '/wallaroo audit');
  await world.slack.as(people.ada).press(trail, 'Export CSV');
  await world.slack.until(() => errors(world).length > 0);
  expect(await health(world, '/readyz')).toMatchObject({
    status: 200,
    parts: { slack: expect.stringContaining('lacks files:write') },
  });
});

test.each([
  ['invalid_auth', 'make an app-level token'],
  ['socket_mode_not_enabled', 'switch Socket Mode on'],
])(
  'an app token that is refused with %s while the bot runs is told once, however often it is tried',
  async (word, remedy) => {
    const world = await startWorld();
    const { slack } = world;
    slack.faults.refuseToken('app', word);
    const before = slack.traffic.calls('apps.connections.open').length;
    slack.disconnect('refresh_requested');
    await slack.until(() => slack.traffic.calls('apps.connections.open').length >= before + 4);
    expect(await health(world, '/readyz')).toMatchObject({
      status: 503,
      parts: { slack: `not connected; refuses SLACK_APP_TOKEN: ${word}` },
    });
    const loud = world.logs.filter(({ level }) => Number(level) >= 40);
    expect(loud.map(({ refused, level }) => refused ?? level)).toEqual([`SLACK_APP_TOKEN: ${word}`, 40]);
    expect(errors(world)).toMatchObject([{ remedy: expect.stringContaining(remedy) }]);
    slack.faults.refuseToken('app', undefined);
    await slack.connected();
    expect((await ask(world, people.mia, '/wallaroo license')).text).toContain('Community license');
    expect((await health(world, '/readyz')).status).toBe(200);
  },
);

test('a start without Socket Mode ends, and says where it is switched on', async () => {
  const world = await startWorld();
  await world.bot.stop();
  world.slack.faults.refuseToken('app', 'socket_mode_not_enabled');
  await expect(world.startAnother()).rejects.toMatchObject({
    code: 'slack_app_token_refused',
    userMessage: expect.stringContaining('socket_mode_not_enabled): switch Socket Mode on'),
  });
});

describe('over http', () => {
  /** A request as Slack would sign it with `secret`. */
  async function signed({ bot }: World, secret: string): Promise<number> {
    const body = 'command=%2Fwallaroo&user_id=U0ADA&team_id=T0WALLAROO&text=help';
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(`http://127.0.0.1:${bot.port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
    });
    return response.status;
  }

  test('a signing secret that fits no request is told to health and once in the log', async () => {
    const world = await startWorld({
      transport: 'http',
      settings: { SLACK_SIGNING_SECRET: 'of-another-app' },
    });
    for (let at = 0; at < 5; at += 1) expect(await signed(world, world.slack.signingSecret)).toBe(401);
    expect(await health(world, '/readyz')).toMatchObject({
      status: 503,
      parts: { slack: expect.stringContaining('SLACK_SIGNING_SECRET') },
    });
    expect(errors(world)).toHaveLength(1);
  });

  test.each([{ cut: 'before' }, { status: 503 }] as const)(
    'a Slack that answers no call (%o) is told to health and in the log once, and that it answers again',
    async (fault) => {
      const world = await startWorld({ transport: 'http' });
      world.slack.faults.plan('*', fault, 1000);
      for (const one of [people.ada, people.ben, people.mia])
        await world.slack.as(one).type('C0GENERAL', '/wallaroo license');
      await expect
        .poll(() => health(world, '/readyz'), { timeout: 20_000 })
        .toMatchObject({ status: 503, parts: { slack: 'connected; does not answer' } });
      expect((await health(world, '/healthz')).status).toBe(200);
      world.slack.faults.clear();
      await expect.poll(async () => (await health(world, '/readyz')).status, { timeout: 20_000 }).toBe(200);
      const told = world.logs.map(({ msg }) => String(msg));
      expect(told.filter((msg) => /^Slack (?:does not answer|answers again)$/.test(msg))).toEqual([
        'Slack does not answer',
        'Slack answers again',
      ]);
    },
  );

  test('a Slack that names a trouble of its own is there', async () => {
    const world = await startWorld({ transport: 'http' });
    world.slack.faults.plan('*', { error: 'internal_error' }, 1000);
    for (const one of [people.ada, people.ben, people.mia])
      await world.slack.as(one).type('C0GENERAL', '/wallaroo license');
    await world.bot.settled();
    expect((await health(world, '/readyz')).status).toBe(200);
    expect(world.logs.map(({ msg }) => msg)).not.toContain('Slack does not answer');
    world.slack.faults.clear();
  });

  test('requests that somebody else signs take no bot out of service that Slack has reached', async () => {
    const world = await startWorld({ transport: 'http' });
    expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
    for (let at = 0; at < 5; at += 1) expect(await signed(world, 'guessed')).toBe(401);
    expect(await health(world, '/readyz')).toMatchObject({
      status: 200,
      parts: { slack: expect.stringContaining('SLACK_SIGNING_SECRET') },
    });
    await ask(world, people.ada, '/wallaroo license');
    expect((await health(world, '/readyz')).parts.slack).toBe('connected');
  });
});

test('an approval goes on where it stood when the token is good again', async () => {
  const world = await startWorld();
  const card = await request(world, people.mia, '/wallaroo activate nora');
  world.slack.faults.refuseToken('bot', 'token_revoked');
  await ask(world, people.ada, '/wallaroo license');
  world.slack.faults.refuseToken('bot', undefined);
  await approve(world, people.ada, card);
  await world.bot.settled();
});
