import { describe, expect, test } from 'vitest';
import { ask, askModal, messageNow, newMessage, submit } from './acting.ts';
import { filledModal, LICENSE, people, startWorld, type World } from './world.ts';

const DAY_MS = 86_400_000;

/** What a list shows, a line each. */
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.includes(' · '));

const rowOf = (text: string, who: string): string => linesOf(text).find((line) => line.includes(who)) ?? '';

/** The choices of the menu in a user's row. */
async function choicesOf(world: World, userId: string, command: string, who: string): Promise<string> {
  const list = await ask(world, userId, command);
  const row = list.blocks.find((block) => JSON.stringify(block).includes(who) && 'accessory' in block);
  return JSON.stringify(row?.accessory ?? 'no row');
}

describe('a list of users', () => {
  test('names everybody, tells who is the reader, the bot, protected, and idle days', async () => {
    const world = await startWorld({
      settings: { PROTECTED_USERS: 'testuser@wallaroo.ai', LICENSE_SEATS: '9' },
    });
    const { text } = await ask(world, people.steve, '/wallaroo users active');
    expect(rowOf(text, 'steve@ex.co')).toMatch(
      /^Steve Novak · steve@ex\.co · username steve · active · .*you$/,
    );
    expect(rowOf(text, 'chatops@ex.co')).toMatch(/bot$/);
    expect(rowOf(text, 'testuser')).toMatch(/^Test User · .*last sign-in .* · idle 74 days · protected$/);
    const mine = await ask(world, people.ada, '/wallaroo users active');
    expect(rowOf(mine.text, 'steve@ex.co')).not.toContain('you');
  });

  test('tells until when somebody is active', async () => {
    const world = await startWorld({ settings: { LICENSE_SEATS: '9' } });
    await askModal(world, people.ada, '/wallaroo add nora@ex.co for 7 days the launch');
    await submit(world, people.ada);
    const { text } = await ask(world, people.ada, '/wallaroo users active');
    expect(rowOf(text, 'nora@ex.co')).toMatch(/Nora Lind · nora@ex\.co · active until \d{4}-/);
    expect((await ask(world, people.ada, '/wallaroo user nora')).text).toContain('active until');
    await askModal(world, people.ada, '/wallaroo deactivate nora');
    await submit(world, people.ada);
    const after = await ask(world, people.ada, '/wallaroo users nora');
    expect(rowOf(after.text, 'nora@ex.co')).toContain('inactive');
    expect(after.text).not.toContain('until');
  });

  test('is narrowed by buttons, and keeps the words that were searched for', async () => {
    const world = await startWorld();
    const { slack } = world;
    const list = await ask(world, people.mia, '/wallaroo users all novak');
    const press = async (label: string, expected: RegExp) => {
      await slack.as(people.mia).press(list, label);
      await slack.until(() => expected.test(messageNow(world, people.mia, list).text));
    };
    await press('Active', /Active users[\s\S]*1 user matching novak/);
    await press('Inactive', /There is no inactive user matching novak\./);
    await press('Never signed in', /No user matching novak is among those who never signed in\./);
    await press('Idle', /idle for 30 days or more/);
    await press('All', /1 user matching novak/);
  });

  test.each([
    ['idle', ['testuser@wallaroo.ai'], ['steve@ex.co', 'chatops@ex.co', 'mia@ex.co']],
    ['idle 10 days', ['testuser@wallaroo.ai', 'username admin'], ['chatops@ex.co']],
    ['idle for 2 weeks', ['testuser@wallaroo.ai'], ['username admin']],
    ['IDLE 100d', [], ['testuser@wallaroo.ai']],
    ['idle 60 test', ['testuser@wallaroo.ai'], ['username admin']],
    ['never', ['john.hummel', 'nora@ex.co'], ['steve@ex.co', 'testuser']],
    ['never signed in nora', ['nora@ex.co'], ['john.hummel']],
  ])('`users %s` shows who is meant, idle longest first', async (search, shown, hidden) => {
    const world = await startWorld();
    const { text } = await ask(world, people.mia, `/wallaroo users ${search}`);
    for (const who of shown) expect(text).toContain(who);
    for (const who of hidden) expect(text).not.toContain(who);
    const places = shown.map((who) => text.indexOf(who));
    if (search.startsWith('idle')) expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('is sorted as people sort: capitals and accents aside, numbers by their size', async () => {
    const world = await startWorld({ settings: { WALLAROO_EDITION: 'enterprise' } });
    const names = ['Ágnes', 'álvaro', 'bela', 'Émile', 'eva', 'user2', 'user10', 'Zoe'];
    for (const name of [...names].reverse())
      world.wallaroo.state.addUser({ username: `${name}@sorted.co`, email: `${name}@sorted.co` });
    const { text } = await ask(world, people.mia, '/wallaroo users sorted.co');
    expect(linesOf(text).flatMap((line) => /(\S+)@sorted/.exec(line)?.[1] ?? [])).toEqual(names);
  });

  test('offers nobody for deactivation whom the bot would always refuse, and `user` says why', async () => {
    const world = await startWorld({ settings: { PROTECTED_USERS: 'testuser@wallaroo.ai' } });
    const choices = (userId: string, who: string) => choicesOf(world, userId, '/wallaroo users active', who);
    for (const who of ['username `admin`', 'chatops@ex.co', 'testuser@wallaroo.ai']) {
      expect(await choices(people.ada, who)).toContain('View');
      expect(await choices(people.ada, who)).not.toContain('Deactivate…');
    }
    expect(await choices(people.ada, '`steve@ex.co`')).toContain('Deactivate…');
    expect(await choices(people.steve, '`steve@ex.co`')).not.toContain('Deactivate…');
    const card = await ask(world, people.ada, '/wallaroo user testuser');
    expect(card.buttons).not.toContain('Deactivate…');
    expect(card.text).toContain('protected (setting PROTECTED_USERS)');
  });

  test('while Wallaroo is down shows the last known one and says how old it is', async () => {
    const world = await startWorld();
    const { wallaroo, slack } = world;
    expect((await ask(world, people.ada, '/wallaroo users active')).text).not.toContain('as of');
    wallaroo.faults.set('users.query', { status: 500 });
    world.advance(600_000);
    // A confirmation asks again: the kept list is too old for it.
    expect((await askModal(world, people.ada, '/wallaroo activate nora')).submit).toBeUndefined();
    const old = await ask(world, people.ada, '/wallaroo users active');
    expect(old.text).toMatch(/This list is as of \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(old.text).toContain('steve@ex.co');
    await slack.as(people.ada).press(old, 'Inactive');
    await slack.until(() => /Inactive users[\s\S]*as of/.test(messageNow(world, people.ada, old).text));
    wallaroo.faults.clear();
    await slack.as(people.ada).press(messageNow(world, people.ada, old), 'Active');
    await slack.until(() => {
      const { text } = messageNow(world, people.ada, old);
      return text.includes('Active users') && !text.includes('as of');
    });
  });
});

describe('`idle`', () => {
  test('shows administrators who could free a seat, each with a menu', async () => {
    const world = await startWorld();
    const { slack } = world;
    const list = await ask(world, people.ada, '/wallaroo idle 10d');
    expect(linesOf(list.text).filter((line) => line.includes('idle '))).toHaveLength(2);
    expect(rowOf(list.text, 'testuser')).toContain('idle 74 days');
    expect(list.text).not.toContain('username admin');
    await slack.as(people.ada).press(list, { near: 'testuser@wallaroo.ai' }, 'Deactivate…');
    expect((await filledModal(world, people.ada)).text).toContain('testuser@wallaroo.ai');
    expect((await ask(world, people.mia, '/wallaroo idle')).text).toContain('administrators');
  });

  test('calls nobody idle who was let in just now', async () => {
    const world = await startWorld({ settings: { LICENSE_SEATS: '9' } });
    world.wallaroo.state.addUser({
      username: 'new@ex.co',
      email: 'new@ex.co',
      createdTimestamp: world.now().getTime() - DAY_MS,
      lastLogin: null,
    });
    expect((await ask(world, people.ada, '/wallaroo idle')).text).not.toContain('new@ex.co');
    for (const who of ['nora', 'ivan@ex.co']) {
      await askModal(world, people.ada, `/wallaroo activate ${who}`);
      await submit(world, people.ada);
    }
    const { text } = await ask(world, people.ada, '/wallaroo users idle');
    expect(text).toContain('testuser@wallaroo.ai');
    expect(text).not.toMatch(/nora|ivan/);
    expect(rowOf((await ask(world, people.ada, '/wallaroo users ivan')).text, 'ivan')).not.toContain('idle');
    world.advance(40 * DAY_MS);
    expect((await ask(world, people.ada, '/wallaroo users idle')).text).toMatch(/ivan[^\n]*idle 40 days/);
  });
});

test.each([
  ['is 0', 0],
  ['counts seconds', 1_700_000_000],
])('nobody is idle, or said to have come in 1970, whose date %s', async (_, date) => {
  const world = await startWorld();
  world.wallaroo.state.updateUser('testuser@wallaroo.ai', { createdTimestamp: date, lastLogin: date });
  expect((await ask(world, people.ada, '/wallaroo idle')).text).not.toContain('testuser');
  const { text } = await ask(world, people.ada, '/wallaroo user testuser@wallaroo.ai');
  expect(text).toMatch(/Created\s+not known/);
  expect(text).not.toContain('1970');
  const row = rowOf((await ask(world, people.ada, '/wallaroo users')).text, 'testuser');
  expect(row).not.toMatch(/1970|idle|never/);
});

test('`History` on a card tells what became of exactly this user', async () => {
  const world = await startWorld({ settings: { LICENSE_SEATS: '9' } });
  for (const who of ['asteve@ex.co', 'nora@ex.co']) {
    await askModal(world, people.ada, `/wallaroo activate ${who} for the launch of ${who}`);
    await submit(world, people.ada);
    await world.slack.as(people.ada).close('all');
  }
  await askModal(world, people.ada, '/wallaroo deactivate steve@ex.co on leave');
  await submit(world, people.ada);
  const history = async (who: string) => {
    const card = await ask(world, people.ada, `/wallaroo user ${who}`);
    return newMessage(world, people.ada, LICENSE, () => world.slack.as(people.ada).press(card, 'History'));
  };
  const steve = await history('steve@ex.co');
  expect(steve.text).toContain('on leave');
  expect(steve.text).not.toMatch(/launch/);
  expect((await history('asteve@ex.co')).text).toContain('the launch of asteve@ex.co');
  expect((await history('olga@ex.co')).text).toMatch(/olga@ex\.co/);
  expect((await ask(world, people.mia, '/wallaroo user steve@ex.co')).buttons).not.toContain('History');
});
