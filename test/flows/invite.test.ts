import { describe, expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { mailReasons } from '../../src/wallaroo/mail-reasons.ts';
import { readRecords } from '../support/change-records.ts';
import { ask, askModal, submit } from './acting.ts';
import {
  approve,
  chooseLeaver,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  press,
  request,
  saying,
} from './requests.ts';
import { FULL, GENERAL, people, startWorld, type World } from './world.ts';

const INVITE = '/wallaroo invite newcomer@ex.co';

const isThere = ({ wallaroo }: World): boolean => wallaroo.state.find('newcomer@ex.co') !== undefined;

test('an invitation takes a seat, shown before and after, and the person is in the list', async () => {
  const world = await startWorld();
  const { taken } = world.wallaroo.seats();
  const modal = await askModal(world, people.ada, INVITE);
  expect(modal.text).toContain(`Seats: ${taken} → ${taken + 1} of 5`);
  expect((await submit(world, people.ada)).text).toContain('newcomer@ex.co is invited');
  expect(isThere(world)).toBe(true);
  const list = await ask(world, people.ada, '/wallaroo users newcomer', GENERAL);
  expect(list.text).toContain('newcomer@ex.co');
});

test('an invitation of an exempt email is not said to take a seat', async () => {
  const world = await startWorld({
    settings: { SEAT_EXEMPT: 'newcomer@ex.co' },
    wallaroo: { seed: communitySeed({ enabled: FULL, seats: 6 }) },
  });
  await askModal(world, people.ada, INVITE);
  const result = await submit(world, people.ada);
  expect(result.text).toContain('The account is active.');
  expect(result.text).not.toContain('takes a seat');
});

test('at a full license somebody is deactivated in exchange, first', async () => {
  const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
  await askModal(world, people.ada, INVITE);
  const person = world.slack.as(people.ada);
  expect(Object.values((await person.submit()).errors)).toHaveLength(1);
  await chooseLeaver(world, people.ada, 'testuser@wallaroo.ai');
  expect((await submit(world, people.ada)).text).toContain('newcomer@ex.co is invited');
  expect([isThere(world), world.isActive('testuser@wallaroo.ai')]).toEqual([true, false]);
  expect(world.wallaroo.seats().taken).toBe(5);
});

test.each([
  ['a limit of its own', 'sandbox: user limit reached', /license is full/],
  ['a missing right', 'caller lacks the role admin', /lacks the permission/],
  ['nothing that explains it', 'computer says no', /without saying why.*LICENSE_SEATS/],
])('a 403 that means %s is told as that', async (_meaning, msg, words) => {
  const world = await startWorld();
  world.wallaroo.faults.set('users.invite', { status: 403, body: { msg, code: 403 } });
  await askModal(world, people.ada, INVITE);
  expect((await submit(world, people.ada)).text).toMatch(words);
  expect(isThere(world)).toBe(false);
});

test('a 403 without reason means the seats when the last one was taken outside meanwhile', async () => {
  const world = await startWorld();
  const { wallaroo } = world;
  const body = { msg: 'computer says no', code: 403 };
  wallaroo.faults.set('users.invite', { status: 403, body });
  await askModal(world, people.ada, INVITE);
  const stop = wallaroo.on('request', ({ endpoint }) => {
    if (endpoint === 'users.invite') wallaroo.state.setEnabled('ada@ex.co', true);
  });
  expect((await submit(world, people.ada)).text).toMatch(/license is full/);
  stop();
  expect(isThere(world)).toBe(false);
});

test.each([
  ['nonsense', /email address to invite/],
  ['', /email address to invite/],
])('an invitation of %j is refused in words', async (typed, words) => {
  const world = await startWorld();
  expect((await askModal(world, people.ada, `/wallaroo invite ${typed}`)).text).toMatch(words);
});

test('of an account that is active the card is shown, with what can be done about it', async () => {
  const world = await startWorld();
  const modal = await askModal(world, people.ada, '/wallaroo invite STEVE@ex.co');
  expect(modal.text).toContain('STEVE@ex.co already has an active account. Nobody was invited.');
  expect(modal.submit).toBeUndefined();
  expect(modal.buttons).toContain('Deactivate…');
});

describe('somebody whose account has their address as its username, and no email', () => {
  const withBen = async (enabled: boolean): Promise<World> => {
    const world = await startWorld();
    world.wallaroo.state.addUser({ username: 'ben@ex.co', email: undefined, enabled });
    return world;
  };

  test.each(['@ben', 'ben@ex.co', 'BEN@ex.co'])('is not invited once more as %s', async (typed) => {
    const world = await withBen(true);
    const modal = await askModal(world, people.ada, `/wallaroo invite ${typed}`);
    expect(modal.text).toMatch(/ben@ex\.co already has an active account\. Nobody was invited\./i);
    expect(modal.submit).toBeUndefined();
    const form = await press(world, people.ada, 'modal', 'Fix account…');
    expect(form.text).toContain('ben@ex.co');
    expect(form.submit).toBeDefined();
  });

  test.each(['@ben', 'ben@ex.co'])('is activated instead, when asked for as %s', async (typed) => {
    const world = await withBen(false);
    const modal = await askModal(world, people.mia, `/wallaroo invite ${typed} he joins us`);
    expect(modal.text).toContain(
      'ben@ex.co already has an inactive account. It has no email: /wallaroo user',
    );
    expect(modal.submit).toBe('Send request');
    expect(JSON.stringify(modal.blocks)).toContain('"initial_value":"he joins us"');
    expect((await submit(world, people.mia)).text).toContain('activate ben@ex.co');
  });

  test('is not offered to be invited where one chooses whom to activate', async () => {
    const world = await withBen(false);
    await askModal(world, people.ada, '/wallaroo activate');
    expect(await world.slack.as(people.ada).search('Whom do you want to activate?', 'ben@ex.co')).toEqual([
      'ben@ex.co',
    ]);
  });
});

test('an account that is inactive is offered for activation instead', async () => {
  const world = await startWorld();
  const modal = await askModal(world, people.ada, '/wallaroo invite ada@ex.co');
  expect(modal.text).toContain('ada@ex.co already has an inactive account');
  expect(modal.submit).toBe('Activate');
});

describe('where the platform leaves users to Keycloak, as Enterprise does', () => {
  const enterprise = {
    wallaroo: { seed: { ...communitySeed(), edition: 'enterprise' as const } },
    settings: { WALLAROO_EDITION: 'enterprise' },
  };
  const accountsOf = ({ wallaroo }: World) =>
    [...wallaroo.state.users.values()].filter(({ username }) => username === 'newcomer@ex.co');
  const invite = async (world: World) => {
    await askModal(world, people.ada, INVITE);
    return submit(world, people.ada);
  };

  test('the account is made there and Keycloak mails its owner; undone, it is inactive', async () => {
    const world = await startWorld(enterprise);
    const result = await invite(world);
    expect(result.text).toContain('newcomer@ex.co is invited. Keycloak has sent an email with a link');
    const actions = ['UPDATE_PASSWORD', 'VERIFY_EMAIL'];
    expect(accountsOf(world)).toMatchObject([
      { email: 'newcomer@ex.co', enabled: true, emailVerified: false, requiredActions: actions },
    ]);
    expect(world.wallaroo.state.mails).toMatchObject([{ to: 'newcomer@ex.co', actions }]);
    expect(result.text).not.toMatch(/password:|temporary password/i);
    await press(world, people.ada, 'modal', 'Undo');
    expect(world.isActive('newcomer@ex.co')).toBe(false);
    await expectNoLiveButtons(world);
  });

  test('a member asks for it, and hears of it', async () => {
    const world = await startWorld(enterprise);
    const card = await request(world, people.mia, INVITE);
    await approve(world, people.ada, card);
    expect((await saying(world, card, 'Done')).text).toContain('Keycloak has sent an email');
    await dmSaying(world, people.mia, 'newcomer@ex.co is invited');
  });

  test.each([
    ['has no mail server', 'no_mail_server', {}],
    ['cannot send it', 'not_sent', { status: 500 }],
    ['does not say whether it sent it', 'unknown', { cut: true }],
  ] as const)('it is said, with the way on, where the realm %s', async (_, why, fault) => {
    const world = await startWorld({
      ...enterprise,
      wallaroo: { ...enterprise.wallaroo, switches: { mailServer: why !== 'no_mail_server' } },
    });
    if (why !== 'no_mail_server') world.wallaroo.faults.set('keycloak.users.mailActions', fault);
    const result = await invite(world);
    expect(result.text).toContain('newcomer@ex.co has an account now. The account is active');
    expect(result.text).toContain(mailReasons[why]);
    expect(accountsOf(world)).toMatchObject([{ enabled: true }]);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)?.outcome).toBe(`Invited. ${mailReasons[why]}`);
  });

  test('an answer that is lost makes one account and one mail', async () => {
    const world = await startWorld(enterprise);
    world.wallaroo.faults.set('keycloak.users.create', { cutAfterApply: true, times: 1 });
    expect((await invite(world)).text).toContain('newcomer@ex.co is invited');
    expect([accountsOf(world).length, world.wallaroo.state.mails.length]).toEqual([1, 1]);
  });

  test('a fault that passes puts it off; a crash behind the write is found again, and the mail asked about', async () => {
    let writes = 0;
    const faultPoint = async (point: string) => {
      if (point === 'after_write' && ++writes === 1) throw new Error('the process dies');
    };
    const world = await startWorld({ ...enterprise, bot: { faultPoint } });
    world.wallaroo.faults.set('keycloak.users.create', { status: 500, times: 1 });
    expect((await invite(world)).text).toContain('Not done yet');
    world.advance(60_000);
    await world.bot.settled();
    world.advance(60_000);
    await lineSaying(world, 'Keycloak did not say whether it sent them the mail');
    expect([accountsOf(world).length, world.wallaroo.state.mails.length]).toEqual([1, 1]);
    await expectNoLiveButtons(world);
  });

  test('a right that is missing there is told, and nothing is made', async () => {
    const world = await startWorld(enterprise);
    world.wallaroo.faults.set('keycloak.users.create', { status: 403 });
    expect((await invite(world)).text).toContain('lacks the permission');
    expect(accountsOf(world)).toEqual([]);
  });

  test('a limit of seats that the bot was told holds there too, with an exchange', async () => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    const msg = 'user management is not supported in this product configuration';
    world.wallaroo.faults.set('users.invite', { status: 403, body: { msg, code: 403 } });
    await askModal(world, people.ada, INVITE);
    await chooseLeaver(world, people.ada, 'testuser@wallaroo.ai');
    expect((await submit(world, people.ada)).text).toContain('Keycloak has sent an email');
    expect([isThere(world), world.isActive('testuser@wallaroo.ai')]).toEqual([true, false]);
    expect(world.wallaroo.seats().taken).toBe(5);
  });
});
