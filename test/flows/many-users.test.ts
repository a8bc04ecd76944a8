import { expect, test } from 'vitest';
import { ask, askModal, messageNow, newMessage, submit } from './acting.ts';
import { deny, press, request } from './requests.ts';
import { LICENSE, people, startWorld } from './world.ts';

test('among 10,000 users, lists, pages, searches, look-ups and changes are answered, each acknowledged at once', async () => {
  const world = await startWorld({
    settings: { WALLAROO_EDITION: 'enterprise' },
    wallaroo: { seed: 'enterprise' },
  });
  const { slack, wallaroo } = world;
  const ada = slack.as(people.ada);
  const list = await ask(world, people.ada, '/wallaroo users');
  expect(list.text).toContain('10000 users · page 1 of 1000');
  expect(list.text).not.toMatch(/seat|_square:/);
  await ada.press(list, 'Next');
  await slack.until(() => messageNow(world, people.ada, list).text.includes('page 2 of 1000'));
  const found = await ask(world, people.ada, '/wallaroo users active chloe.garcia');
  expect(found.text).toMatch(/\d+ users? matching chloe\.garcia · page 1 of \d+/);
  const email =
    [...wallaroo.state.users.values()].findLast(({ enabled, email: it }) => enabled && it)?.email ?? '';
  expect((await ask(world, people.ada, `/wallaroo user ${email}`)).text).toContain(email);
  const several = await ask(world, people.ada, '/wallaroo user big.example');
  expect(several.text).toMatch(/users match big\.example[\s\S]*… and \d+ more/);
  expect((await ask(world, people.ada, '/wallaroo user qqqqqqqq')).text).toContain('No user of this');
  const report = await newMessage(world, people.ada, LICENSE, () => ada.type(LICENSE, '/wallaroo license'));
  expect(report.text).toMatch(/… and \d+ more: \/wallaroo users active lists all/);
  expect((await askModal(world, people.ada, `/wallaroo deactivate ${email}`)).submit).toBe('Deactivate');
  expect((await submit(world, people.ada)).text).toContain(`${email} is now inactive.`);
  expect(world.isActive(email)).toBe(false);
  const acks = slack.traffic.of('ack').map(({ ms }) => ms);
  expect(Math.max(...acks)).toBeLessThan(3000);
  expect(slack.traffic.of('unanswered')).toEqual([]);
}, 60_000);

test('an exchange among more than a hundred seats is searched for by typing', async () => {
  const world = await startWorld({ settings: { LICENSE_SEATS: '150' } });
  const { slack, wallaroo } = world;
  for (let n = 0; n < 146; n += 1)
    wallaroo.state.addUser({ username: `seat${n}@ex.co`, email: `seat${n}@ex.co` });
  const modal = await askModal(world, people.ada, '/wallaroo activate nora');
  expect(modal.text).toContain('Every seat is taken');
  const ada = slack.as(people.ada);
  expect(await ada.search('Deactivate in exchange', '')).toHaveLength(100);
  expect(await ada.search('Deactivate in exchange', 'SEAT14')).toHaveLength(7);
  await ada.choose('Deactivate in exchange', 'seat141@ex.co');
  expect((await submit(world, people.ada)).text).toContain('seat141@ex.co is now inactive');
  expect([world.isActive('nora@ex.co'), world.isActive('seat141@ex.co')]).toEqual([true, false]);
});

test('a menu of more than a hundred workspaces is searched without asking Wallaroo at every keystroke', async () => {
  const world = await startWorld({ settings: { WALLAROO_EDITION: 'enterprise' } });
  const { slack, wallaroo } = world;
  const owner = wallaroo.state.user('steve').id;
  for (let n = 0; n < 120; n += 1) wallaroo.state.addWorkspace(`space-${n}`, owner);
  const ada = slack.as(people.ada);
  const card = await ask(world, people.ada, '/wallaroo user mia@ex.co');
  await press(world, people.ada, card, 'Add to workspace…');
  const asked = () => wallaroo.requests.filter(({ endpoint }) => endpoint === 'graphql').length;
  const before = asked();
  for (const typed of ['s', 'sp', 'space-1', 'space-11'])
    expect((await ada.search('Workspace', typed)).length).toBeGreaterThan(0);
  expect(asked()).toBe(before + 1);
  await ada.choose('Workspace', 'space-11');
  expect((await submit(world, people.ada)).text).toContain('is now a collaborator of space-11');
});

test('Home fits where all its lists are full', async () => {
  const world = await startWorld({
    settings: { FOUR_EYES: 'true', LICENSE_SEATS: '40' },
    before: ({ wallaroo }) => {
      for (let n = 0; n < 5; n += 1)
        wallaroo.state.addUser({ username: `ada${n}`, email: 'ADA@ex.co', enabled: false });
      for (let n = 0; n < 17; n += 1) {
        wallaroo.state.addUser({ username: `out${n}@ex.co`, email: `out${n}@ex.co`, enabled: false });
        wallaroo.state.addUser({
          username: `idle${n}@ex.co`,
          email: `idle${n}@ex.co`,
          createdTimestamp: 1,
          lastLogin: 1,
        });
      }
    },
  });
  for (let n = 0; n < 6; n += 1) {
    const card = await request(world, n < 3 ? people.ada : people.mia, `/wallaroo activate out${n}@ex.co`);
    await deny(world, people.ben, card, 'not now');
    await world.slack.as(people.ben).close('all');
  }
  for (let n = 6; n < 17; n += 1) await request(world, people.mia, `/wallaroo activate out${n}@ex.co`);
  await world.bot.settled();
  await world.slack.as(people.ada).openHome();
  const home = await world.slack.until(() => world.slack.as(people.ada).home());
  expect(home.text).toMatch(/^Welcome![\s\S]*6 Wallaroo accounts have your email[\s\S]*Denied by @Ben Boss/);
  expect(home.text).toMatch(
    /and \d+ more: `?\/wallaroo requests`? lists[\s\S]*Idle users[\s\S]*Recent changes/,
  );
  expect(home.blocks.length).toBeGreaterThan(95);
});
