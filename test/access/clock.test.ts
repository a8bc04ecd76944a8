import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageClock } from '../../src/access/age-clock.ts';
import { RecentDeliveries } from '../../src/slack/recent-deliveries.ts';
import { ask, askModal, nextModal } from '../flows/acting.ts';
import { people, startWorld } from '../flows/world.ts';

const HOUR_MS = 3_600_000;

test('who was removed loses their rights within a minute, though the clock was set back an hour', async () => {
  const world = await startWorld();
  const { slack } = world;
  expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
  const { userGroups } = slack.workspace.state;
  const group = userGroups.get('S0ADMINS');
  if (group !== undefined) userGroups.set(group.id, { ...group, members: ['U0BEN'] });
  world.setBack(HOUR_MS);
  world.advance(61_000);
  await nextModal(world, people.ada, async () => {
    await slack.as(people.ada).submit();
  });
  expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
  expect((await ask(world, people.ada, '/wallaroo audit')).text).toContain('Only administrators');
});

test('a pause that Slack asked for is over in time, though the clock was set back an hour', async () => {
  const world = await startWorld();
  world.slack.faults.plan('views.publish', { retryAfterSeconds: 30 });
  await world.slack.as(people.ada).openHome();
  await world.slack.until(() => world.slack.traffic.calls('views.publish').length === 1);
  await world.bot.settled();
  world.setBack(HOUR_MS);
  world.advance(31_000);
  // Slack counts for all viewers together.
  await world.slack.as(people.ben).openHome();
  await world.slack.until(() => world.slack.as(people.ben).home());
});

test('the watch goes on looking, though the clock was set back an hour', async () => {
  const world = await startWorld({ settings: { WATCH_INTERVAL: '1m' } });
  const looks = () => world.wallaroo.requests.filter(({ path }) => path.includes('users/query')).length;
  await world.slack.until(() => looks() > 0);
  const before = looks();
  world.setBack(HOUR_MS);
  world.advance(61_000);
  await world.bot.settled();
  expect(looks()).toBeGreaterThan(before);
});

test('an age never shrinks, is never less than what has passed, and counts a sleep of the machine', () => {
  const steps = fc.array(
    fc.record({
      passedMs: fc.integer({ min: 0, max: 100_000 }),
      setMs: fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
    }),
  );
  fc.assert(
    fc.property(steps, (moves) => {
      let wallMs = 1e12;
      let steadyMs = 5;
      const ageMs = ageClock(
        () => new Date(wallMs),
        () => steadyMs,
      );
      for (const { passedMs, setMs } of moves) {
        const before = ageMs();
        steadyMs += passedMs;
        wallMs += passedMs + setMs;
        const grownMs = ageMs() - before;
        expect(grownMs).toBeGreaterThanOrEqual(passedMs);
        if (setMs > 2000) expect(grownMs).toBeGreaterThanOrEqual(passedMs + setMs - 1000);
        expect(grownMs).toBeLessThanOrEqual(passedMs + Math.max(0, setMs) + 1000);
        if (setMs <= 0) expect(grownMs).toBe(passedMs);
      }
    }),
  );
});

test('deliveries are known again for a minute, and only so many are kept', () => {
  let nowMs = 1000;
  const recent = new RecentDeliveries<number>(() => nowMs);
  let begun = 0;
  const arrive = (key: string) => recent.once(key, () => (begun += 1)).isReplay;
  expect([arrive('a'), arrive('a')]).toEqual([false, true]);
  nowMs += 59_000;
  expect(arrive('a')).toBe(true);
  nowMs += 2000;
  expect(arrive('a')).toBe(false);
  for (let at = 0; at < 20_000; at += 1) arrive(`x${at}`);
  expect([arrive('x19999'), arrive('x0')]).toEqual([true, false]);
});
