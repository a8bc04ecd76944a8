import { expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';

const warnings = ({ slack }: World): readonly string[] =>
  slack
    .as(people.ada)
    .messages(LICENSE)
    .filter(({ isEphemeral, text }) => !isEphemeral && /License|Seats are free/.test(text))
    .map(({ text }) => text);

test('a seat taken outside Slack is warned of within one interval, once, and stands in the trail', async () => {
  const world = await startWorld({
    settings: { WATCH_INTERVAL: '5m' },
    wallaroo: { seed: communitySeed({ seatsTaken: 3 }) },
  });
  const { slack, wallaroo, bot } = world;
  await bot.settled();
  const second = await world.startAnother();
  wallaroo.state.setEnabled('testuser@wallaroo.ai', true);
  world.advance(300_000);
  await Promise.all([bot.settled(), second.settled()]);
  await Promise.all([bot.settled(), second.settled()]);
  expect(warnings(world)).toEqual([expect.stringMatching(/License nearly full: 4 of 5 seats/)]);
  await slack.as(people.ada).type(LICENSE, '/wallaroo audit');
  await slack.until(() =>
    slack
      .as(people.ada)
      .messages(LICENSE)
      .find(({ isEphemeral, text }) => isEphemeral && /testuser@wallaroo\.ai[\s\S]*outside/i.test(text)),
  );
});

test('a seat taken through the bot is warned of, and not taken for one taken outside Slack', async () => {
  const world = await startWorld({
    settings: { WATCH_INTERVAL: '5m' },
    wallaroo: { seed: communitySeed({ seatsTaken: 4 }) },
  });
  const { slack, bot } = world;
  await bot.settled();
  const ada = slack.as(people.ada);
  await ada.type(LICENSE, '/wallaroo activate mia@ex.co');
  await filledModal(world, people.ada);
  await ada.submit();
  await slack.until(() => world.isActive('mia@ex.co'));
  await slack.until(() => warnings(world).find((text) => text.includes('License full')));
  world.advance(300_000);
  await bot.settled();
  expect(warnings(world).filter((text) => text.includes('License full'))).toHaveLength(1);
  await ada.type(LICENSE, '/wallaroo audit');
  const trail = await slack.until(() =>
    ada
      .messages(LICENSE)
      .find(({ isEphemeral, text }) => isEphemeral && /mia@ex\.co/.test(text) && /Activated/.test(text)),
  );
  expect(trail.text).not.toMatch(/outside/i);
});

test('a warning is cleared once the license has no limit any more, and comes back with one', async () => {
  const settings = { WATCH_INTERVAL: '5m' };
  const world = await startWorld({ settings, wallaroo: { seed: communitySeed({ seatsTaken: 3 }) } });
  await world.bot.settled();
  world.wallaroo.state.setEnabled('testuser@wallaroo.ai', true);
  const passWith = async (bot: World['bot']): Promise<void> => {
    world.advance(300_000);
    await bot.settled();
    await bot.settled();
  };
  await passWith(world.bot);
  expect(warnings(world)).toEqual([expect.stringContaining('License nearly full')]);
  await world.bot.stop();
  const bought = await world.startAnother({ settings: { ...settings, WALLAROO_EDITION: 'enterprise' } });
  await passWith(bought);
  const cleared = /No limit of seats any more[\s\S]*was nearly full[\s\S]*Cleared/;
  const shown = () =>
    world.slack
      .as(people.ada)
      .messages(LICENSE)
      .map(({ text }) => text);
  expect(shown()).toEqual([expect.stringMatching(cleared)]);
  await bought.stop();
  const again = await world.startAnother({ settings });
  await passWith(again);
  expect(shown()).toEqual([
    expect.stringMatching(cleared),
    expect.stringContaining('License nearly full: 4 of 5 seats'),
  ]);
});
