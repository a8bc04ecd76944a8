import { expect, test } from 'vitest';
import { startWorld } from '../flows/world.ts';

const PATHS = ['/healthz', '/readyz', '/metrics'] as const;

async function statuses(port: number): Promise<Readonly<Record<string, number>>> {
  const answers = PATHS.map(async (path) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    await response.body?.cancel();
    return [path, response.status];
  });
  return Object.fromEntries(await Promise.all(answers));
}

const ALL = { '/healthz': 200, '/readyz': 200, '/metrics': 200 };
const NO_METRICS = { ...ALL, '/metrics': 404 };

test('in Socket Mode the port tells everything, or all but the metrics where OPS_PORT has them', async () => {
  const world = await startWorld();
  expect(world.bot.opsPort).toBeUndefined();
  expect(await statuses(world.bot.port)).toEqual(ALL);
  const other = await world.startAnother({ settings: { OPS_PORT: '0' } });
  expect(await statuses(other.port)).toEqual(NO_METRICS);
  expect(await statuses(other.opsPort ?? 0)).toEqual(ALL);
});

test('in HTTP mode the metrics never stand on the port that Slack reaches', async () => {
  const world = await startWorld({ transport: 'http' });
  expect(await statuses(world.bot.port)).toEqual(NO_METRICS);
  const other = await world.startAnother({ settings: { OPS_PORT: '0' } });
  expect(await statuses(other.port)).toEqual(NO_METRICS);
  expect(await statuses(other.opsPort ?? 0)).toEqual(ALL);
  const events = await fetch(`http://127.0.0.1:${other.opsPort}/slack/events`, { method: 'POST' });
  expect(events.status).toBe(404);
});

test('health and the log say what the settings switch off', async () => {
  const world = await startWorld({ settings: { DIGEST_CRON: '', WATCH_INTERVAL: '0' } });
  const health = await fetch(`http://127.0.0.1:${world.bot.port}/healthz`);
  expect(await health.json()).toMatchObject({ status: 'ok', off: 'digest, watch' });
  expect(world.logs.find(({ msg }) => msg === 'bot is running')).toMatchObject({ off: 'digest, watch' });
});
