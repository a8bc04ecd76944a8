import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TrafficEntry } from '../../sandbox/slack/traffic.ts';
import { ask, askModal, messageNow, submit } from './acting.ts';
import { filledModal, LICENSE, people, startWorld } from './world.ts';

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  test('commands, buttons, menus, modals and submissions work', async () => {
    const world = await startWorld({ transport });
    const { slack } = world;
    const list = await ask(world, people.ada, '/wallaroo users');
    await slack.as(people.ada).press(list, 'Next');
    const second = await slack.until(() => {
      const now = messageNow(world, people.ada, list);
      return now.text.includes('page 2') ? now : undefined;
    });
    await slack.as(people.ada).press(second, { near: 'nora@ex.co' }, 'Activate…');
    expect((await filledModal(world, people.ada)).text).toContain('Activate nora@ex.co');
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active.');
    expect(world.isActive('nora@ex.co')).toBe(true);
    await slack.as(people.ada).openHome();
    await slack.until(() => slack.as(people.ada).home()?.text.includes('5 of 5 seats'));
  });

  test('everything is acknowledged at once while the platform hangs, and with 50 interactions at a time', async () => {
    const world = await startWorld({ transport, bot: { platformTimeoutMs: 1000 } });
    const { slack, wallaroo } = world;
    wallaroo.faults.set('users.query', { hang: true });
    wallaroo.faults.set('keycloak.users.get', { hang: true });
    wallaroo.faults.set('token', { hang: true });
    const asking = [people.ada, people.ben, people.mia, people.steve];
    const texts = ['users', 'user steve', 'license', 'activate nora', 'deactivate steve'];
    const acks = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        slack.as(asking[at % 4] ?? people.ada).type(LICENSE, `/wallaroo ${texts[at % 5]}`),
      ),
    );
    expect(acks).toHaveLength(50);
    expect(Math.max(...acks.map(({ ms }) => ms))).toBeLessThan(3000);
    expect(slack.traffic.of('unanswered')).toEqual([]);
    await world.bot.settled();
    for (const person of asking) {
      const modal = slack.as(person).modal();
      expect(modal === undefined ? '' : slack.textOf(modal)).not.toMatch(/Loading…|Working…/);
    }
    const answers = asking.flatMap((person) => slack.as(person).messages(LICENSE));
    expect(answers).toHaveLength(30);
    for (const { text } of answers) expect(text).toContain('Wallaroo did not answer in time');
  });

  test('a submission is acknowledged at once while the platform hangs', async () => {
    const world = await startWorld({ transport, bot: { platformTimeoutMs: 800 } });
    await askModal(world, people.ada, '/wallaroo deactivate testuser');
    world.wallaroo.faults.set('keycloak.users.put', { hang: true });
    const { ms } = await world.slack.as(people.ada).submit();
    expect(ms).toBeLessThan(3000);
    expect((await filledModal(world, people.ada)).text).toContain('Retrying automatically');
  });
});

test('the socket is opened again in a moment, however it ends, and commands are answered again', async () => {
  const world = await startWorld();
  const { slack } = world;
  const ends = [
    () => slack.disconnect('refresh_requested'),
    () => slack.disconnect('warning'),
    () => {
      slack.faults.goDown();
      slack.faults.comeUp();
    },
  ];
  for (const end of ends) {
    const before = slack.traffic.of('socket').length;
    const endedMs = performance.now();
    end();
    await slack.until(() =>
      slack.traffic
        .of('socket')
        .slice(before)
        .some(({ what }) => what === 'hello'),
    );
    expect(performance.now() - endedMs).toBeLessThan(2000);
    expect((await ask(world, people.mia, '/wallaroo license')).text).toContain('Community license');
  }
});

test('while Slack stays away the socket is tried at growing intervals', async () => {
  const world = await startWorld();
  const { slack } = world;
  slack.faults.plan('apps.connections.open', { status: 503 }, 4);
  const before = slack.traffic.entries.length;
  slack.disconnect('refresh_requested');
  const isHello = ({ kind, ...entry }: TrafficEntry) =>
    kind === 'socket' && 'what' in entry && entry.what === 'hello';
  await slack.until(() => slack.traffic.entries.slice(before).some(isHello));
  const asked = slack.traffic
    .calls('apps.connections.open')
    .slice(1)
    .map(({ at }) => at.getTime());
  const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  expect(pauses).toHaveLength(4);
  expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? 0);
});

test('requests that Slack did not sign, or long ago, are refused and change nothing', async () => {
  const world = await startWorld({ transport: 'http' });
  const url = `http://127.0.0.1:${world.bot.port}/slack/events`;
  const body = `command=%2Fwallaroo&text=users&user_id=U0ADA&team_id=T0WALLAROO&trigger_id=1&response_url=${encodeURIComponent(url)}`;
  const post = (timestamp: number, secret: string) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
      },
    });
  const nowSeconds = Math.floor(Date.now() / 1000);
  expect((await post(nowSeconds, 'another-secret')).status).toBe(401);
  expect((await post(nowSeconds - 600, world.slack.signingSecret)).status).toBe(401);
  expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
  await world.bot.settled();
  expect(world.wallaroo.requests).toEqual([]);
});
