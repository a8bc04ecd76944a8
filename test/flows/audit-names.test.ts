import { expect, it } from 'vitest';
import { ask, askModal, messageNow, submit } from './acting.ts';
import { GENERAL, people, startWorld, type World } from './world.ts';

const audit = (world: World, who: string) => ask(world, people.ada, `/wallaroo audit ${who}`, GENERAL);

async function done(world: World, command: string): Promise<void> {
  await askModal(world, people.ada, command);
  await submit(world, people.ada);
  await world.slack.as(people.ada).close('all');
}

it('finds a user by name, as every other command does, and those of others by what was typed', async () => {
  const world = await startWorld();
  await done(world, '/wallaroo activate nora@ex.co');
  await done(world, '/wallaroo deactivate testuser');
  for (const who of ['Nora Lind', '“Lind”', 'LIND nora since 2d', 'nora', 'nora@ex.co']) {
    const { text } = await audit(world, who);
    expect(text, who).toContain('nora@ex.co');
    expect(text, who).not.toContain('testuser@wallaroo.ai');
  }
});

it('finds one user under the address of before, and who is gone by the address alone', async () => {
  const world = await startWorld();
  await done(world, '/wallaroo activate nora@ex.co');
  world.wallaroo.state.updateUser('nora@ex.co', { email: 'nora.lind@ex.co', username: 'nora.lind@ex.co' });
  // A list of users serves for a while, unless something changes.
  await done(world, '/wallaroo deactivate testuser');
  expect((await audit(world, 'nora.lind@ex.co')).text).toContain('nora@ex.co');
  world.wallaroo.state.removeUser('nora.lind@ex.co');
  expect((await audit(world, 'nora@ex.co')).text).toContain('Changes for nora@ex.co');
});

it('finds all whom a name fits, beside those whose address contains it', async () => {
  const world = await startWorld();
  for (const who of ['nora@ex.co', 'olga@ex.co']) world.wallaroo.state.updateUser(who, { lastName: 'Ek' });
  await done(world, '/wallaroo activate nora@ex.co');
  await done(world, '/wallaroo deactivate nora@ex.co');
  await done(world, '/wallaroo activate olga@ex.co');
  const { text } = await audit(world, 'Ek');
  for (const who of ['nora@ex.co', 'olga@ex.co']) expect(text).toContain(who);
});

it('says of how many more than it searches for at once', async () => {
  const world = await startWorld();
  for (let n = 0; n < 25; n += 1)
    world.wallaroo.state.addUser({
      username: `p${n}@ex.co`,
      email: `p${n}@ex.co`,
      lastName: 'Zwaan',
      enabled: false,
    });
  world.advance(10_000);
  const { text } = await audit(world, 'Zwaan');
  expect(text).toContain('No changes for Zwaan');
  expect(text).toContain('5 more users are called Zwaan and not searched for here: type more of the name.');
});

it('offers the nearest where nobody is called so and nothing is found; a press shows theirs', async () => {
  const world = await startWorld();
  await done(world, '/wallaroo activate nora@ex.co');
  const nothing = await audit(world, 'Nora Lindt');
  expect(nothing.text).toContain('No changes for Nora Lindt.');
  expect(nothing.text).toContain('No user is called that. The nearest:');
  expect(nothing.buttons).toContain('nora@ex.co');
  await world.slack.as(people.ada).press(nothing, 'nora@ex.co');
  await world.slack.until(() =>
    messageNow(world, people.ada, nothing).text.includes('Changes for nora@ex.co') ? true : undefined,
  );
});

it('carries whom it found to the next page and into the CSV', async () => {
  const world = await startWorld();
  for (let n = 0; n < 6; n += 1) {
    await done(world, '/wallaroo activate nora@ex.co');
    await done(world, '/wallaroo deactivate nora@ex.co');
  }
  const first = await audit(world, 'Nora Lind');
  const ada = world.slack.as(people.ada);
  await ada.press(first, 'Older');
  await world.slack.until(() =>
    messageNow(world, people.ada, first).buttons.includes('Newest') ? true : undefined,
  );
  await ada.press(messageNow(world, people.ada, first), 'Export CSV');
  const sent = await world.slack.until(() => ada.dm().find(({ files }) => files.length > 0));
  expect(sent.files[0]?.content?.trimEnd().split('\r\n')).toHaveLength(1 + 12);
});

it('searches for as many users of one name as a button can hold, and counts the rest', async () => {
  const world = await startWorld();
  const idOf = (n: number) => `f:${'8'.repeat(90)}:${n}`;
  for (let n = 0; n < 20; n += 1) {
    const username = `person${n}@ex.co`;
    world.wallaroo.state.addUser({ id: idOf(n), username, email: username, lastName: 'Ek', enabled: false });
  }
  await done(world, '/wallaroo activate person1@ex.co');
  const { text, buttons } = await audit(world, 'Ek');
  expect(text).toContain('person1@ex.co');
  expect(text).toMatch(/\d+ more/);
  expect(buttons).toContain('Export CSV');
});

it('reads the trail by what was typed while Wallaroo is away', async () => {
  const world = await startWorld();
  await done(world, '/wallaroo activate nora@ex.co');
  world.wallaroo.faults.set('users.query', { status: 500 });
  expect((await audit(world, 'nora')).text).toContain('nora@ex.co');
});
