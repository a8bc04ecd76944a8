import { expect, test } from 'vitest';
import type { SeenMessage, SeenView } from '../../sandbox/slack/person/seen.ts';
import type { Fault } from '../../sandbox/wallaroo/faults.ts';
import { type EndpointName, endpointNames } from '../../sandbox/wallaroo/supported.ts';
import { ask, askModal, nextModal, pass, submit } from './acting.ts';
import { APPROVALS, people, startWorld, type World } from './world.ts';

/** Only where the platform hangs: anywhere else a busy machine is no fault. */
const TIMEOUT_MS = 2000;

/** Everything that can be wrong with an answer of the platform. */
const faults: readonly Fault[] = [
  { status: 401 },
  { status: 403 },
  { status: 404 },
  { status: 409 },
  { status: 429, retryAfterSeconds: 60 },
  { status: 500 },
  { cut: true },
  { malformed: true },
  { status: 200, body: {} },
  { status: 200, body: { users: null, error: 'unknown_error' } },
  { status: 200, body: '<html><body>Sign in</body></html>' },
  { hang: true },
];
/** Those at which a write has not been done: broken JSON comes of one that has. */
const undone = faults.filter(({ malformed }) => malformed !== true);
const lost: readonly Fault[] = [{ cutAfterApply: true }, { malformed: true }, { delayMs: 300 }];

const startFaulty = ({ hang }: Fault, settings: Readonly<Record<string, string>> = {}) =>
  startWorld({ settings, bot: hang === true ? { platformTimeoutMs: TIMEOUT_MS } : {} });

const users = ({ wallaroo }: World) =>
  [...wallaroo.state.users.values()].map(({ username, enabled }) => `${username} ${enabled}`);

/** One sentence for people about Wallaroo: not a dump, not a success. */
function expectSentence({ text }: SeenMessage | SeenView, context: string): void {
  expect(text, context).toMatch(/Wallaroo|Keycloak/);
  expect(text, context).toMatch(/\.(\s|$)/);
  expect(text, context).not.toMatch(/Something went wrong|is now|undefined|Error:|\{"|at .*\.ts/);
}

/** Ada, Ben, Mia and Steve ask at the same time. */
const readers = [
  [people.ada, '/wallaroo users'],
  [people.ben, '/wallaroo user steve'],
  [people.mia, '/wallaroo license'],
  [people.steve, '/wallaroo user novak'],
] as const;

/** Each fault in a world of its own, all at once: most of the time passes in waiting. */
async function withEach(list: readonly Fault[], run: (fault: Fault, name: string) => Promise<void>) {
  await Promise.all(list.map((fault) => run(fault, JSON.stringify(fault))));
}

test.each<EndpointName>(['token', 'users.query', 'keycloak.users.get'])(
  'whatever is wrong with %s, lists, cards and modals say it, and nothing can be submitted',
  (endpoint) =>
    withEach(faults, async (fault, name) => {
      const world = await startFaulty(fault);
      const before = users(world);
      world.wallaroo.faults.set(endpoint, fault);
      // A list of users does not ask for any one of them; a 404 there is a user who is gone.
      const reading =
        endpoint === 'keycloak.users.get' ? readers.filter(([, text]) => text.includes('user ')) : readers;
      const answers = await Promise.all(reading.map(([person, text]) => ask(world, person, text)));
      for (const answer of answers) expectSentence(answer, name);
      const modals = await Promise.all([
        askModal(world, people.ada, '/wallaroo activate nora@ex.co'),
        askModal(world, people.ben, '/wallaroo deactivate steve@ex.co'),
        askModal(world, people.mia, '/wallaroo swap steve@ex.co nora@ex.co'),
        ask(world, people.steve, '/wallaroo help'),
      ]);
      for (const shown of modals) {
        if ('channel' in shown) continue;
        expect(shown.submit, name).toBeUndefined();
        expectSentence(shown, name);
      }
      expect(modals[3].text, name).toContain('an administrator decides');
      expect(users(world)).toEqual(before);
      world.wallaroo.faults.clear();
      // A password that was not accepted is tried again in five minutes, or at once by a bot that was restarted.
      if (endpoint === 'token' && fault.status === 401) {
        await world.bot.stop();
        await world.startAnother();
      }
      expect((await ask(world, people.mia, '/wallaroo users')).text, name).toContain('page 1 of 2');
    }),
);

test('workspaces that cannot be read are said to be so, and keep nobody from deciding', async () => {
  for (const fault of [{ status: 500 }, { hang: true }, { malformed: true }]) {
    const world = await startFaulty(fault);
    world.wallaroo.faults.set('graphql', fault);
    const modal = await askModal(world, people.ada, '/wallaroo deactivate testuser');
    expect(modal.text).toContain('they could not be read');
    expect(modal.submit).toBe('Deactivate');
  }
});

const ways = [
  ['keycloak', 'keycloak.users.put'],
  ['keycloak', 'keycloak.users.get'],
  ['api', 'users.deactivate'],
] as const;

test.each(ways)(
  'a confirmed change via %s says what is wrong with %s, changes and announces nothing, and heals where it can',
  (usersVia, endpoint) =>
    withEach(endpoint === 'keycloak.users.get' ? faults : undone, async (fault, name) => {
      const world = await startFaulty(fault, { WALLAROO_USERS_VIA: usersVia });
      const { slack } = world;
      const before = users(world);
      await askModal(world, people.ada, '/wallaroo deactivate testuser@wallaroo.ai left us');
      world.wallaroo.faults.set(endpoint, fault);
      const result = await submit(world, people.ada);
      expectSentence(result, name);
      expect(users(world), name).toEqual(before);
      await world.bot.settled();
      for (const message of slack.as(people.ada).messages(APPROVALS))
        expect(message.text).not.toContain('is now');
      world.wallaroo.faults.clear();
      if (result.buttons.includes('Try again')) {
        const press = () => slack.as(people.ada).press('modal', 'Try again', { confirmed: true });
        const again = await nextModal(world, people.ada, press);
        const done = again.submit === undefined ? again : await submit(world, people.ada);
        expect(done.text, name).toContain('testuser@wallaroo.ai is now inactive');
      } else {
        expect(result.text, name).toContain('Retrying automatically');
        world.advance(60_000);
      }
      await world.bot.settled();
      expect(world.isActive('testuser@wallaroo.ai'), name).toBe(false);
      const [told, ...more] = slack.as(people.ada).messages(APPROVALS);
      expect(told?.text, name).toContain('testuser@wallaroo.ai is now inactive');
      expect(more, name).toEqual([]);
    }),
);

test.each(ways)(
  'a change via %s whose answer is lost at %s is told as it is, and written once',
  (usersVia, endpoint) =>
    withEach(lost, async (fault, name) => {
      const world = await startFaulty(fault, { WALLAROO_USERS_VIA: usersVia });
      await askModal(world, people.ada, '/wallaroo deactivate testuser@wallaroo.ai left us');
      world.wallaroo.faults.set(endpoint, { ...fault, times: 1 });
      const result = await submit(world, people.ada);
      expect(result.text, name).toContain('testuser@wallaroo.ai is now inactive.');
      expect(world.isActive('testuser@wallaroo.ai'), name).toBe(false);
      const writes = world.wallaroo.requests.filter(({ endpoint: at }) => /put|activate/.test(at));
      expect(writes, name).toHaveLength(1);
    }),
);

test.each([
  ['keycloak.users.put', 503],
  ['keycloak.users.get', 429],
  ['users.query', 503],
] as const)(
  'while Wallaroo asks to be left alone (%s, %i) a change is not tried again',
  async (endpoint, status) => {
    const world = await startWorld();
    await askModal(world, people.ada, '/wallaroo activate nora@ex.co');
    world.wallaroo.faults.set(endpoint, { status, retryAfterSeconds: 120 });
    expect((await submit(world, people.ada)).text).toContain('Retrying automatically');
    const asked = () => world.wallaroo.requests.filter((request) => request.endpoint === endpoint).length;
    const before = asked();
    await pass(world, 100_000);
    expect(asked()).toBe(before);
    world.wallaroo.faults.clear();
    await pass(world, 20_000);
    expect(world.isActive('nora@ex.co')).toBe(true);
  },
);

test('a swap of which the second half fails is taken back, and said to be', async () => {
  const world = await startWorld();
  const before = users(world);
  await askModal(world, people.ada, '/wallaroo swap testuser@wallaroo.ai nora@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 403, skip: 1, times: 1 });
  const result = await submit(world, people.ada);
  expect(result.text).toContain('lacks the permission');
  expect(result.text).toContain('put back');
  expect(users(world)).toEqual(before);
});

/** Nothing of the platform answers, as while it is upgraded; for longer than a reading waits to be tried again. */
function takeAway({ wallaroo }: World): void {
  for (const endpoint of endpointNames) wallaroo.faults.set(endpoint, { status: 503, retryAfterSeconds: 10 });
}

/** Of the approvals channel, the change's card as it stands. */
const cardOf = (world: World): string => world.slack.as(people.ada).messages(APPROVALS).at(-1)?.text ?? '';

/** Half a minute is the longest pause between two tries. */
async function passTries(world: World, tries: number): Promise<void> {
  for (let i = 0; i < tries; i++) await pass(world, 31_000);
}

test('a swap that fails in an outage goes on being taken back until the platform is there again', async () => {
  const world = await startWorld();
  const before = users(world);
  await askModal(world, people.ada, '/wallaroo swap testuser@wallaroo.ai nora@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503, skip: 1 });
  expect((await submit(world, people.ada)).text).toContain('Retrying automatically');
  await passTries(world, 40);
  expect(cardOf(world)).toContain('Not done: Wallaroo itself failed');
  expect(cardOf(world)).toContain('being taken back');
  expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
  world.wallaroo.faults.clear();
  await passTries(world, 1);
  expect(users(world)).toEqual(before);
  expect(cardOf(world)).toContain('Failed: Wallaroo itself failed');
  expect(cardOf(world)).not.toContain('could be taken back');
});

test('what cannot be taken back in hours of tries stays, and the card says so', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo swap testuser@wallaroo.ai nora@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503, skip: 1 });
  await submit(world, people.ada);
  await passTries(world, 360);
  expect(cardOf(world)).toContain('Failed: Wallaroo itself failed');
  expect(cardOf(world)).toContain('Not all that was done could be taken back.');
  expect(cardOf(world)).toContain('testuser@wallaroo.ai is now inactive');
  const writes = () =>
    world.wallaroo.requests.filter(({ endpoint }) => endpoint === 'keycloak.users.put').length;
  const tried = writes();
  await passTries(world, 2);
  expect(writes()).toBe(tried);
});

test('an upgrade of three quarters of an hour puts off what was asked for, and loses none of it', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo activate nora@ex.co');
  takeAway(world);
  expect((await submit(world, people.ada)).text).toContain('Retrying automatically');
  await passTries(world, 90);
  expect(world.isActive('nora@ex.co')).toBe(false);
  expect(cardOf(world)).toContain('Not done yet');
  world.wallaroo.faults.clear();
  await passTries(world, 1);
  expect(world.isActive('nora@ex.co')).toBe(true);
  expect(cardOf(world)).toContain('nora@ex.co is now active');
});

test('who keeps a seat for others while the platform refuses to write gives it up after some minutes', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo activate nora@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 500 });
  await submit(world, people.ada);
  await passTries(world, 20);
  expect(cardOf(world)).toContain('Failed');
});

test('a timed activation ends once the platform is there again, after hours of absence too', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo activate nora@ex.co for 1h');
  await submit(world, people.ada);
  takeAway(world);
  await pass(world, 3_600_000);
  await passTries(world, 200);
  world.wallaroo.faults.clear();
  expect(world.isActive('nora@ex.co')).toBe(true);
  await passTries(world, 1);
  expect(world.isActive('nora@ex.co')).toBe(false);
});

test('what was put off is not put off for longer because the clock is set back', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo activate nora@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503, times: 1 });
  expect((await submit(world, people.ada)).text).toContain('Retrying automatically');
  await pass(world, -3_600_000);
  expect(world.isActive('nora@ex.co')).toBe(true);
});

test.each([
  ['a timed activation that is to end', 'for 1h'],
  ['an activation that was asked for', ''],
])('%s gets its tries to write however long nothing could be read before', async (_, lasting) => {
  const world = await startWorld();
  await askModal(world, people.ada, `/wallaroo activate nora@ex.co ${lasting}`);
  if (lasting === '') takeAway(world);
  await submit(world, people.ada);
  takeAway(world);
  await pass(world, 3_600_000);
  await passTries(world, 40);
  world.wallaroo.faults.clear();
  world.wallaroo.faults.set('keycloak.users.put', { status: 503 });
  await passTries(world, 3);
  expect(world.isActive('nora@ex.co')).toBe(lasting !== '');
  world.wallaroo.faults.clear();
  await passTries(world, 1);
  expect(world.isActive('nora@ex.co')).toBe(lasting === '');
});
