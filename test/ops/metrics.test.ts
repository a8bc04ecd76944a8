import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask } from '../flows/acting.ts';
import { openModal } from '../flows/requests.ts';
import { APPROVALS, people, startWorld, type World } from '../flows/world.ts';

const HOUR_MS = 3_600_000;

/** The value of each sample of ours, by its name with labels. */
async function samples({ bot }: World): Promise<ReadonlyMap<string, number>> {
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

test('the README lists each metric of ours, and no other', async () => {
  const world = await startWorld();
  const text = await (await fetch(`http://127.0.0.1:${world.bot.port}/metrics`)).text();
  const told = [...text.matchAll(/^# TYPE (chatops_\w+)/gm)].map(([, name]) => name);
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| `(chatops_\w+)`/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(told.toSorted());
});
