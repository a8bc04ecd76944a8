import { describe, expect, it } from 'vitest';
import { openModal, submit } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';
import { postgresDatabases } from '../support/databases.ts';

const FIVE_MINUTES = 300_000;
const open = postgresDatabases();

describe.skipIf(open === undefined)('a Home that stands open, on PostgreSQL', () => {
  it("follows what changes at once, though the machine's clock is ahead of the server's", async () => {
    const database = await open?.();
    const world = await startWorld({
      settings: { DATABASE_URL: database?.url ?? '' },
      startsAt: new Date(Date.now() + FIVE_MINUTES),
    });
    const ben = world.slack.as(people.ben);
    await ben.openHome();
    await world.slack.until(() => ben.home()?.text.includes('4 of 5'));
    await world.bot.settled();
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    await submit(world, people.ada);
    await world.slack.until(() => ben.home()?.text.includes('5 of 5'));
    expect(world.isActive('nora@ex.co')).toBe(true);
    await world.bot.stop();
  });
});
