import { expect, it } from 'vitest';
import type { Person } from '../../sandbox/slack/person.ts';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { workspaceNamed } from '../support/workspaces.ts';
import { ask } from './acting.ts';
import { lineSaying, openModal, press, request, saying, submit, untilActive } from './requests.ts';
import { FULL, LICENSE, people, startWorld, type World } from './world.ts';

const DAY = 86_400_000;
const UNTIL = /active until \d{4}-\d\d-\d\d/;
type Place = Parameters<Person['press']>[0];

/** Presses what extends, in a row of a list or on a card, and closes the form that opens. */
async function expectExtends(world: World, place: Place, how: 'menu' | 'button'): Promise<void> {
  const form =
    how === 'menu'
      ? await press(world, people.ada, place, { near: 'nora@ex.co' }, 'Extend…')
      : await press(world, people.ada, place, { label: 'Extend' });
  expect(form.text).toContain('The timed activation of nora@ex.co. It ends ');
  expect(form.inputs).toEqual(['How much longer', 'Until']);
  await world.slack.as(people.ada).close('all');
}

it('the end of a timed activation is seen wherever its user is, with `Extend` while it works', async () => {
  const world = await startWorld();
  const { slack } = world;
  const ada = slack.as(people.ada);
  const card = await request(world, people.mia, '/wallaroo activate nora@ex.co for 3 days');
  const result = await press(world, people.ada, card, 'Approve');
  expect(result.text).toMatch(/nora@ex\.co is now active[\s\S]*Active until \d/);
  await saying(world, card, /Done, approved[\s\S]*Active until \d/);
  await slack.until(() =>
    slack
      .as(people.mia)
      .dm()
      .find(({ text }) => /^Your request[\s\S]*Active until \d/.test(text)),
  );
  await ada.close('all');

  const list = await ask(world, people.ada, '/wallaroo users active');
  expect(list.text).toMatch(UNTIL);
  await expectExtends(world, list, 'menu');
  const license = await ask(world, people.ada, '/wallaroo license');
  expect(license.text).toMatch(UNTIL);
  await expectExtends(world, license, 'menu');
  const user = await ask(world, people.ada, '/wallaroo user nora');
  expect(user.text).toMatch(UNTIL);
  await expectExtends(world, user, 'button');
  await ada.type(LICENSE, '/wallaroo digest');
  const digest = await slack.until(() =>
    ada.messages(LICENSE).find(({ text }) => text.includes('Access that ends')),
  );
  expect(digest.text).toMatch(
    /nora@ex\.co · active until .* · last sign-in|nora@ex\.co · active until .* · never/,
  );
  await expectExtends(world, digest, 'button');
  await ada.openHome();
  const home = await slack.until(() => ada.home());
  expect(home.text).toMatch(UNTIL);
  await expectExtends(world, 'home', 'menu');

  world.advance(3 * DAY + 1000);
  await untilActive(world, 'nora@ex.co', false);
  await saying(world, digest, 'What changed');
  await slack.until(
    () =>
      !ada
        .messages(LICENSE)
        .find(({ ts }) => ts === digest.ts)
        ?.text.includes('Access that ends'),
  );
  expect((await ask(world, people.ada, '/wallaroo user nora')).buttons).not.toContain('Extend');
});

it('an administrator who activates for a time says so to the others', async () => {
  const world = await startWorld();
  await openModal(world, people.ada, '/wallaroo activate nora@ex.co for 3 days');
  expect((await submit(world, people.ada)).text).toMatch(/Active until \d/);
  await lineSaying(world, /nora@ex\.co is now active\. Active until \d/);
});

it('every menu and card that offers or shows a user tells the end of their activation', async () => {
  const seed = communitySeed({ enabled: FULL.filter((who) => who !== 'mia@ex.co'), seats: 5 });
  const world = await startWorld({ wallaroo: { seed } });
  const { slack } = world;
  const ada = slack.as(people.ada);
  world.wallaroo.state.addUser({ username: 'norah@ex.co', email: 'norah@ex.co', enabled: false });
  // One idle for long, of those who are told of in suggestions while their access ends.
  await openModal(world, people.ada, '/wallaroo activate nora@ex.co for 90 days');
  await submit(world, people.ada);
  await ada.close('all');
  const end = new Date(world.now().getTime() + 90 * DAY).toISOString().slice(0, 10);
  const told = `active until ${end}`;

  // Searching menus, of activations, deactivations, swaps, cards and workspaces.
  const menus = [
    ['/wallaroo activate', 'Whom do you want to activate?'],
    ['/wallaroo deactivate', 'Whom do you want to deactivate?'],
    ['/wallaroo swap', 'Who leaves?'],
    ['/wallaroo swap', 'Who comes?'],
  ] as const;
  for (const [command, label] of menus) {
    await openModal(world, people.ada, command);
    const options = await ada.searchOptions(label, 'nora');
    expect(JSON.stringify(options), `${command}: ${label}`).toContain(told);
    await ada.close('all');
  }
  const whom = await ask(world, people.ada, '/wallaroo user');
  expect(JSON.stringify(await ada.searchOptions({}, 'nora', whom))).toContain(told);

  // In exchange, as a command and as an approval.
  await openModal(world, people.ada, '/wallaroo activate mia@ex.co');
  expect(topOf(world, people.ada)).toContain(`${told} · never signed in`);
  await ada.close('all');
  await openModal(world, people.ada, '/wallaroo invite newcomer@ex.co');
  expect(topOf(world, people.ada)).toContain(told);
  await ada.close('all');

  // The confirmation, of one and of several; who may have been meant; a workspace.
  const one = await openModal(world, people.ada, '/wallaroo deactivate nora@ex.co');
  expect(one.text).toMatch(UNTIL);
  await ada.close('all');
  const several = await openModal(world, people.ada, '/wallaroo deactivate nora@ex.co testuser@wallaroo.ai');
  expect(several.text).toMatch(UNTIL);
  await ada.close('all');
  // Who may take over a workspace.
  await openModal(world, people.ada, '/wallaroo deactivate testuser@wallaroo.ai');
  expect(topOf(world, people.ada)).toContain(`no member yet, ${told}`);
  await ada.close('all');
  expect((await ask(world, people.ada, '/wallaroo user nor')).text).toMatch(/active until [^\n]*nora@ex\.co/);
  expect((await ask(world, people.ada, '/wallaroo user norra@ex.co')).text).toMatch(UNTIL);
  const { state } = world.wallaroo;
  state.setMember(workspaceNamed(state, 'churn-forecast').id, state.user('nora@ex.co').id, 'OWNER');
  expect((await ask(world, people.ada, '/wallaroo workspace churn-forecast')).text).toMatch(
    /nora@ex\.co · OWNER · active until/,
  );

  // Idle nevertheless: as a suggestion, with a box, and in Home.
  world.advance(60 * DAY);
  expect(JSON.stringify((await ask(world, people.ada, '/wallaroo idle')).text)).toMatch(UNTIL);
  expect(lastBlocks(world, LICENSE)).toContain(`${told} · never signed in`);
  await ada.type(LICENSE, '/wallaroo digest');
  const digest = await slack.until(() =>
    ada.messages(LICENSE).find(({ text }) => text.includes('Never signed in')),
  );
  expect(digest.text).toMatch(/nora@ex\.co · active until [^·\n]* · never signed in · account made/);
  await ada.openHome();
  const home = await slack.until(() => ada.home());
  expect(home.text).toMatch(
    /Idle users[\s\S]*nora@ex\.co · active until [^·\n]* · never signed in · account/,
  );
});

/** The blocks of the modal on top, as JSON. */
const topOf = ({ slack }: World, userId: string): string =>
  JSON.stringify(slack.workspace.state.stacks.get(userId)?.at(-1)?.content.blocks);

const lastBlocks = ({ slack }: World, channel: string): string =>
  JSON.stringify([...slack.workspace.state.messages].findLast((message) => message.channel === channel));
