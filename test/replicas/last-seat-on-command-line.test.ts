import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../cli/run-command.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { built } from '../support/built.ts';
import { postgresDatabases } from '../support/databases.ts';

/** More with `SEAT_ROUNDS=200`. */
const ROUNDS = Number(process.env.SEAT_ROUNDS ?? 50);
const IN_SLACK = [
  [people.ada, 'nora@ex.co'],
  [people.ben, 'mia@ex.co'],
] as const;
const ON_COMMAND_LINE = 'olga@ex.co';

const open = postgresDatabases();

beforeAll(built);

describe.skipIf(open === undefined)('a command line and two bots after the last seat', () => {
  test(`one wins, in ${ROUNDS} of ${ROUNDS} rounds`, async () => {
    const database = await open?.();
    const world = await startWorld({ settings: { DATABASE_URL: database?.url ?? '' } });
    const other = startBotProcess(world.settings);
    await world.slack.until(() => world.slack.connections === 2, 30_000);
    let most = 0;
    world.wallaroo.on('change', () => {
      most = Math.max(most, world.wallaroo.seats().taken);
    });
    const winners = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      winners.add(await race(world, round));
      expect(world.wallaroo.seats(), `round ${round}`).toEqual({ taken: 5, limit: 5 });
      for (const who of ['nora@ex.co', 'mia@ex.co', ON_COMMAND_LINE])
        if (world.isActive(who)) world.wallaroo.state.setEnabled(who, false);
    }
    expect(most).toBe(5);
    expect(winners).toContain(ON_COMMAND_LINE);
    // Before their database goes.
    await Promise.all([other.kill(), world.bot.stop()]);
  }, 900_000);
});

/** Resolves after so many requests to Wallaroo. */
function requestsMade({ wallaroo }: World, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    if (left === 0) return resolve();
    const stop = wallaroo.on('request', () => {
      left -= 1;
      if (left > 0) return undefined;
      stop();
      return resolve();
    });
  });
}

/** Who got the seat: what each was told agrees with it. */
async function race(world: World, round: number): Promise<string> {
  for (const [person, who] of IN_SLACK) {
    await world.slack.as(person).type(LICENSE, `/wallaroo activate ${who}`);
    await filledModal(world, person);
  }
  // A command takes a while to start: those in Slack let it come nearer in some rounds, so that each wins at times.
  const isNear = requestsMade(world, (round % 5) * 2);
  const command = run(['activate', ON_COMMAND_LINE, '--yes'], world.settings);
  await Promise.race([isNear, command]);
  await Promise.all(IN_SLACK.map(([person]) => world.slack.as(person).submit()));
  const told = await Promise.all(
    IN_SLACK.map(async ([person, who]) => {
      const text = world.slack.textOf(await filledModal(world, person));
      await world.slack.as(person).close('all');
      expect(text.includes('is now active') || /license is full/i.test(text), text).toBe(true);
      return [who, text.includes('is now active')] as const;
    }),
  );
  const { code, stdout, stderr } = await command;
  expect([0, 5], stdout + stderr).toContain(code);
  const all = [...told, [ON_COMMAND_LINE, code === 0] as const];
  for (const [who, won] of all) expect(world.isActive(who), `round ${round}: ${who}`).toBe(won);
  const won = all.filter(([, isWinner]) => isWinner).map(([who]) => who);
  expect(won, `round ${round}`).toHaveLength(1);
  return won[0] ?? '';
}
