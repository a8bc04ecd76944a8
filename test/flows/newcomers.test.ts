import { expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, newMessage } from './acting.ts';
import { openModal, submit } from './requests.ts';
import { LICENSE, people, startWorld } from './world.ts';

const MINUTE = 60_000;
const HOLDERS = ['steve@ex.co', 'testuser@wallaroo.ai', 'olga@ex.co', 'nora@ex.co', 'zoe@ex.co'];

/** Which of the users a text names, in this order. */
const named = (text: string, users: readonly string[]): readonly string[] =>
  users.filter((user) => text.includes(user)).sort((a, b) => text.indexOf(a) - text.indexOf(b));

it('are idle nowhere and last wherever idle longest comes first: activated here or outside, invited, created', async () => {
  const world = await startWorld({
    settings: { LICENSE_SEATS: '7', WATCH_INTERVAL: '5m', SEAT_EXEMPT: 'admin' },
    wallaroo: {
      seed: communitySeed({ seats: 9, enabled: ['chatops@ex.co', 'admin', 'steve', 'testuser@wallaroo.ai'] }),
    },
  });
  const { wallaroo, slack } = world;
  for (const who of ['nora@ex.co', 'olga@ex.co']) wallaroo.state.updateUser(who, { lastLogin: null });
  await world.bot.settled();
  // Seen outside, then let in here, then invited, then created outside.
  wallaroo.state.setEnabled('olga@ex.co', true);
  world.advance(6 * MINUTE);
  await world.bot.settled();
  await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
  await submit(world, people.ada);
  await slack.as(people.ada).close('all');
  await openModal(world, people.ada, '/wallaroo invite zoe@ex.co');
  await submit(world, people.ada);
  await slack.as(people.ada).close('all');
  wallaroo.state.addUser({ username: 'young@ex.co', email: 'young@ex.co', enabled: true });
  world.advance(6 * MINUTE);
  await world.bot.settled();

  const users = [...HOLDERS, 'young@ex.co'];
  const inOrder = ['olga@ex.co', 'nora@ex.co', 'zoe@ex.co', 'young@ex.co'];
  const license = await ask(world, people.mia, '/wallaroo license');
  expect(named(license.text, users).slice(-4)).toEqual(inOrder);
  const form = await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
  const options = JSON.stringify(
    form.blocks.find(({ label }) => JSON.stringify(label)?.includes('in exchange')),
  );
  expect(named(options, users).slice(-4)).toEqual(inOrder);
  await slack.as(people.ada).openHome();
  const home = await slack.until(() => slack.as(people.ada).home());
  const held = home.text.slice(home.text.indexOf('Who holds a seat'));
  expect(named(held, users).slice(-4)).toEqual(inOrder);
  await slack.as(people.ada).type(LICENSE, '/wallaroo digest');
  const digest = await slack.until(() =>
    slack
      .as(people.ada)
      .messages(LICENSE)
      .find(({ text }) => text.includes('Wallaroo license digest')),
  );
  const [holders = '', suggested = ''] = digest.text.split(/Idle users|No sign-in seen|Never signed in/);
  expect(named(holders, users).slice(-4)).toEqual(inOrder);
  expect(named(suggested.split('What changed')[0] ?? '', inOrder)).toEqual([]);
  const idle = await newMessage(world, people.ada, LICENSE, () =>
    slack.as(people.ada).type(LICENSE, '/wallaroo idle'),
  );
  expect(named(idle.text, inOrder)).toEqual([]);
});
