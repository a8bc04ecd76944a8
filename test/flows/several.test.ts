import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { ask, messageNow, nextModal } from './acting.ts';
import {
  approve,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  untilActive,
} from './requests.ts';
import { LICENSE, people, startWorld, type World, type WorldOptions } from './world.ts';

const TEST = 'testuser@wallaroo.ai';

/** Guests with a seat beside the four of the seed, `seats` in all, and how often that was exceeded at any moment. */
async function crowd(guests: number, seats: number, options: WorldOptions = {}) {
  const world = await startWorld({
    ...options,
    settings: { LICENSE_SEATS: `${seats}`, ...options.settings },
    wallaroo: { seed: communitySeed({ seats }) },
  });
  // One moment for all: they stand in lists by it.
  const createdTimestamp = world.now().getTime() - 100 * 86_400_000;
  for (let n = 1; n <= guests; n++)
    world.wallaroo.state.addUser({
      username: `g${n}@ex.co`,
      email: `g${n}@ex.co`,
      enabled: true,
      createdTimestamp,
      lastLogin: null,
    });
  let exceeded = 0;
  world.wallaroo.on('change', () => {
    if (world.wallaroo.seats().taken > seats) exceeded += 1;
  });
  return { ...world, exceeded: () => exceeded };
}

const active = (world: World, ...who: readonly string[]): readonly boolean[] => who.map(world.isActive);
const applied = async (world: World) =>
  (await readRecords(world.databaseUrl)).audit.filter(({ event }) => event === 'applied');

describe('several who are typed', () => {
  it.each([
    'g1@ex.co g2@ex.co g3@ex.co left the company',
    'g1@ex.co, g2@ex.co; g3@ex.co, left the company',
    '- g1@ex.co\n- g2@ex.co\n- g3@ex.co\nleft the company',
    '1. g1@ex.co\n2. g2@ex.co\n3. g3@ex.co\nleft the company',
    '"g1@ex.co" „g2@ex.co“ `g3@ex.co` left the company',
    'Gast Eins <g1@ex.co>, "Zwei, Gast" <g2@ex.co>; <g3@ex.co> left the company',
    'g1@ex.co\tg2@ex.co\r\ng3@ex.co and g1@ex.co left the company',
  ])('are one change: %j', async (typed) => {
    const world = await crowd(3, 20);
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${typed}`);
    expect(modal.text).toContain('Deactivate 3 users');
    expect(modal.text).toContain('Seats: 7 → 4 of 20');
    expect(JSON.stringify(modal.blocks)).toContain('"initial_value":"left the company"');
    const result = await submit(world, people.ada);
    for (const n of [1, 2, 3]) expect(result.text).toContain(`g${n}@ex.co is now inactive`);
    expect(active(world, 'g1@ex.co', 'g2@ex.co', 'g3@ex.co')).toEqual([false, false, false]);
    const [entry, ...more] = await applied(world);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ reason: 'left the company', outcome: 'Deactivated.' });
    await expectNoLiveButtons(world);
  });

  it('are usernames and names, too, where a list separates them', async () => {
    const world = await crowd(0, 20);
    const modal = await openModal(
      world,
      people.ada,
      '/wallaroo activate nora, Mia Berg, a_b@ex.co for 2 days',
    );
    expect(modal.text).toMatch(/Activate 3 users[\s\S]*nora@ex\.co[\s\S]*mia@ex\.co[\s\S]*a_b@ex\.co/);
    const reason = await openModal(world, people.ada, '/wallaroo activate nora, mia asked for her');
    expect(reason.text).toContain('Activate nora@ex.co');
    expect(JSON.stringify(reason.blocks)).toContain('"initial_value":"mia asked for her"');
  });

  it('point out what may be one more of them and is taken for the reason', async () => {
    const world = await crowd(0, 20);
    const says = (part: string) =>
      `The reason says ${part}. If a user is meant, type their email or whole name instead, behind a comma.`;
    for (const [typed, part] of [
      ['activate nora, mia', 'mia'],
      ['activate nora, olga, mia for 2 days', 'olga'],
      ['activate nora, mia for 2 days', 'mia'],
      ['activate nora and mia', 'mia'],
      ['activate nora & mia', 'mia'],
      ['activate nora; Anna', 'Anna'],
      ['activate nora\nmia\nolga', 'mia'],
      ['activate nora@ex.co, mia@ex.co, olga', 'olga'],
      ['deactivate steve and testuser', 'testuser'],
    ] as const) {
      const modal = await openModal(world, people.ada, `/wallaroo ${typed}`);
      expect(modal.text, typed).toContain(says(part));
    }
    for (const typed of [
      'activate nora, on leave',
      'activate nora mia',
      'activate nora, mia asked for her',
    ]) {
      const modal = await openModal(world, people.ada, `/wallaroo ${typed}`);
      expect(modal.text, typed).not.toContain('The reason says');
    }
  });

  it('who cannot be found, or must not be changed, are left out and named', async () => {
    const world = await crowd(2, 20, { settings: { PROTECTED_USERS: TEST } });
    world.wallaroo.state.addUser({ username: 'ada2', email: 'ada@ex.co', enabled: true });
    const typed = `g1@ex.co nobody@ex.co ${TEST} chatops@ex.co nora@ex.co g2@ex.co ben@ex.co`;
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${typed}`);
    expect(modal.text).toContain('Deactivate 2 users');
    expect(modal.text).toMatch(/nobody@ex\.co: No user matches/);
    expect(modal.text).toMatch(/testuser@wallaroo\.ai: This user is protected/);
    expect(modal.text).toMatch(/chatops@ex\.co: This is the account that this bot works with/);
    expect(modal.text).toMatch(/nora@ex\.co is already inactive/);
    await submit(world, people.ada);
    expect(active(world, 'g1@ex.co', 'g2@ex.co', TEST, 'chatops@ex.co')).toEqual([false, false, true, true]);
    const none = await openModal(world, people.ada, `/wallaroo deactivate ${TEST} chatops@ex.co`);
    expect(none.submit).toBeUndefined();
    expect(none.text).toContain('Nobody is left to change');
  });

  it('are fifty at most', async () => {
    const world = await crowd(0, 20);
    const typed = Array.from({ length: 51 }, (_, n) => `g${n}@ex.co`).join(' ');
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${typed}`);
    expect(modal.text).toContain('You chose 51 users. I change at most 50 at once');
    expect(modal.submit).toBeUndefined();
  });
});

describe('fifty at once', () => {
  it('fit into each form, card and trail, and are undone together', async () => {
    const world = await crowd(50, 60);
    const names = Array.from({ length: 50 }, (_, n) => `g${n + 1}@ex.co`);
    await openModal(world, people.mia, `/wallaroo deactivate ${names.join('\n')}`);
    expect((await submit(world, people.mia, 'cleaning up')).text).toContain('Request sent');
    const card = await newCard(world);
    for (const name of names) expect(card.text).toContain(name);
    await approve(world, people.ben, card);
    const done = await saying(world, card, 'Done, approved by @Ben Boss');
    for (const name of names) expect(done.text).toContain(`${name} is now inactive`);
    expect(world.wallaroo.seats().taken).toBe(4);
    const trail = await ask(world, people.ada, '/wallaroo audit');
    expect(trail.text.match(/g\d+@ex\.co · active → inactive · \d+ of 50/g)).toHaveLength(10);
    await press(world, people.ben, done, 'Undo');
    await lineSaying(world, 'g50@ex.co is now active');
    expect(world.wallaroo.seats().taken).toBe(54);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  }, 60_000);
});

describe('seats', () => {
  it('that do not suffice are said before anything is done, with what would fit', async () => {
    const world = await crowd(0, 6);
    const modal = await openModal(world, people.ada, '/wallaroo activate nora@ex.co mia@ex.co a_b@ex.co');
    expect(modal.submit).toBeUndefined();
    expect(modal.text).toContain('They take 3 seats, and 2 of 6 are free: at most 2 of them fit');
    const fits = await openModal(world, people.ada, '/wallaroo activate nora@ex.co mia@ex.co');
    expect(fits.text).toContain('Seats: 4 → 6 of 6, all taken');
    world.wallaroo.state.setEnabled('a_b@ex.co', true);
    const refused = await submit(world, people.ada);
    expect(refused.text).toContain('They take 2 seats, and 1 of 6 is free: at most 1 of them fits');
    expect(active(world, 'nora@ex.co', 'mia@ex.co')).toEqual([false, false]);
    expect(world.exceeded()).toBe(0);
  });

  it('taken since the request leave it undone as a whole', async () => {
    const world = await crowd(0, 6);
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co a_b@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const modal = await press(world, people.ben, card, 'Approve');
    expect(modal.text).toContain('They take 2 seats, and 1 of 6 is free');
    expect(modal.submit).toBeUndefined();
    world.wallaroo.state.setEnabled('olga@ex.co', false);
    await approve(world, people.ben, card);
    await saying(world, card, 'Done, approved');
    expect(active(world, 'nora@ex.co', 'a_b@ex.co')).toEqual([true, true]);
    expect(world.exceeded()).toBe(0);
  });

  it('taken by others in the middle stop those who are left, and nobody else', async () => {
    const world = await crowd(0, 7);
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co mia@ex.co a_b@ex.co');
    let done = 0;
    world.wallaroo.on('change', () => {
      done += 1;
      if (done === 1) world.wallaroo.state.setEnabled('olga@ex.co', true);
    });
    const result = await submit(world, people.ada);
    expect(result.text).toContain('Done for 2 of 3');
    expect(result.text).toMatch(/a_b@ex\.co: not done\. The license is full: 7 of 7/);
    expect(active(world, 'nora@ex.co', 'mia@ex.co', 'a_b@ex.co')).toEqual([true, true, false]);
    expect(world.exceeded()).toBe(0);
  });
});

describe('one of several that fails', () => {
  it('leaves the others, and is named wherever it is told; `Undo` takes back those that succeeded', async () => {
    const world = await crowd(3, 20);
    await openModal(world, people.ada, '/wallaroo deactivate g1@ex.co g2@ex.co g3@ex.co');
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/Done for 2 of 3[\s\S]*g2@ex\.co: not done\./);
    expect(active(world, 'g1@ex.co', 'g2@ex.co', 'g3@ex.co')).toEqual([false, true, false]);
    const line = await lineSaying(world, 'g2@ex.co: not done', people.ben);
    expect(line.fallback).toMatch(/^Done in part/);
    expect(line.text).toMatch(
      /g2@ex\.co: not done[\s\S]*g1@ex\.co is now inactive[\s\S]*g3@ex\.co is now inactive/,
    );
    const [entry] = await applied(world);
    expect(entry?.outcome).toMatch(/^Deactivated: 2 of 3\. Failed: 1\. /);
    expect((await ask(world, people.ada, '/wallaroo audit')).text).toMatch(/Failed[^\n]*g2@ex\.co/);
    await ask(world, people.ada, '/wallaroo digest');
    const digest = await world.slack.until(() =>
      world.slack
        .as(people.ada)
        .messages(LICENSE)
        .find(({ text }) => text.includes('What changed')),
    );
    expect(digest.text).toMatch(/g2@ex\.co · a change by @Ada Admin failed/);
    expect(digest.text).toMatch(/g1@ex\.co active → inactive/);
    await press(world, people.ben, line, 'Undo');
    await saying(world, line, 'It has since been undone');
    expect(active(world, 'g1@ex.co', 'g2@ex.co', 'g3@ex.co')).toEqual([true, true, true]);
    const [, undo] = await applied(world);
    expect(JSON.parse(undo?.subjects ?? '[]')).toHaveLength(2);
    await expectNoLiveButtons(world);
  });

  it('for a while is tried again, and keeps nobody waiting', async () => {
    const world = await crowd(3, 20);
    await openModal(world, people.ada, '/wallaroo deactivate g1@ex.co g2@ex.co g3@ex.co');
    world.wallaroo.faults.set('keycloak.users.put', { status: 503, times: 1 });
    await submit(world, people.ada);
    await world.slack.until(() => !active(world, 'g1@ex.co', 'g2@ex.co', 'g3@ex.co').includes(true));
    await lineSaying(world, 'g1@ex.co is now inactive');
    expect(await applied(world)).toHaveLength(1);
    await expectNoLiveButtons(world);
  });
});

it('workspaces that lose their last owner are named, though two of those who leave own them', async () => {
  const world = await crowd(2, 20);
  const { state } = world.wallaroo;
  const workspace = state.addWorkspace('shared', state.user('g1@ex.co').id);
  state.setMember(workspace.id, state.user('g2@ex.co').id, 'OWNER');
  const modal = await openModal(world, people.ada, '/wallaroo deactivate g1@ex.co g2@ex.co');
  expect(modal.text).toContain('No active OWNER would be left in shared');
  state.setMember(workspace.id, state.user('steve').id, 'OWNER');
  const kept = await openModal(world, people.ada, '/wallaroo deactivate g1@ex.co g2@ex.co');
  expect(kept.text).not.toContain('No active OWNER');
});

it('two together never are the last administrators', async () => {
  const world = await crowd(2, 20);
  const { state } = world.wallaroo;
  for (const name of ['admin', 'ada@ex.co']) state.updateUser(name, { enabled: false });
  for (const name of ['g1@ex.co', 'g2@ex.co']) state.updateUser(name, { realmRoles: ['admin'] });
  const modal = await openModal(
    world,
    people.ada,
    `/wallaroo deactivate g1@ex.co g2@ex.co ${TEST} steve@ex.co`,
  );
  expect(modal.text).toContain('Deactivate 2 users');
  expect(modal.text).toMatch(
    /g1@ex\.co: With all of these gone, no active platform administrator would be left/,
  );
  for (const name of ['g1@ex.co', 'g2@ex.co']) state.updateUser(name, { realmRoles: [] });
  state.updateUser('olga@ex.co', { enabled: true, realmRoles: ['admin'] });
  await openModal(world, people.ada, `/wallaroo deactivate g1@ex.co g2@ex.co`);
  for (const name of ['g1@ex.co', 'g2@ex.co']) state.updateUser(name, { realmRoles: ['admin'] });
  state.updateUser('olga@ex.co', { enabled: false });
  const result = await submit(world, people.ada);
  expect(result.text).toContain('no active platform administrator would be left');
  expect(active(world, 'g1@ex.co', 'g2@ex.co')).toEqual([true, true]);
});

it('a time ends each of several, and each is told apart', async () => {
  const world = await crowd(0, 20);
  await openModal(world, people.ada, '/wallaroo activate nora@ex.co mia@ex.co for 2 days');
  await submit(world, people.ada);
  expect((await ask(world, people.ada, '/wallaroo users nora')).text).toContain('active until');
  expect((await ask(world, people.ada, '/wallaroo users mia')).text).toContain('active until');
  world.wallaroo.state.setEnabled('mia@ex.co', false);
  world.advance(2 * 86_400_000 + 60_000);
  await untilActive(world, 'nora@ex.co', false);
  await dmSaying(world, people.ada, /nora@ex\.co has ended, as planned/);
  await expectNoLiveButtons(world);
});

describe('boxes', () => {
  it('of `idle` open one confirmation for all that are ticked', async () => {
    const world = await crowd(3, 20);
    const ada = world.slack.as(people.ada);
    const list = await ask(world, people.ada, '/wallaroo idle 10d');
    const nothing = await press(world, people.ada, list, 'Deactivate chosen…');
    expect(nothing.text).toContain('Nobody is chosen');
    await ada.close('all');
    await ada.choose({ actionId: 'users_tick/0' }, [TEST, 'g2@ex.co', 'g3@ex.co'], list);
    const modal = await press(world, people.ada, list, 'Deactivate chosen…');
    expect(modal.text).toContain('Deactivate 3 users');
    await submit(world, people.ada);
    expect(active(world, TEST, 'g1@ex.co', 'g2@ex.co', 'g3@ex.co')).toEqual([false, true, false, false]);
  });

  it('stay ticked from page to page', async () => {
    const world = await crowd(24, 40);
    const ada = world.slack.as(people.ada);
    const first = await ask(world, people.ada, '/wallaroo idle 10d');
    await ada.choose({ actionId: 'users_tick/0' }, ['g10@ex.co', 'g11@ex.co'], first);
    const turn = async (button: string, page: string) => {
      await ada.press(messageNow(world, people.ada, first), button);
      return world.slack.until(() => {
        const list = messageNow(world, people.ada, first);
        return list.text.includes(page) ? list : undefined;
      });
    };
    const second = await turn('Next', 'page 2 of 2');
    expect(second.text).toContain('2 chosen on other pages');
    await ada.choose({ actionId: 'users_tick/0' }, ['g9@ex.co'], second);
    const back = await turn('Previous', 'page 1 of 2');
    expect(back.text).toContain('1 chosen on other pages');
    await ada.choose({ actionId: 'users_tick/0' }, ['g11@ex.co'], back);
    const again = await turn('Next', 'page 2 of 2');
    const modal = await press(world, people.ada, again, 'Deactivate chosen…');
    expect(modal.text).toContain('Deactivate 2 users');
    await submit(world, people.ada);
    expect(active(world, 'g10@ex.co', 'g11@ex.co', 'g9@ex.co', 'g8@ex.co')).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('of the digest do the same, as a request of a member', async () => {
    const world = await crowd(2, 20);
    await ask(world, people.ada, '/wallaroo digest');
    const digest = await world.slack.until(() =>
      world.slack
        .as(people.mia)
        .messages(LICENSE)
        .find(({ text }) => text.includes('Several at once')),
    );
    await world.slack.as(people.mia).choose({ actionId: 'digest_tick/0' }, [TEST, 'g2@ex.co'], digest);
    const modal = await press(world, people.mia, digest, 'Deactivate chosen…');
    expect(modal.submit).toBe('Send request');
    expect((await submit(world, people.mia, 'both have left')).text).toContain('Request sent');
  });
});

describe('`View` of a request about several', () => {
  it('lists them in one answer, a page at a time, each with a menu', async () => {
    const world = await crowd(12, 20);
    const ada = world.slack.as(people.ada);
    const names = Array.from({ length: 12 }, (_, at) => `g${at + 1}@ex.co`);
    const card = await request(world, people.mia, `/wallaroo deactivate ${names.join(' ')}`);
    const answers = () => ada.messages(card.channel).filter(({ isEphemeral }) => isEphemeral);
    await ada.press(card, { near: 'g1@ex.co' }, 'View');
    const list = await world.slack.until(() => answers().at(-1));
    expect(list.text).toMatch(/Users of this request[\s\S]*12 users · page 1 of 2/);
    expect(list.text).toContain('g10@ex.co');
    await ada.press(list, 'Next');
    await world.slack.until(() => messageNow(world, people.ada, list).text.includes('page 2 of 2'));
    expect(messageNow(world, people.ada, list).text).toMatch(/g11@ex\.co/);
    await world.bot.settled();
    expect(answers()).toHaveLength(1);
    expect((await press(world, people.ada, list, { near: 'g11@ex.co' }, 'Deactivate…')).text).toContain(
      'g11@ex.co',
    );
  });

  it('shows both of an exchange over Home', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    await request(world, people.mia, `/wallaroo swap ${TEST} nora`);
    await ada.openHome();
    await world.slack.until(() => ada.home());
    await press(world, people.ada, 'home', 'Requests');
    await nextModal(world, people.ada, () => ada.press('modal', { near: 'nora@ex.co' }, 'View'));
    await world.bot.settled();
    const shown = ada.modal()?.text ?? '';
    expect(shown).toContain('Users of this request');
    for (const who of [TEST, 'nora@ex.co']) expect(shown).toContain(who);
    const one = await nextModal(world, people.ada, () => ada.press('modal', { near: 'nora@ex.co' }, 'View'));
    expect(one.text).toContain('nora@ex.co');
    expect(one.text).not.toContain(TEST);
  });
});
