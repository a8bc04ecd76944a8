import { describe, expect, test } from 'vitest';
import type { Json } from '../../sandbox/slack/json.ts';
import { createLogger, slackLogger } from '../../src/slack/log.ts';
import { ask, askModal, submit } from '../flows/acting.ts';
import { approve, press, request, submit as submitForm } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';

/** What lets its reader act for the bot or for somebody: by the name of the field in Slack's payloads. */
const TELLING = ['response_url', 'trigger_id', 'private_metadata', 'token'];

/** The values of those fields, at any depth. */
function tellingIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(tellingIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Json).flatMap(([name, held]) =>
    TELLING.includes(name) && typeof held === 'string' && held !== '' ? [held] : tellingIn(held),
  );
}

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  test('a whole flow at debug level logs no address, trigger, metadata or token', async () => {
    const world = await startWorld({ transport });
    const { slack } = world;
    const list = await ask(world, people.ada, '/wallaroo users');
    await slack.as(people.ada).press(list, { near: 'steve@ex.co' }, 'View');
    await askModal(world, people.ada, '/wallaroo deactivate testuser');
    await submit(world, people.ada);
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await approve(world, people.ben, card);
    const other = await request(world, people.mia, '/wallaroo deactivate steve@ex.co');
    await press(world, people.ben, other, 'Deny');
    await submitForm(world, people.ben, 'no');
    await slack.as(people.ada).openHome();
    slack.faults.plan('views.open', { status: 500 }, 3);
    slack.faults.plan('response_url', { status: 500 });
    await ask(world, people.ada, '/wallaroo activate nora');
    await world.bot.settled();
    const logged = JSON.stringify(world.logs);
    expect(logged).toContain('/wallaroo');
    const telling = new Set([
      ...slack.traffic.of('envelope').flatMap(({ payload }) => tellingIn(payload)),
      ...slack.traffic.calls().flatMap(({ args }) => tellingIn(args)),
      slack.botToken,
      slack.appToken,
      slack.signingSecret,
    ]);
    expect(telling.size).toBeGreaterThan(20);
    for (const secret of telling) {
      // As text, and as JSON inside of a text.
      const quoted = JSON.stringify(JSON.stringify(secret)).slice(3, -3);
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), quoted])
        expect(logged.includes(form), form).toBe(false);
    }
    expect(logged).not.toMatch(/xox[a-z]-|xapp-|ticket=\w|Bearer \w/);
  });
});

/** The lines that a logger at `debug` writes. */
function lines() {
  const written: string[] = [];
  const log = createLogger('debug', { write: (line) => void written.push(line) });
  return { log, slack: slackLogger(log), written };
}

const metadata = JSON.stringify({
  openedBy: 'U1',
  target: { responseUrl: 'https://x.test/a' },
  data: 'hush',
});

test.each([
  ['an answer address of Slack', 'see https://hooks.slack.com/commands/T1/22/abcDEF now', 'abcDEF'],
  ['one inside a form', 'response_url=https%3A%2F%2Fhooks.slack.com%2Factions%2FT1%2Fhush&x=1', 'hush'],
  ['a trigger', 'trigger 13345224609.738474920.8088930838d88f008e0 expired', '8088930838d88f008e0'],
  ['a token', 'token xoxb-12-hush and xapp-1-hush', 'hush'],
  ['a header', JSON.stringify({ Authorization: 'Bearer hush.hush', accept: '*/*' }), 'hush'],
  ['metadata', JSON.stringify({ view: { private_metadata: metadata, id: 'V1' } }), 'hush'],
  [
    'metadata in a quoted body',
    JSON.stringify({ body: JSON.stringify({ private_metadata: metadata }) }),
    'hush',
  ],
  ['the address of a socket', 'wss://wss.slack.test/link/?ticket=hush-1&app_id=A1', 'hush'],
])('%s is hidden in what Slack’s libraries log', (_, text, secret) => {
  const { slack, written } = lines();
  slack.debug(text);
  slack.error(new Error(text));
  expect(written).toHaveLength(2);
  for (const line of written) {
    expect(line).not.toContain(secret);
    expect(JSON.parse(line).msg).toContain('[redacted]');
  }
});

test('what Keycloak says of a sign-in stays, though the address ends with the name of a secret', () => {
  const { log, written } = lines();
  const said = 'POST /auth/realms/master/protocol/openid-connect/token: status 401, invalid_grant';
  log.warn({ err: new Error(said) }, 'token: hush');
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ err: { message: said }, msg: 'token: [redacted]' });
});

test('fields and errors are hidden at every level, and the rest of the line stays', () => {
  const { log, written } = lines();
  const error = Object.assign(new Error('xoxb-hush'), { code: 'odd', headers: { cookie: 'hush' } });
  for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const)
    log[level](
      {
        err: error,
        user: 'U1',
        a: { b: { headers: { x: 'hush' } } },
        body: { deep: { er: { response_url: 'hush\\' } } },
      },
      'said "so"',
    );
  for (const line of written) {
    expect(line).not.toContain('hush');
    expect(JSON.parse(line)).toMatchObject({ user: 'U1', msg: 'said "so"', err: { code: 'odd' } });
  }
  expect(written).toHaveLength(5);
});
