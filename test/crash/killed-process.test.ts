import { describe, expect, test } from 'vitest';
import type { FaultPoint } from '../../src/changes/apply-parts.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { readRecords } from '../support/change-records.ts';
import { fileDatabases, postgresDatabases } from '../support/databases.ts';

/** In the order in which a change passes them. */
const POINTS: readonly FaultPoint[] = [
  'begun',
  'locked',
  'before_write',
  'after_write',
  'before_outcome',
  'after_outcome',
  'before_post',
  'after_post',
  'before_update',
  'after_update',
];
/** `CRASH_ROUNDS=10` makes a hundred crashes on each database; without it PostgreSQL is tried at the telling points. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 1);
const TELLING: readonly FaultPoint[] = ['before_write', 'after_write', 'after_post'];
/** A dead process's lease and its claim of a card have to end first. */
const HEALS_WITHIN_MS = 90_000;
const USER = 'testuser@wallaroo.ai';

const databases = [
  { name: 'a file', open: fileDatabases(), points: POINTS },
  {
    name: 'PostgreSQL',
    open: postgresDatabases(),
    points: process.env.CRASH_ROUNDS === undefined ? TELLING : POINTS,
  },
];

describe.each(databases)('a bot on $name, killed in the middle of a change', ({ open, points }) => {
  const finishes = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const crashed: Crashed[] = [];
      // One after the other, as processes that start together starve each other; they heal together.
      for (const point of points) crashed.push(await crashAt(point, (await open?.())?.url ?? ''));
      for (const each of crashed) await expectHealed(each);
    }
  };
  test.skipIf(open === undefined)('finishes it after the restart, once', finishes, 900_000);
});

interface Crashed {
  readonly world: World;
  readonly point: FaultPoint;
}

/** Has Ada deactivate a user, the bot die at that point, and another take its place. */
async function crashAt(point: FaultPoint, databaseUrl: string): Promise<Crashed> {
  const world = await startWorld({ settings: { DATABASE_URL: databaseUrl }, slack: { ackLimitMs: 20_000 } });
  await world.bot.stop();
  await world.slack.until(() => world.slack.connections === 0);
  const doomed = startBotProcess({ ...world.settings, TEST_KILL_AT: point });
  await world.slack.connected(60_000);
  const ada = world.slack.as(people.ada);
  await ada.type(LICENSE, `/wallaroo deactivate ${USER}`);
  await filledModal(world, people.ada);
  await ada.submit();
  expect(await doomed.ended, point).toBe('SIGKILL');
  startBotProcess(world.settings);
  await world.slack.connected(60_000);
  return { world, point };
}

async function expectHealed({ world, point }: Crashed): Promise<void> {
  await world.slack.until(() => isToldDone(world), HEALS_WITHIN_MS);
  expect(world.isActive(USER), point).toBe(false);
  const writes = world.wallaroo.requests.filter(({ method }) => method === 'PUT');
  expect(writes.length, point).toBeLessThanOrEqual(2);
  const { changes, audit } = await readRecords(world.databaseUrl);
  expect(
    changes.map(({ state }) => state),
    point,
  ).toEqual(['applied']);
  expect(
    audit.map(({ event }) => event),
    point,
  ).toEqual(['applied']);
  const live = world.slack
    .as(people.ada)
    .dm()
    .filter(({ buttons }) => buttons.length > 0);
  expect(live.length, point).toBe(1);
}

/** The card in Ada's direct messages agrees with what was done, `Undo` included. */
const isToldDone = ({ slack }: World): boolean =>
  slack
    .as(people.ada)
    .dm()
    .some(({ text, buttons }) => text.includes('is now inactive') && buttons.includes('Undo'));
