import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startHeartbeat } from '../../src/jobs/heartbeat.ts';
import { type Duty, RecurringPass } from '../../src/jobs/recurring-pass.ts';
import { Watchdog } from '../../src/jobs/watchdog.ts';

const log = pino({ level: 'silent' });
const LIMIT_MS = 50;

function started(duties: readonly Duty[], isAtStandstill = (_: unknown) => false) {
  let nowMs = 0;
  const watchdog = new Watchdog(() => nowMs);
  const pass = new RecurringPass({ duties, everyMs: 10, log, watchdog, limitMs: LIMIT_MS, isAtStandstill });
  pass.start();
  onTestFinished(() => pass.stop());
  return {
    watchdog,
    pass,
    advance: (ms: number) => {
      nowMs += ms;
    },
    standing: () => watchdog.standing().map(({ name }) => name),
  };
}

it('leaves a duty that hangs, starts it again, and says meanwhile that it stands still', async () => {
  const seen: (readonly string[])[] = [];
  let runs = 0;
  const world = started([
    {
      name: 'hangs',
      run: () => {
        runs += 1;
        return runs === 1 ? new Promise(() => undefined) : Promise.resolve();
      },
    },
    { name: 'goes on', run: async () => void seen.push(world.standing()) },
  ]);
  world.advance(LIMIT_MS + 1);
  expect(world.standing()).toEqual(['hangs', 'goes on']);
  await expect.poll(() => runs).toBeGreaterThan(1);
  await expect.poll(world.standing).toEqual([]);
  expect(seen[0]).toEqual(['hangs', 'goes on']);
});

it('leaves alone a duty of many items that takes long and shows that it goes on', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let runs = 0;
  let finished = 0;
  const { pass } = started([
    {
      name: 'many',
      run: async (alive) => {
        runs += 1;
        for (let item = 0; item < 5; item += 1) {
          await new Promise((resolve) => setTimeout(resolve, LIMIT_MS / 2));
          alive?.();
        }
        finished = runs;
      },
    },
  ]);
  await vi.advanceTimersByTimeAsync(5 * (LIMIT_MS / 2));
  expect(finished).toBe(1);
  const stopped = pass.stop();
  await vi.runAllTimersAsync();
  await stopped;
});

it.each([
  ['stands still where it did nothing', true, ['fails']],
  ['has shown that it goes on where the fault is its own', false, []],
])('a duty that fails %s', async (_case, isAtStandstill, standing) => {
  let runs = 0;
  const world = started(
    [
      {
        name: 'fails',
        run: async () => {
          runs += 1;
          throw new Error('no');
        },
      },
    ],
    () => isAtStandstill,
  );
  world.advance(LIMIT_MS + 1);
  const before = runs;
  await expect.poll(() => runs).toBeGreaterThan(before + 1);
  expect(world.standing()).toEqual(standing);
});

it('a heartbeat that hangs is left alone, and stands still until one goes well', async () => {
  let nowMs = 0;
  const watchdog = new Watchdog(() => nowMs);
  let beats = 0;
  const beat = (): Promise<void> => {
    beats += 1;
    return beats === 1 ? new Promise(() => undefined) : Promise.resolve();
  };
  const watched = watchdog.watch('heartbeat', 100);
  const heartbeat = startHeartbeat(5, log, beat, { limitMs: 20, watched });
  onTestFinished(() => heartbeat.stop());
  nowMs = 101;
  expect(watchdog.standing()).toEqual([{ name: 'heartbeat', silentMs: 101 }]);
  await expect.poll(() => beats).toBeGreaterThan(1);
  await expect.poll(() => watchdog.standing()).toEqual([]);
});
