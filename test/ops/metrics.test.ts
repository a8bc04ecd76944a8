import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/ops/metrics.ts';
import { ask, pass } from '../flows/acting.ts';
import {
  approve,
  deny,
  dmSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  told,
} from '../flows/requests.ts';
import { APPROVALS, people, startWorld, type World } from '../flows/world.ts';

const HOUR_MS = 3_600_000;
const LOOK_MS = 300_000;
/** Duties that leave nothing in the database to be told of: what they do they do for other duties, or for nobody to see. */
const WITHOUT_WORK = [
  'heartbeat',
  'tell the digest of changed users',
  'follow changes that older versions stored',
  'clear what is over',
];

/** The value of each sample of ours, by its name with labels. */
async function samples({ bot }: Pick<World, 'bot'>): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${bot.port}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test('metrics tell of deliveries, calls, changes, seats, idle users, and of what waits and for how long', async () => {
  const world = await startWorld({ settings: { REQUEST_TTL: '90d' } });
  const { slack } = world;
  await ask(world, people.ada, '/wallaroo users');
  await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
  await slack.as(people.mia).fill('Reason', 'for the audit');
  await slack.as(people.mia).submit();
  await slack.until(() => slack.as(people.ada).messages(APPROVALS).at(-1));
  await world.bot.settled();
  const first = await samples(world);
  const value = (name: string): number | undefined => first.get(name);
  expect(value('chatops_interactions_total{kind="command"}')).toBe(2);
  expect(value('chatops_interactions_total{kind="submission"}')).toBe(1);
  expect(value('chatops_ack_seconds_count{kind="command"}')).toBe(2);
  expect(value('chatops_ack_seconds_bucket{le="3",kind="command"}')).toBe(2);
  expect(value('chatops_handler_seconds_count{kind="submission"}')).toBe(1);
  expect([...first.keys()].some((name) => name.startsWith('chatops_platform_request_seconds_count'))).toBe(
    true,
  );
  expect(value('chatops_changes_open{state="pending"}')).toBe(1);
  expect(value('chatops_changes_open{state="approved"}')).toBe(0);
  expect(value('chatops_oldest_due_seconds{work="announce"}')).toBe(0);
  expect(value('chatops_duty_silent_seconds{duty="announce"}')).toBeLessThan(30);
  expect(value('chatops_seats_allowed')).toBe(5);
  expect(value('chatops_seats_taken')).toBe(world.wallaroo.seats().taken);
  expect(value('chatops_users_idle')).toBeGreaterThanOrEqual(0);
  expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
});

test('work that is due and cannot be done grows old in the metrics', async () => {
  const world = await startWorld({ settings: { REQUEST_TTL: '90d' } });
  const { slack } = world;
  await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
  await slack.as(people.mia).fill('Reason', 'for the audit');
  slack.faults.plan('chat.postMessage', { error: 'fatal_error' }, 100);
  await slack.as(people.mia).submit();
  await world.bot.settled();
  world.advance(2 * HOUR_MS);
  const now = await samples(world);
  expect(now.get('chatops_oldest_due_seconds{work="announce"}')).toBeGreaterThanOrEqual(7190);
  expect(now.get('chatops_oldest_due_seconds{work="carry out changes"}')).toBe(0);
});

test('the end of an access is not late while it waits for whether its user is brought back', async () => {
  const settings = { FOUR_EYES: 'true', REQUEST_TTL: '40d', WALLAROO_EDITION: 'enterprise' };
  const world = await startWorld({ settings });
  await approve(world, people.ben, await request(world, people.mia, '/wallaroo activate nora@ex.co for 30d'));
  await world.slack.as(people.ben).close('all');
  await approve(
    world,
    people.ben,
    await request(world, people.ada, '/wallaroo deactivate nora@ex.co testuser@wallaroo.ai'),
  );
  await press(world, people.ben, 'modal', 'Undo');
  const late = async () =>
    [...(await samples(world))].filter(
      ([name, age]) => name.startsWith('chatops_oldest_due_seconds') && age > 0,
    );
  await newCard(world, 'activate');
  // First its reminder would be due, then the end.
  for (const days of [29.5, 1]) {
    await pass(world, days * 24 * HOUR_MS);
    expect((await samples(world)).get('chatops_changes_open{state="pending"}')).toBe(1);
    expect(await late()).toEqual([]);
  }
});

test('a digest that cannot be posted is due until its time is over', async () => {
  const startsAt = new Date('2026-03-02T08:59:00Z');
  const world = await startWorld({ startsAt, settings: { DIGEST_CRON: '0 9 * * 1' } });
  world.slack.faults.plan('chat.postMessage', { error: 'fatal_error' }, 1000);
  const age = async () => (await samples(world)).get('chatops_oldest_due_seconds{work="keep the digests"}');
  await world.bot.settled();
  expect(await age()).toBe(0);
  await pass(world, 60_000);
  await pass(world, HOUR_MS);
  expect(await age()).toBeGreaterThanOrEqual(3600);
  await pass(world, 12 * HOUR_MS);
  expect(await age()).toBe(0);
});

test('each duty that leaves work behind is told with the age of its oldest', async () => {
  const world = await startWorld({ settings: { WATCH_INTERVAL: '5m' } });
  const { slack, wallaroo } = world;
  await world.bot.settled();
  const labels = (all: ReadonlyMap<string, number>, name: string): readonly string[] =>
    [...all.keys()].filter((key) => key.startsWith(name)).map((key) => key.split('"')[1] ?? '');
  const first = await samples(world);
  const duties = labels(first, 'chatops_duty_silent_seconds').filter((name) => !WITHOUT_WORK.includes(name));
  expect(labels(first, 'chatops_oldest_due_seconds').toSorted()).toEqual(duties.toSorted());
  expect([...first].filter(([name, age]) => name.startsWith('chatops_oldest_due') && age > 0)).toEqual([]);

  for (const who of ['ada@ex.co', 'steve@ex.co']) wallaroo.state.setEnabled(who, true);
  for (const method of ['chat.postMessage', 'views.publish'])
    slack.faults.plan(method, { error: 'fatal_error' }, 1000);
  await slack.as(people.mia).openHome();
  await pass(world, LOOK_MS);
  wallaroo.faults.set('users.query', { status: 503 });
  await pass(world, 2 * HOUR_MS);
  const now = await samples(world);
  const age = (work: string): number => now.get(`chatops_oldest_due_seconds{work="${work}"}`) ?? -1;
  expect(age('watch the license')).toBeGreaterThanOrEqual(6890);
  expect(age('post license warnings')).toBeGreaterThanOrEqual(7190);
  expect(age('home')).toBeGreaterThanOrEqual(7190);
});

test('changes are counted from nothing on, however they end', async () => {
  const world = await startWorld({ settings: { REQUEST_TTL: '1h' } });
  const count = async (state: string) =>
    (await samples(world)).get(`chatops_changes_total{kind="deactivate",state="${state}"}`);
  expect(await Promise.all(['applied', 'failed', 'denied', 'expired', 'cancelled'].map(count))).toEqual([
    0, 0, 0, 0, 0,
  ]);
  const denied = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
  await deny(world, people.ben, denied, 'no');
  await saying(world, denied, 'Denied');
  expect(await count('denied')).toBe(1);
  const expired = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
  world.advance(2 * HOUR_MS);
  await saying(world, expired, 'Expired');
  expect(await count('expired')).toBe(1);
  await openModal(world, people.ben, '/wallaroo activate nora@ex.co for 7d');
  await submit(world, people.ben);
  await world.slack.as(people.ben).close('all');
  await pass(world, 6.5 * 24 * HOUR_MS);
  expect(await count('cancelled')).toBe(0);
  await world.slack.as(people.ben).press(await dmSaying(world, people.ben, 'nora@ex.co ends'), 'Keep');
  await told(world, people.ben, 'dm', 'no longer has an end');
  expect(await count('cancelled')).toBe(1);
});

test('of seats and idle users each replica tells the latest that is known, or nothing', async () => {
  const world = await startWorld({ settings: { WATCH_INTERVAL: '5m', WALLAROO_EDITION: 'enterprise' } });
  const { wallaroo } = world;
  const replicas = [world, { bot: await world.startAnother() }];
  const told = async (name: string) =>
    (await Promise.all(replicas.map(samples))).map((values) => values.get(name));
  await world.bot.settled();
  const [taken = 0] = await told('chatops_seats_taken');
  expect(await told('chatops_seats_taken')).toEqual([taken, taken]);
  const idle = async () => new Set((await told('chatops_users_idle')).filter((count) => count !== undefined));
  expect((await idle()).size).toBe(1);
  for (const turn of [1, 2, 3]) {
    wallaroo.state.setEnabled('steve', turn % 2 === 0);
    world.advance(LOOK_MS);
    await Promise.all(replicas.map(({ bot }) => bot.settled()));
    const now = taken + (turn % 2 === 0 ? 0 : -1);
    expect(await told('chatops_seats_taken')).toEqual([now, now]);
    expect((await idle()).size).toBe(1);
  }
});

test('nothing is told of seats and idle users before anybody has looked', async () => {
  const told = [...(await samples(await startWorld())).keys()];
  expect(told.filter((name) => /^chatops_(seats_taken|users_idle)/.test(name))).toEqual([]);
});

test('what cannot be read within a second is left out, and keeps nobody from the rest', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const failed: string[] = [];
    const metrics = createMetrics((name) => void failed.push(name));
    metrics.told('hangs', 'never comes', () => new Promise(() => undefined));
    metrics.toldBy('fails', 'throws', 'what', async () => {
      throw new Error('away');
    });
    metrics.told('comes', 'is there', async () => 7);
    const text = metrics.registry.metrics();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await text).toContain('\ncomes 7\n');
    expect(await text).not.toMatch(/^(hangs|fails)[ {]/m);
    expect(failed.toSorted()).toEqual(['fails', 'hangs']);
  } finally {
    vi.useRealTimers();
  }
});

/** What Prometheus adds to every sample, and to buckets. */
const ADDED = ['job', 'instance', 'le'];

test('alerts and dashboard ask for metrics and labels that are told', async () => {
  const world = await startWorld();
  await ask(world, people.ada, '/wallaroo users');
  const text = await (await fetch(`http://127.0.0.1:${world.bot.port}/metrics`)).text();
  const labels = new Map<string, Set<string>>();
  for (const [, name = '', inside = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? /gm)) {
    const found = [...inside.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
    labels.set(name, new Set([...(labels.get(name) ?? ADDED), ...found]));
  }
  const file = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
  const alerts = parse(file('prometheus-alerts.yml')) as { groups: { rules: { expr: string }[] }[] };
  const dashboard = JSON.parse(file('grafana-dashboard.json')) as {
    panels: { targets: { expr: string }[] }[];
  };
  const asked = [
    ...alerts.groups.flatMap(({ rules }) => rules),
    ...dashboard.panels.flatMap(({ targets }) => targets),
  ].map(({ expr }) => expr);
  expect(asked.length).toBeGreaterThan(20);
  const missing = asked.flatMap((expr) => {
    const names = [...expr.matchAll(/\b(?:chatops|nodejs|process)_\w+/g)].map(([name]) => name);
    const known = names.map((name) => labels.get(name));
    const named = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = '']) => label);
    const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.split(', ').filter((label) => label !== ''),
    );
    const without = names.filter((name) => !labels.has(name));
    const unknown = [...named, ...grouped].filter(
      (label) => !ADDED.includes(label) && !known.some((of) => of?.has(label)),
    );
    return [...without, ...unknown.map((label) => `${label} in ${expr}`)];
  });
  expect(missing).toEqual([]);
});

test('the README lists each metric of ours, and no other', async () => {
  const world = await startWorld();
  const text = await (await fetch(`http://127.0.0.1:${world.bot.port}/metrics`)).text();
  const told = [...text.matchAll(/^# TYPE (chatops_\w+)/gm)].map(([, name]) => name);
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| `(chatops_\w+)`/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(told.toSorted());
});
