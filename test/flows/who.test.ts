import { describe, expect, test } from 'vitest';
import { ask, askModal, newMessage, nextModal } from './acting.ts';
import { LICENSE, people, startWorld } from './world.ts';

describe('<who>', () => {
  test('is an email in any case, an address that Slack made a link, a mention, a username, an id or a unique part', async () => {
    const world = await startWorld();
    const steve = world.wallaroo.state.user('steve');
    const forms = [
      'steve@ex.co',
      'STEVE@EX.CO',
      '@steve',
      'steve',
      'novak',
      'Steve Novak',
      steve.id,
      '"steve@ex.co"',
    ];
    for (const form of forms)
      expect((await ask(world, people.mia, `/wallaroo user ${form}`)).text, form).toContain(steve.id);
    for (const form of ['DANA.mixed@ex.co', 'dana'])
      expect((await ask(world, people.mia, `/wallaroo user ${form}`)).text).toMatch(/^Dana\.Mixed@Ex\.co/);
  });

  test('a mention finds the person by their Slack email only, never by a part of it', async () => {
    const world = await startWorld();
    world.wallaroo.state.removeUser('steve');
    const { text, buttons } = await ask(world, people.mia, '/wallaroo user @steve');
    expect(text).toContain('No user of this Wallaroo instance matches steve@ex.co');
    expect(buttons).toContain('asteve@ex.co');
  });

  test('a mention of somebody whose profile shows no email says so, in a message and in a modal', async () => {
    const world = await startWorld();
    const { people: profiles } = world.slack.workspace.state;
    profiles.set('U0STEVE', { ...world.slack.workspace.person('U0STEVE'), email: undefined });
    expect((await ask(world, people.mia, '/wallaroo user @steve')).text).toContain(
      "does not show me that person's email",
    );
    expect((await askModal(world, people.mia, '/wallaroo activate @steve')).text).toContain(
      "does not show me that person's email",
    );
  });

  test('several that match are offered as buttons, and the pressed one is shown', async () => {
    const world = await startWorld();
    const { slack } = world;
    const offer = await ask(world, people.mia, '/wallaroo user wallaroo.ai');
    expect(offer.text).toContain('2 users match wallaroo.ai. Whom do you mean?');
    expect(offer.buttons).toEqual(['john.hummel+signuptest@wallaroo.ai', 'testuser@wallaroo.ai']);
    const card = await newMessage(world, people.mia, LICENSE, () =>
      slack.as(people.mia).press(offer, 'testuser@wallaroo.ai'),
    );
    expect(card.text).toMatch(/^testuser@wallaroo\.ai/);
  });

  test('in a modal the choice goes on to the confirmation of exactly that user, reason kept', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    const offer = await askModal(world, people.ada, '/wallaroo activate stev back from leave');
    expect(offer.buttons).toEqual(['asteve@ex.co', 'steve@ex.co']);
    const confirm = await nextModal(world, people.ada, () => ada.press('modal', 'asteve@ex.co'));
    expect(confirm.text).toContain('Activate asteve@ex.co');
    expect(JSON.stringify(confirm.blocks)).toContain('back from leave');
    expect(confirm.submit).toBe('Activate');
  });

  test('none that matches says so and offers the nearest', async () => {
    const world = await startWorld();
    const { text, buttons } = await ask(world, people.mia, '/wallaroo user stve@ex.co');
    expect(text).toContain('No user of this Wallaroo instance matches stve@ex.co');
    expect(buttons[0]).toBe('steve@ex.co');
    const ada = world.slack.as(people.ada);
    const offer = await askModal(world, people.ada, '/wallaroo activate noar@ex.co');
    expect(offer.buttons[0]).toBe('nora@ex.co');
    const confirm = await nextModal(world, people.ada, () => ada.press('modal', 'nora@ex.co'));
    expect(confirm.text).toContain('Activate nora@ex.co');
  });

  test('nobody named is asked for, and is searched for as they are typed anywhere', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    const empty = await askModal(world, people.ada, '/wallaroo activate');
    expect(empty.inputs).toEqual(['Whom do you want to activate?']);
    const label = 'Whom do you want to activate?';
    // Those whom it is about come first; what fits nobody offers the nearest, or an invitation.
    expect((await ada.search(label, '')).at(0)).not.toMatch(/steve|chatops/);
    expect(await ada.search(label, 'Lind, Nora')).toEqual(['nora@ex.co']);
    expect((await ada.search(label, 'me')).at(0)).toBe('ada@ex.co');
    expect((await ada.search(label, 'noar@ex.co')).slice(0, 2)).toEqual(['Invite noar@ex.co', 'nora@ex.co']);
    await ada.choose(label, 'Invite noar@ex.co');
    expect((await nextModal(world, people.ada, () => ada.submit())).text).toContain('Invite noar@ex.co');
    await askModal(world, people.ada, '/wallaroo activate');
    await ada.search(label, 'nora');
    await ada.choose(label, 'nora@ex.co');
    const confirm = await nextModal(world, people.ada, () => ada.submit());
    expect(confirm.text).toContain('Activate nora@ex.co');
  });

  test('nobody named to `user` and `deactivate` is chosen, also while Wallaroo does not answer', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    const asked = await ask(world, people.ada, '/wallaroo user');
    const label = 'Type a name or an email';
    expect(await ada.search(label, 'novak', asked)).toEqual(['steve@ex.co']);
    const card = await newMessage(world, people.ada, LICENSE, () => ada.choose(label, 'steve@ex.co', asked));
    expect(card.text).toContain('steve@ex.co');
    await askModal(world, people.ada, '/wallaroo deactivate');
    world.wallaroo.faults.set('users.query', { status: 500 });
    world.advance(120_000);
    expect((await ada.search('Whom do you want to deactivate?', 'testuser')).at(0)).toBe(
      'testuser@wallaroo.ai',
    );
  });

  test('a reason keeps addresses and mentions as they were typed', async () => {
    const world = await startWorld();
    const modal = await askModal(world, people.ada, '/wallaroo activate nora ask boss@ex.co or @ben & co');
    expect(JSON.stringify(modal.blocks)).toContain('"initial_value":"ask boss@ex.co or @ben & co"');
  });
});
