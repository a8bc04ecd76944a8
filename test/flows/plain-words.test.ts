import { expect, it } from 'vitest';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { ask, newMessage } from './acting.ts';
import { deny, openModal, request, saying } from './requests.ts';
import { LICENSE, people, startWorld } from './world.ts';

const nobodyAdministers = {
  seed: {
    ...defaultSlackSeed,
    userGroups: [{ id: 'S0ADMINS', handle: 'wallaroo-admins', name: 'Wallaroo admins', members: [] }],
  },
};

it('people read of their own requests as such, wherever they look, and in the text of the message', async () => {
  const world = await startWorld();
  expect((await ask(world, people.mia, '/wallaroo requests')).fallback).toContain('No request is waiting.');
  const card = await request(world, people.mia, '/wallaroo activate nora@ex.co', 'for the fair');
  const mine = await ask(world, people.mia, '/wallaroo requests');
  expect(mine.text).toContain('You asked to activate nora@ex.co');
  expect(mine.fallback).toContain('You asked to activate nora@ex.co. Why:\nfor the fair');
  await world.slack.as(people.mia).openHome();
  const home = await world.slack.until(() => world.slack.as(people.mia).home());
  expect(home.text).toMatch(/Your requests\nYou asked to activate nora@ex\.co/);
  const all = await ask(world, people.ben, '/wallaroo requests');
  expect(all.text).toContain('@Mia Member asks to activate nora@ex.co');
  await deny(world, people.ben, card, 'not now');
  await saying(world, card, 'Denied by @Ben Boss');
  const trail = await ask(world, people.ada, '/wallaroo audit');
  expect(trail.text).toContain('Denied: not now. Reason: for the fair');
  expect((await ask(world, people.ada, '/wallaroo users never')).text).toMatch(
    /^Users of this Wallaroo instance who never signed in\n/,
  );
  expect((await ask(world, people.ada, '/wallaroo license')).text).toContain(
    '/wallaroo idle shows who has been idle longest',
  );
});

it('what nobody can decide says what helps, however it is asked', async () => {
  const world = await startWorld({ slack: nobodyAdministers });
  const helps = 'The people who run the bot can add one with the setting ADMINS';
  const me = await ask(world, people.mia, '/wallaroo me');
  const refused = await newMessage(world, people.mia, LICENSE, () =>
    world.slack.as(people.mia).press(me, 'Request access'),
  );
  expect(refused.text).toContain(helps);
  for (const command of ['activate nora@ex.co', 'invite new@ex.co', 'deactivate steve@ex.co']) {
    expect((await openModal(world, people.mia, `/wallaroo ${command}`)).text).toContain(helps);
    await world.slack.as(people.mia).close('all');
  }
});

it('who may not use the bot, or has two accounts, is told whom to ask', async () => {
  const world = await startWorld({
    settings: { MEMBERS: people.steve },
    before: ({ wallaroo }) =>
      wallaroo.state.addUser({ username: 'steve2', email: 'STEVE@ex.co', enabled: false }),
  });
  const { slack } = world;
  for (const command of ['me', 'help', 'users'])
    expect((await ask(world, people.mia, `/wallaroo ${command}`)).text).toContain(
      'You are not among the people who may use this bot. Please ask @wallaroo-admins.',
    );
  await slack.as(people.mia).openHome();
  expect((await slack.until(() => slack.as(people.mia).home())).text).toContain(
    'Please ask @wallaroo-admins.',
  );
  expect((await ask(world, people.steve, '/wallaroo me')).text).toMatch(
    /2 Wallaroo accounts have your email[\s\S]*Ask @wallaroo-admins to fix that/,
  );
});
