import { describe, expect, test } from 'vitest';
import { defaultSlackSeed, type SlackSeed } from '../../sandbox/slack/seed.ts';
import { filledModal, LICENSE, startWorld, type World } from '../flows/world.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { postgresDatabases } from '../support/databases.ts';

const RACERS = 8;
/** 200 rounds take about three minutes; so many run by default, more with `SEAT_ROUNDS=200`. */
const ROUNDS = Number(process.env.SEAT_ROUNDS ?? 12);

const racers = Array.from({ length: RACERS }, (_, index) => `U0RACER${index}`);

/** As many administrators as race for the seat, so that each has a modal of their own. */
const manyAdministrators: SlackSeed = {
  ...defaultSlackSeed,
  people: [
    ...defaultSlackSeed.people,
    ...racers.map((id) => ({
      id,
      handle: id.toLowerCase(),
      realName: id,
      email: `${id.toLowerCase()}@ex.co`,
    })),
  ],
  channels: defaultSlackSeed.channels.map((channel) => ({
    ...channel,
    members: channel.id === LICENSE ? [...channel.members, ...racers] : channel.members,
  })),
};

const open = postgresDatabases();

describe.skipIf(open === undefined)('eight race for the last seat through two processes', () => {
  test(`one wins, the others are offered the exchange, in ${ROUNDS} of ${ROUNDS} rounds`, async () => {
    const database = await open?.();
    const settings = { DATABASE_URL: database?.url ?? '', ADMINS: racers.join(',') };
    const world = await startWorld({ settings, slack: { seed: manyAdministrators } });
    const other = startBotProcess(world.settings);
    await world.slack.until(() => world.slack.connections === 2, 30_000);
    let most = 0;
    world.wallaroo.on('change', () => {
      most = Math.max(most, world.wallaroo.seats().taken);
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      const outcomes = await race(world);
      expect(outcomes.won, `round ${round}`).toBe(1);
      expect(outcomes.offered, `round ${round}`).toBe(RACERS - 1);
      expect(world.wallaroo.seats()).toEqual({ taken: 5, limit: 5 });
      for (const user of applicants(world)) if (user.enabled) world.wallaroo.state.setEnabled(user.id, false);
    }
    expect(most).toBe(5);
    // Before their database goes.
    await Promise.all([other.kill(), world.bot.stop()]);
  }, 600_000);
});

/** Users of the seed beyond the four that are active at first, with an email to name them by. */
const applicants = ({ wallaroo }: World) =>
  [...wallaroo.state.users.values()].filter(
    ({ username, email }) =>
      email !== undefined && !['chatops@ex.co', 'steve', 'testuser@wallaroo.ai', 'admin'].includes(username),
  );

async function race(world: World): Promise<{ readonly won: number; readonly offered: number }> {
  const users = applicants(world).slice(0, RACERS);
  await Promise.all(
    racers.map(async (racer, index) => {
      await world.slack.as(racer).type(LICENSE, `/wallaroo activate ${users[index]?.email}`);
      await filledModal(world, racer);
    }),
  );
  await Promise.all(racers.map((racer) => world.slack.as(racer).submit()));
  const modals = await Promise.all(racers.map((racer) => filledModal(world, racer)));
  const texts = modals.map((modal) => world.slack.textOf(modal));
  await Promise.all(racers.map((racer) => world.slack.as(racer).close('all')));
  return {
    won: texts.filter((text) => text.includes('is now active')).length,
    offered: texts.filter((text) => /license is full/i.test(text) && text.includes('in exchange')).length,
  };
}
