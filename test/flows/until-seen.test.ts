import { expect, it } from 'vitest';
import type { Person } from '../../sandbox/slack/person.ts';
import { ask } from './acting.ts';
import { lineSaying, openModal, press, request, saying, submit, untilActive } from './requests.ts';
import { LICENSE, people, startWorld, type World } from './world.ts';

const DAY = 86_400_000;
const UNTIL = /active until \d{4}-\d\d-\d\d/;
type Place = Parameters<Person['press']>[0];

/** Presses what extends, in a row of a list or on a card, and closes the form that opens. */
async function expectExtends(world: World, place: Place, how: 'menu' | 'button'): Promise<void> {
  const form =
    how === 'menu'
      ? await press(world, people.ada, place, { near: 'nora@ex.co' }, 'Extend…')
      : await press(world, people.ada, place, { label: 'Extend' });
  expect(form.text).toContain('The timed activation of nora@ex.co. It ends on');
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
