import { describe, expect, test } from 'vitest';
import { ask, messageNow, newMessage } from './acting.ts';
import { filledModal, LICENSE, people, startWorld } from './world.ts';

const FILTERS = ['Active', 'Inactive', 'All', 'Idle', 'Never signed in'];

describe('what people read', () => {
  test('help, without a word and by name, tells administrators and members what they can do', async () => {
    const world = await startWorld();
    const { textOf } = world.slack;
    const ada = textOf(await ask(world, people.ada, '/wallaroo'));
    expect(textOf(await ask(world, people.ada, '/wallaroo HELP'))).toBe(ada);
    for (const part of [
      'Seats: 4 of 5, 1 left',
      'administrator',
      'invite <email>',
      'audit [who]',
      '<who> is an email',
      '[License]',
    ])
      expect(ada).toContain(part);
    const mia = textOf(await ask(world, people.mia, '/wallaroo help'));
    expect(mia).toContain('an administrator decides');
    expect(mia).toContain('activate <who>');
    expect(mia).toContain('invite <email>');
    expect(mia).not.toMatch(/audit|digest/);
  });

  test("help's buttons start a list, the license and the requests", async () => {
    const world = await startWorld();
    const { slack } = world;
    const help = await ask(world, people.mia, '/wallaroo');
    const press = (label: string) =>
      newMessage(world, people.mia, LICENSE, () => slack.as(people.mia).press(help, label));
    expect(slack.textOf(await press('List users'))).toContain('15 users · page 1 of 2');
    expect(slack.textOf(await press('License'))).toContain('Wallaroo Community license');
    expect(slack.textOf(await press('Requests'))).toContain('No request');
  });

  test('users are listed by state and searched by words, addresses as Slack sends them, and mentions', async () => {
    const world = await startWorld();
    const { textOf } = world.slack;
    const list = async (search: string) => textOf(await ask(world, people.mia, `/wallaroo users ${search}`));
    expect(await list('active')).toMatch(/Active users[\s\S]*4 users · page 1 of 1/);
    expect(await list('inactive')).toContain('11 users · page 1 of 2');
    expect(await list('all novak')).toMatch(/1 user matching novak[\s\S]*steve@ex\.co · username steve/);
    expect(await list('STEVE@ex.co')).toContain('2 users matching steve@ex.co');
    expect(await list('active @steve')).toContain('1 user matching steve@ex.co');
    expect(await list('nothing here')).toContain(
      'There is no user matching nothing here. /wallaroo users lists all.',
    );
  });

  test('a list turns its pages in place', async () => {
    const world = await startWorld();
    const { slack } = world;
    const mia = slack.as(people.mia);
    const first = await ask(world, people.mia, '/wallaroo users');
    expect(first.buttons).toEqual([...FILTERS, 'Next', 'Export CSV']);
    await mia.press(first, 'Next');
    const second = await slack.until(() => {
      const now = messageNow(world, people.mia, first);
      return now.text.includes('page 2 of 2') ? now : undefined;
    });
    expect(second.buttons).toEqual([...FILTERS, 'Previous', 'Export CSV']);
    await mia.press(second, 'Previous');
    await slack.until(() => messageNow(world, people.mia, first).text.includes('page 1 of 2'));
    expect(mia.messages(LICENSE)).toHaveLength(1);
  });

  test('a page that has gone meanwhile shows the last one', async () => {
    const world = await startWorld();
    const { slack, wallaroo } = world;
    const first = await ask(world, people.mia, '/wallaroo users inactive');
    for (const name of ['robot', 'nora@ex.co', 'olga@ex.co']) wallaroo.state.removeUser(name);
    world.advance(10_000);
    await slack.as(people.mia).press(first, 'Next');
    // The list of users is kept for some seconds by a clock of its own: either page is right, none is empty.
    await slack.until(() => /page [12] of [12]/.test(messageNow(world, people.mia, first).text));
  });

  test('the menu of a row views, activates and deactivates exactly its user', async () => {
    const world = await startWorld();
    const { slack } = world;
    const ada = slack.as(people.ada);
    const list = await ask(world, people.ada, '/wallaroo users steve');
    const card = await newMessage(world, people.ada, LICENSE, () =>
      ada.press(list, { near: 'asteve@ex.co' }, 'View'),
    );
    expect(card.text).toMatch(/^asteve@ex\.co/);
    await ada.press(list, { near: 'steve@ex.co' }, 'Deactivate…');
    const off = await filledModal(world, people.ada);
    expect([off.title, off.submit]).toEqual(['Deactivate user', 'Deactivate']);
    expect(off.text).toContain('Deactivate steve@ex.co');
    await ada.close('all');
    await ada.press(list, { near: 'asteve@ex.co' }, 'Activate…');
    const on = await filledModal(world, people.ada);
    expect([on.title, on.submit]).toEqual(['Activate user', 'Activate']);
    expect(on.text).toContain('Activate asteve@ex.co');
  });

  test('a card tells everything about a user, what is wrong and how to mend it', async () => {
    const world = await startWorld();
    const { wallaroo, slack } = world;
    const card = async (who: string) => slack.textOf(await ask(world, people.mia, `/wallaroo user ${who}`));
    const steve = await card('steve@ex.co');
    for (const part of [
      'active',
      wallaroo.state.user('steve').id,
      'Steve Novak',
      'Created',
      'Last sign-in',
      'Roles\nuser',
      'fraud-models OWNER (the only owner)',
      'churn-forecast COLLABORATOR',
      'Uploads may fail: username and email differ. Press Fix account… below, or set username and email to the same',
      'Keycloak console',
      '[Deactivate…]',
    ])
      expect(steve).toContain(part);
    expect(steve).not.toContain('old-experiments');
    const robot = await card('robot');
    for (const part of ['inactive', 'Email\nnone', 'it has no email', '[Activate…]'])
      expect(robot).toContain(part);
    expect(await card('axb@ex.co')).toContain('the email is not confirmed');
    expect(await card('john.hummel')).toMatch(/never signed in[\s\S]*an action is pending/);
    const admin = await card('admin');
    expect(admin).toContain('Roles\nadmin');
    expect(admin).not.toMatch(/Uploads may fail|confirmed/);
    // Nothing about the bot's own account is mended from its card.
    wallaroo.state.updateUser('chatops@ex.co', { username: 'chatops' });
    expect(await card('chatops@ex.co')).toMatch(
      /Uploads may fail: username and email differ\. Set username and email to the same(?![\s\S]*Fix account)/,
    );
    expect(await card('asteve')).toContain('platform-tests member');
  });

  test('the buttons of a card open the confirmation', async () => {
    const world = await startWorld();
    const card = await ask(world, people.ada, '/wallaroo user nora');
    await world.slack.as(people.ada).press(card, 'Activate…');
    expect((await filledModal(world, people.ada)).text).toContain('Activate nora@ex.co');
  });

  test('a card does without workspaces that cannot be read, and without dates and roles that are not told', async () => {
    const world = await startWorld({ wallaroo: { switches: { queryRelease: '2022' } } });
    world.wallaroo.faults.set('graphql', { status: 500 });
    const card = await ask(world, people.mia, '/wallaroo user nora');
    expect(card.text).toContain('Workspaces\nThey could not be read');
    expect(card.text).toContain('Last sign-in\nlast sign-in not known');
    expect(card.text).toContain('Roles\nnot known');
  });

  test('the license report tells edition, seats, who holds them, idle longest first, and faulty accounts', async () => {
    const world = await startWorld();
    const { text } = await ask(world, people.mia, '/wallaroo license');
    expect(text).toContain('Wallaroo Community license');
    expect(text).toContain('4 of 5 seats taken');
    const order = ['testuser@wallaroo.ai', 'username admin', 'username steve', 'chatops@ex.co'];
    const places = order.map((who) => text.indexOf(who));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(text).toContain('Uploads may fail for 1 account: steve@ex.co');
  });

  test('what is no subcommand is answered with what may have been meant', async () => {
    const world = await startWorld();
    const meant = async (typed: string) => (await ask(world, people.mia, `/wallaroo ${typed}`)).text;
    expect(await meant('usr steve')).toBe("I don't know usr steve. Did you mean /wallaroo user steve?");
    expect(await meant('lisence')).toContain('/wallaroo license?');
    expect(await meant('steve@ex.co')).toBe(
      "I don't know steve@ex.co. Did you mean /wallaroo user steve@ex.co?",
    );
    const unknown = await ask(world, people.mia, '/wallaroo &lt;!channel&gt;');
    const help = await newMessage(world, people.mia, LICENSE, () =>
      world.slack.as(people.mia).press(unknown, 'Help'),
    );
    expect(help.fallback).toContain('/wallaroo help shows this');
  });

  test('user without anybody named says what to type', async () => {
    const world = await startWorld();
    expect((await ask(world, people.mia, '/wallaroo user')).text).toContain('Whom?');
  });
});
