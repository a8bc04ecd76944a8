import { describe, expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { parseDuration } from '../../src/texts/duration.ts';
import { ask, askModal, newMessage, nextModal, submit } from './acting.ts';
import { untilActive } from './requests.ts';
import { GENERAL, LICENSE, people, startWorld, type World } from './world.ts';

const DAY = 86_400_000;

/** Whether a field holds this at first: a text, or a choice that means it. */
function initial(modal: { readonly blocks: readonly unknown[] }, value: string): boolean {
  const shown = JSON.stringify(modal.blocks);
  if (shown.includes(`"initial_value":${JSON.stringify(value)}`)) return true;
  const [, chosen] = /"initial_option":\{"text":\{[^}]*\},"value":("(?:[^"\\]|\\.)*")/.exec(shown) ?? [];
  if (chosen === undefined) return false;
  const [held, meant] = [String(JSON.parse(chosen)), value].map((text) => parseDuration(text) ?? text);
  return held === meant;
}

describe('a name as people paste it', () => {
  test('is found by `user`, whatever stands around it or hides in it', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.user('steve');
    const forms = [
      '\u200bsteve@ex.co',
      'steve\u200b@ex.co',
      '`steve@ex.co`',
      '```steve@ex.co```',
      '*steve@ex.co*',
      '~steve~',
      '„steve@ex.co“',
      '»steve@ex.co«',
      '「steve@ex.co」',
      '(steve@ex.co).',
      'Steve Novak <steve@ex.co>',
      '"Novak, Steve" <steve@ex.co>;',
      'steve@ex.co.',
      'STEVE@EX.CO,',
      '`@steve`',
      'Novak, Steve',
      'Štěvé Novák',
      '\u00a0steve\u00a0',
      '- steve@ex.co',
      // A part of asteve@ex.co, and so is the letter before it.
      'a) steve@ex.co',
      'Email: steve@ex.co',
      'Steve Novak - steve@ex.co',
      "steve@ex.co's",
      'the user steve',
    ];
    for (const form of forms)
      expect((await ask(world, people.mia, `/wallaroo user ${form}`)).text, form).toContain(id);
  });

  test('mistyped, with a character that nobody sees, has the right one offered first', async () => {
    const world = await startWorld();
    const { text, buttons } = await ask(world, people.mia, '/wallaroo user \u200bstve@ex.co');
    expect(text).toContain('No user of this Wallaroo instance matches stve@ex.co');
    expect(buttons[0]).toBe('steve@ex.co');
  });

  test('`me` is the person who types, in every command', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.user('mia@ex.co');
    for (const me of ['me', '`me`', 'myself', 'my account'])
      expect((await ask(world, people.mia, `/wallaroo user ${me}`)).text, me).toContain(id);
    expect((await ask(world, people.mia, '/wallaroo users me')).text).toContain('mia@ex.co');
    const modal = await askModal(world, people.ada, '/wallaroo activate me back from leave');
    expect(modal.text).toContain('Activate ada@ex.co');
    expect(initial(modal, 'back from leave')).toBe(true);
    const { people: profiles } = world.slack.workspace.state;
    profiles.set('U0MIA', { ...world.slack.workspace.person('U0MIA'), email: undefined });
    world.advance(61_000);
    expect((await ask(world, people.mia, '/wallaroo user me')).text).toContain('does not show me your email');
  });

  test('of several words is one, and the reason begins behind it', async () => {
    const world = await startWorld();
    for (const name of ['Nora Lind', '"Nora Lind"', 'Lind, Nora', 'Nora Lind <nora@ex.co>', 'nora@ex.co,']) {
      const modal = await askModal(world, people.ada, `/wallaroo activate ${name} back from leave`);
      expect(modal.text, name).toContain('Activate nora@ex.co');
      expect(initial(modal, 'back from leave'), name).toBe(true);
    }
  });

  test('in the field of a form is read the same way', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    for (const name of ['`nora@ex.co`', 'Nora Lind <nora@ex.co>', 'a_b@ex.co\u200b']) {
      await askModal(world, people.ada, '/wallaroo activate');
      const [first = ''] = await ada.search('Whom do you want to activate?', name);
      await ada.choose('Whom do you want to activate?', first);
      const modal = await nextModal(world, people.ada, () => ada.submit());
      expect(modal.text, name).toMatch(/Activate (nora|a_b)@ex\.co/);
    }
    await askModal(world, people.ada, '/wallaroo activate');
    expect(await ada.search('Whom do you want to activate?', 'nora@ex.co olga@ex.co')).toEqual([]);
  });

  test('is searched for by `users` and `audit` the same way', async () => {
    const world = await startWorld();
    for (const words of ['`nora@ex.co`', '“Lind”', 'no\u200bra', 'LIND nora', 'active novak'])
      expect((await ask(world, people.mia, `/wallaroo users ${words}`)).text, words).toMatch(
        /nora@ex\.co|steve@ex\.co/,
      );
    await askModal(world, people.ada, '/wallaroo activate nora@ex.co');
    await submit(world, people.ada);
    for (const who of [
      '`nora@ex.co`',
      'Nora <nora@ex.co> since two weeks',
      'me',
      'since 3 days, nora@ex.co.',
    ])
      expect((await ask(world, people.ada, `/wallaroo audit ${who}`, GENERAL)).text, who).toContain(
        'nora@ex.co',
      );
  });

  test('that is a group or a channel is said to be nobody', async () => {
    const world = await startWorld();
    expect((await ask(world, people.mia, '/wallaroo user @wallaroo-admins')).text).toContain(
      'is a group of people',
    );
    expect((await askModal(world, people.ada, '/wallaroo activate #general')).text).toContain('is a channel');
  });
});

describe('several who are named', () => {
  test('are both named by `invite`, which changes nobody', async () => {
    const world = await startWorld();
    const taken = world.wallaroo.seats();
    for (const both of ['nora@ex.co new@ex.co', 'nora@ex.co, new@ex.co', 'nora@ex.co and new@ex.co please']) {
      const modal = await askModal(world, people.ada, `/wallaroo invite ${both}`);
      expect(modal.text, both).toContain('You named 2 people: nora@ex.co and new@ex.co');
      expect(modal.text).toContain('/wallaroo invite nora@ex.co and /wallaroo invite new@ex.co');
      expect(modal.submit).toBeUndefined();
    }
    expect(world.wallaroo.seats()).toEqual(taken);
  });

  test('are told by `user`, and a third by `swap`', async () => {
    const world = await startWorld();
    expect((await ask(world, people.mia, '/wallaroo user nora@ex.co @ben')).text).toContain(
      'You named 2 people: nora@ex.co and @ben',
    );
    const modal = await askModal(world, people.ada, '/wallaroo swap steve@ex.co nora@ex.co olga@ex.co');
    expect(modal.text).toContain(
      'You named 3 people: steve@ex.co, nora@ex.co and olga@ex.co. A swap takes two: who leaves, and who comes.',
    );
    for (const two of [
      'steve@ex.co nora@ex.co',
      'steve@ex.co, nora@ex.co',
      'steve@ex.co|nora@ex.co',
      'steve@ex.co against nora@ex.co',
      'Steve Novak for Nora Lind',
    ]) {
      const swap = await askModal(world, people.ada, `/wallaroo swap ${two} as agreed`);
      expect(swap.text, two).toMatch(/Deactivate steve@ex\.co[\s\S]*Activate nora@ex\.co/);
      expect(initial(swap, 'as agreed'), two).toBe(true);
    }
  });

  test('are not seen where a word of the reason stands between them', async () => {
    const world = await startWorld();
    const modal = await askModal(world, people.ada, '/wallaroo activate nora@ex.co because boss@ex.co asked');
    expect(modal.text).toContain('Activate nora@ex.co');
    expect(initial(modal, 'because boss@ex.co asked')).toBe(true);
  });
});

/** A world whose license has room. */
const roomy = (): Promise<World> => startWorld({ settings: { LICENSE_SEATS: '12' } });

async function expectEnd(world: World, who: string, ms: number): Promise<void> {
  world.advance(ms - 5 * 60_000);
  await world.bot.settled();
  expect(world.isActive(who)).toBe(true);
  world.advance(10 * 60_000);
  await untilActive(world, who, false);
}

describe('a time as people type it', () => {
  test.each([
    ['for 7 days', 7 * DAY],
    ['for 12 h, back from leave', DAY / 2],
    ['back from leave for a week.', 7 * DAY],
    ['for two weeks', 14 * DAY],
    ['for 1.5 days', 1.5 * DAY],
    ['for 90min', DAY / 16],
    ['for 1 month', 30 * DAY],
    ['(7 days)', 7 * DAY],
  ])('ends the activation: %s', async (typed, ms) => {
    const world = await roomy();
    await askModal(world, people.ada, `/wallaroo activate nora@ex.co ${typed}`);
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
    await expectEnd(world, 'nora@ex.co', ms);
  });

  test('a day is read in the zone of who types, and shown as it was read', async () => {
    const world = await roomy();
    world.wallaroo.state.setEnabled('mia@ex.co', true);
    const tomorrow = new Date(world.now().getTime() + 2 * DAY).toISOString().slice(0, 10);
    const modal = await askModal(
      world,
      people.mia,
      `/wallaroo activate nora@ex.co until ${tomorrow} 12:00 for the audit`,
    );
    expect(modal.text).toMatch(/I read until \S+ 12:00 as until .*, 12:00 \(America\/New_York\)/);
    expect(initial(modal, `until ${tomorrow} 12:00`)).toBe(true);
    expect(initial(modal, 'for the audit')).toBe(true);
  });

  test.each([
    ['for 900 days', '900 days', 'more than a year'],
    ['for 3 dayz', '3 dayz', 'do not understand'],
    ['for 7', '7', 'do not understand'],
    ['until yesterday', 'until yesterday', 'moment has passed'],
    ['until 32 Dec', 'until 32 Dec', 'do not understand'],
    ['until the audit is done', 'until the audit is done', 'do not understand'],
    ['for 10,000 minutes', '10,000 minutes', 'do not understand'],
    ['for 2 nights', '2 nights', 'do not understand'],
  ])('that cannot be taken stands in its field with its error: %s', async (typed, inField, problem) => {
    const world = await roomy();
    const modal = await askModal(world, people.ada, `/wallaroo activate nora@ex.co ${typed}, new here`);
    expect(initial(modal, inField)).toBe(true);
    expect(initial(modal, 'new here')).toBe(true);
    expect(modal.text).toContain(`${inField} stands in For how long`);
    const ada = world.slack.as(people.ada);
    const { errors } = await ada.submit();
    expect(errors['For how long']).toContain(problem);
    expect(world.isActive('nora@ex.co')).toBe(false);
    await ada.choose('For how long', '1 week');
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
  });

  test('within a reason stays there, and is pointed out', async () => {
    const world = await roomy();
    const modal = await askModal(
      world,
      people.ada,
      '/wallaroo activate nora@ex.co waited for 3 days, so let her in',
    );
    expect(initial(modal, 'waited for 3 days, so let her in')).toBe(true);
    expect(modal.text).toContain('The reason says for 3 days');
    const bare = await askModal(world, people.ada, '/wallaroo activate nora@ex.co trial, her 3 days');
    expect(initial(bare, 'trial, her 3 days')).toBe(true);
    expect(bare.text).toContain('The reason says 3 days');
    const other = await askModal(world, people.ada, '/wallaroo activate nora@ex.co for the Q4 launch');
    expect(initial(other, 'for the Q4 launch')).toBe(true);
    expect(other.text).not.toContain('The reason says');
  });

  test('ends no deactivation and no invitation, which is said', async () => {
    const world = await roomy();
    const leaving = await askModal(world, people.ada, '/wallaroo deactivate steve@ex.co for 2 weeks');
    expect(leaving.text).toContain('not a deactivation: 2 weeks stays in the reason');
    expect(initial(leaving, 'for 2 weeks')).toBe(true);
    const coming = await askModal(world, people.ada, '/wallaroo invite new@ex.co for 2 weeks');
    expect(coming.text).toContain('not an invitation: 2 weeks stays in the reason');
    expect(initial(coming, 'for 2 weeks')).toBe(true);
  });
});

describe('an email to invite', () => {
  test.each([
    ['"new@ex.co"', 'new@ex.co'],
    ['`new@ex.co`', 'new@ex.co'],
    ['New Comer <new@ex.co>', 'new@ex.co'],
    ['new@ex.co.', 'new@ex.co'],
    ['\u200bnew@ex.co', 'new@ex.co'],
    ['jörg@müller.example', 'jörg@müller.example'],
    ['a&b@ex.co', 'a&b@ex.co'],
    ["o'neil@ex.co", "o'neil@ex.co"],
    ['o’neil@ex.co', "o'neil@ex.co"],
    ['new+test@ex.photography', 'new+test@ex.photography'],
    ['@ben', 'ben@ex.co'],
  ])('%s invites %s', async (typed, email) => {
    const world = await roomy();
    const modal = await askModal(world, people.ada, `/wallaroo invite ${typed}`);
    expect(modal.text).toContain(`Invite ${email}`);
    expect((await submit(world, people.ada)).text).toContain(`${email} is invited`);
    expect(world.wallaroo.state.find(email)).toMatchObject({ email, enabled: true });
    const card = await newMessage(world, people.ada, LICENSE, () =>
      world.slack.as(people.ada).type(LICENSE, `/wallaroo user \`${email}\``),
    );
    expect(card.text).toContain(email);
    expect(card.text).not.toContain('not a valid address');
  });

  test.each([
    ['new@localhost', 'has no dot'],
    ['new@@ex.co', 'email'],
    ['"a b"@ex.co', 'email address to invite'],
    ['nora lind', 'email address to invite'],
    ['@wallaroo-admins', 'is a group of people'],
  ])('%s is refused in words', async (typed, words) => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ seats: 12 }) } });
    expect((await askModal(world, people.ada, `/wallaroo invite ${typed}`)).text).toContain(words);
  });
});
