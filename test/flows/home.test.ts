import { describe, expect, test } from 'vitest';
import { askModal, nextModal, submit } from './acting.ts';
import { filledModal, people, startWorld, type World } from './world.ts';

async function openHome({ slack }: World, userId: string) {
  await slack.as(userId).openHome();
  return slack.until(() => slack.as(userId).home());
}

/** Presses in Home and waits for what opens over it. */
async function pressHome(world: World, userId: string, label: string) {
  await world.slack.as(userId).press('home', label);
  return filledModal(world, userId);
}

describe('Home as a control panel', () => {
  test('lists, forms and the trail open over it for administrators', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    const home = await openHome(world, people.ada);
    expect(home.buttons).toEqual(expect.arrayContaining(['Users', 'Invite', 'Swap', 'License', 'Audit']));
    const list = await pressHome(world, people.ada, 'Users');
    expect(list.text).toContain('15 users · page 1 of 2');
    const second = await nextModal(world, people.ada, () => ada.press('modal', 'Next'));
    expect(second.text).toContain('page 2 of 2');
    const idle = await nextModal(world, people.ada, () => ada.press('modal', 'Idle'));
    expect(idle.text).toContain('testuser@wallaroo.ai');
    const form = await nextModal(world, people.ada, () =>
      ada.press('modal', { near: 'testuser@wallaroo.ai' }, 'Deactivate…'),
    );
    expect(form.title).toBe('Deactivate user');
    expect((await submit(world, people.ada)).text).toContain('testuser@wallaroo.ai is now inactive');
    await ada.close('all');
    expect((await pressHome(world, people.ada, 'License')).text).toContain('Wallaroo Community license');
    await ada.close('all');
    expect((await pressHome(world, people.ada, 'Audit')).text).toContain('testuser@wallaroo.ai');
    await ada.close('all');
    expect((await pressHome(world, people.ada, 'Swap')).inputs).toEqual(['Who leaves?', 'Who comes?']);
  });

  test('each seat holder has a menu', async () => {
    const world = await startWorld();
    const { slack } = world;
    await openHome(world, people.ada);
    await slack.as(people.ada).press('home', { near: 'steve@ex.co' }, 'View');
    const card = await filledModal(world, people.ada);
    expect(card.text).toContain('fraud-models OWNER');
    const history = await nextModal(world, people.ada, () => slack.as(people.ada).press('modal', 'History'));
    expect(history.text).toContain('steve@ex.co');
  });

  test('welcomes once, with the own user on top, and gives members no controls of others', async () => {
    const world = await startWorld();
    const { slack } = world;
    const first = await openHome(world, people.mia);
    expect(first.text).toMatch(/^Welcome![^\n]*\n[^\n]*\n[^\n]*\n/);
    expect(first.text).toContain('mia@ex.co');
    for (const label of ['Invite', 'Swap', 'Audit']) expect(first.buttons).not.toContain(label);
    await slack.as(people.mia).openHome();
    await slack.until(() => !slack.as(people.mia).home()?.text.includes('Welcome!'));
    expect((await pressHome(world, people.mia, 'Users')).text).toContain('15 users');
  });
});

describe('forms that begin with nobody', () => {
  test('`invite` asks for the email', async () => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    const form = await askModal(world, people.ada, '/wallaroo invite');
    expect(form.inputs).toEqual(['Email']);
    await ada.fill('Email', 'new.person@ex.co');
    const confirm = await nextModal(world, people.ada, () => ada.submit());
    expect(confirm.text).toContain('Invite new.person@ex.co');
    expect((await submit(world, people.ada)).text).toContain('new.person@ex.co');
    expect(world.isActive('new.person@ex.co')).toBe(true);
  });

  test.each([
    ['steve@ex.co', 'steve@ex.co leaves.', 'Who comes?', 'nora'],
    ['nora', 'nora@ex.co comes.', 'Who leaves?', 'steve@ex.co'],
  ])('`swap %s` keeps them and asks for the other', async (named, said, label, other) => {
    const world = await startWorld();
    const ada = world.slack.as(people.ada);
    const form = await askModal(world, people.ada, `/wallaroo swap ${named}`);
    expect(form.text).toContain(said);
    expect(form.inputs).toEqual([label]);
    await ada.search(label, other);
    await ada.choose(label, /^(?:steve|nora)@ex\.co$/);
    const confirm = await nextModal(world, people.ada, () => ada.submit());
    expect(confirm.title).toBe('Swap users');
    await submit(world, people.ada);
    expect([world.isActive('steve@ex.co'), world.isActive('nora@ex.co')]).toEqual([false, true]);
  });
});
