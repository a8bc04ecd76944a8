import { describe, expect, test } from 'vitest';
import { ask, askModal, newMessage } from './acting.ts';
import { filledModal, LICENSE, people, startWorld } from './world.ts';

describe('words that people type instead of a subcommand', () => {
  test.each([
    ['list', 'Users of this Wallaroo instance'],
    ['list inactive', 'Inactive users'],
    ['list users', '15 users · page 1 of 2'],
    ['list users steve', '2 users matching steve'],
    ['list all users', '15 users · page 1 of 2'],
    ['list the idle users', 'Idle users of this Wallaroo instance'],
    ['show me inactive people nora', '1 user matching nora'],
    ['search people steve', '2 users matching steve'],
    ['list inactive no-people@ex.co', 'no-people@ex.co'],
    ['list workspaces', '16 workspaces'],
    ['show workspaces fraud', '1 workspace matching fraud'],
    ['show workspace fraud-models', 'fraud-models\nid 13'],
    ['show my requests', 'Pending requests'],
    ['view the license', 'Wallaroo Community license'],
    ['show user nora', 'nora@ex.co'],
    ['show me nora', 'nora@ex.co'],
    ['show me', 'ada@ex.co'],
    ['find nora', 'nora@ex.co'],
    ['who is idle?', 'Idle users of this Wallaroo instance'],
    ['who never signed in', 'who never signed in'],
    ['who has a seat?', 'Who holds a seat, idle longest first'],
    ['seats', 'Wallaroo Community license'],
    ['who', 'Users of this Wallaroo instance'],
    ['who steve@ex.co', 'fraud-models OWNER'],
    ['who is nora?', 'nora@ex.co'],
    ['whois nora', 'nora@ex.co'],
    ['pending', 'Pending requests'],
    ['approve', 'Pending requests'],
    ['extend nora', 'nora@ex.co'],
    ['history nora', 'nora'],
    ['wallaroo seats', 'Wallaroo Community license'],
    ['Seats', 'Wallaroo Community license'],
    ['se\u200bats', 'Wallaroo Community license'],
    ['?', '/wallaroo help shows this'],
  ])('`%s` is answered', async (typed, expected) => {
    const world = await startWorld();
    const answer = await ask(world, people.ada, `/wallaroo ${typed}`);
    expect(`${answer.fallback}\n${answer.text}`).toContain(expected);
    expect(answer.text).not.toContain("I don't know");
  });

  test.each([
    ['add nora', 'Activate user', 'nora@ex.co'],
    ['add nora@ex.co', 'Activate user', 'nora@ex.co'],
    ['add new.person@ex.co', 'Invite user', 'new.person@ex.co'],
    ['enable nora for 2 weeks', 'Activate user', 'nora@ex.co'],
    ['access nora', 'Activate user', 'nora@ex.co'],
    ['request access for nora', 'Activate user', 'nora@ex.co'],
    ['remove steve@ex.co', 'Deactivate user', 'steve@ex.co'],
    ['rm steve@ex.co', 'Deactivate user', 'steve@ex.co'],
    ['disable steve@ex.co left', 'Deactivate user', 'steve@ex.co'],
    ['replace testuser with nora', 'Swap users', 'nora@ex.co'],
  ])('`%s` opens the form', async (typed, title, who) => {
    const world = await startWorld();
    const modal = await askModal(world, people.ada, `/wallaroo ${typed}`);
    expect(modal.title).toBe(title);
    expect(modal.text).toContain(who);
  });
});

describe('a command that takes no words', () => {
  test.each([
    ['license of steve', 'license'],
    ['requests of mia', 'requests'],
    ['me and nora', 'me'],
    ['digest off', 'digest'],
    ['report weekly', 'digest'],
    ['approve nora', 'requests'],
  ])('asks what `%s` means, and drops nothing of it', async (typed, meant) => {
    const world = await startWorld();
    const posted = world.slack.as(people.ada).messages(LICENSE).length;
    const asked = await ask(world, people.ada, `/wallaroo ${typed}`);
    expect(asked.text).toBe(`I don't know ${typed}. Did you mean /wallaroo ${meant}?`);
    expect(asked.buttons).toEqual([`Run /wallaroo ${meant}`, 'Help']);
    expect(world.slack.as(people.ada).messages(LICENSE)).toHaveLength(posted + 1);
  });

  test.each(['license please', 'license now?', 'license \u200b'])('is run by `%s`', async (typed) => {
    const world = await startWorld();
    const answer = await ask(world, people.ada, `/wallaroo ${typed}`);
    expect(answer.text).toContain('Wallaroo Community license');
  });
});

describe('a suggestion', () => {
  test('is run by its button, with the words that were typed', async () => {
    const world = await startWorld();
    const { slack } = world;
    const mia = slack.as(people.mia);
    const asked = await ask(world, people.mia, '/wallaroo usr steve@ex.co');
    expect(asked.buttons).toEqual(['Run /wallaroo user steve@ex.co', 'Help']);
    const card = await newMessage(world, people.mia, LICENSE, () => mia.press(asked, /^Run/));
    expect(card.text).toMatch(/^steve@ex\.co/);
    const mention = await ask(world, people.mia, '/wallaroo usser @steve');
    const same = await newMessage(world, people.mia, LICENSE, () => mia.press(mention, /^Run/));
    expect(same.text).toMatch(/^steve@ex\.co/);
  });

  test('of a form opens it, also out of a sentence', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    for (const typed of [
      'deactivat steve@ex.co on leave',
      'please deactivate steve@ex.co on leave',
      'remov steve@ex.co on leave',
    ]) {
      const asked = await ask(world, people.ada, `/wallaroo ${typed}`);
      expect(asked.text).toContain('Did you mean /wallaroo deactivate steve@ex.co on leave?');
      await ada.press(asked, /^Run/);
      const modal = await filledModal(world, people.ada);
      expect(modal.title).toBe('Deactivate user');
      expect(modal.text).toContain('steve@ex.co');
      await ada.close('all');
    }
  });

  test.each([
    ['give me access', 'me'],
    ['I need access', 'me'],
    ['how do I get access', 'me'],
    ['can I get access please', 'me'],
    ['I need access for nora', 'activate nora'],
    ['can somebody deactivate steve@ex.co', 'deactivate steve@ex.co'],
    ['what about me', 'me'],
    ['what is my status', 'me'],
    ['when does my access end?', 'me'],
    ['can I see my account', 'me'],
    ['give me a seat', 'me'],
    ['let me in', 'me'],
    ['what are my workspaces', 'workspaces'],
  ])('of the sentence `%s` is what it names', async (typed, meant) => {
    const world = await startWorld();
    const asked = await ask(world, people.mia, `/wallaroo ${typed}`);
    expect(asked.buttons).toEqual([`Run /wallaroo ${meant}`, 'Help']);
  });

  test('is refused to those who may not run it', async () => {
    const world = await startWorld();
    const asked = await ask(world, people.mia, '/wallaroo digestt');
    const answer = await newMessage(world, people.mia, LICENSE, () =>
      world.slack.as(people.mia).press(asked, /^Run/),
    );
    expect(answer.text).toContain('administrators');
  });
});
