import { expect, test } from 'vitest';
import type { StandInName } from '../../sandbox/wallaroo/stand-in-answers.ts';
import { endpointNames } from '../../sandbox/wallaroo/supported.ts';
import { ask, askModal, messageNow, newMessage, pass, submit } from './acting.ts';
import { APPROVALS, people, startWorld, type World } from './world.ts';

/** One of each kind. */
const kinds: readonly StandInName[] = [
  'kong-404',
  'closed-499',
  'login-302',
  'proxy-401',
  'firewall-403',
  'headers-431',
];

const WHO = 'testuser@wallaroo.ai';
/** Sandbox words and addresses that nobody may read, nor find in a log. */
const QUOTED = /<html|default backend|no Route|error code: 5|that-is-nobodys|oauth2\/start\?/;

const writesOf = ({ wallaroo }: World): number =>
  wallaroo.requests.filter(({ endpoint }) => endpoint === 'keycloak.users.put').length;

function expectNothingQuoted({ slack, logs }: World, name: string): void {
  for (const { args } of slack.traffic.calls()) expect(JSON.stringify(args), name).not.toMatch(QUOTED);
  expect(JSON.stringify(logs), name).not.toMatch(/<html|default backend|that-is-nobodys/);
}

function everythingIs({ wallaroo }: World, name: StandInName): void {
  for (const endpoint of endpointNames) wallaroo.faults.set(endpoint, { standIn: name });
}

test('a change under way waits while something else answers in the place of Wallaroo, and is made once', () =>
  // Each in a world of its own, all at once: most of the time passes in waiting.
  Promise.all(
    kinds.map(async (name) => {
      const world = await startWorld();
      let active = true;
      for (const endpoint of ['keycloak.users.get', 'keycloak.users.put'] as const) {
        const context = `${name} ${endpoint}`;
        const verb = active ? 'deactivate' : 'activate';
        await askModal(world, people.ada, `/wallaroo ${verb} ${WHO} moved`);
        const before = writesOf(world);
        world.wallaroo.faults.set(endpoint, { standIn: name });
        const result = await submit(world, people.ada);
        expect(result.text, context).toMatch(/Not done yet.*Wallaroo.*Retrying automatically/s);
        expect(result.buttons, context).not.toContain('Try again');
        expect(world.isActive(WHO), context).toBe(active);
        world.wallaroo.faults.clear();
        await pass(world, 60_000);
        active = !active;
        expect(world.isActive(WHO), context).toBe(active);
        // Those that something else answered were asked for again with the next try, once looked for.
        const most = endpoint === 'keycloak.users.put' ? (name === 'proxy-401' ? 3 : 2) : 1;
        expect(writesOf(world) - before, context).toBeLessThanOrEqual(most);
      }
      expectNothingQuoted(world, name);
    }),
  ));

test('an upgrade of all of Wallaroo, sign-in and all, is waited out, and what was approved is done', async () => {
  const world = await startWorld();
  const { slack, wallaroo } = world;
  await askModal(world, people.mia, '/wallaroo activate nora@ex.co back');
  const card = await newMessage(world, people.ada, APPROVALS, () => slack.as(people.mia).submit());
  await ask(world, people.ben, '/wallaroo users');
  const stop = wallaroo.on('request', ({ endpoint }) => {
    if (endpoint !== 'keycloak.users.put') return;
    stop();
    everythingIs(world, 'login-302');
  });
  await slack.as(people.ada).press(card, 'Approve');
  await slack.until(() => messageNow(world, people.ada, card).text.includes('Retrying automatically'));
  everythingIs(world, 'ingress-404');
  // Longer than a token lives.
  for (let minute = 0; minute < 2; minute += 1) await pass(world, 61_000);
  expect(world.isActive('nora@ex.co')).toBe(false);
  expect((await ask(world, people.ben, '/wallaroo users')).text).toContain('as of');
  expect((await ask(world, people.ben, '/wallaroo user steve')).text).toContain('Wallaroo is away');
  wallaroo.faults.clear();
  await pass(world, 61_000);
  await slack.until(() => messageNow(world, people.ada, card).text.includes('is now active'));
  expect([world.isActive('nora@ex.co'), writesOf(world)]).toEqual([true, 2]);
  expectNothingQuoted(world, 'upgrade');
});

test.each(['ingress-404', 'login-200', 'cloudflare-524'] as const)(
  'a write that was done although something else answered (%s) is told as done, and not repeated',
  async (name) => {
    const world = await startWorld();
    await askModal(world, people.ada, `/wallaroo deactivate ${WHO} moved`);
    world.wallaroo.faults.set('keycloak.users.put', { standIn: name, applies: true });
    expect((await submit(world, people.ada)).text).toContain(`${WHO} is now inactive.`);
    expect(writesOf(world)).toBe(1);
  },
);

test('something else that answers for ever ends a change, with what is wrong', async () => {
  const world = await startWorld();
  const { slack } = world;
  await askModal(world, people.ada, `/wallaroo deactivate ${WHO} moved`);
  world.wallaroo.faults.set('keycloak.users.put', { standIn: 'ingress-404' });
  expect((await submit(world, people.ada)).text).toContain('Retrying automatically');
  for (let tries = 1; tries < 180; tries += 1) await pass(world, 31_000);
  expect(writesOf(world)).toBe(180);
  await pass(world, 600_000);
  expect(writesOf(world)).toBe(180);
  const told = slack.as(people.ada).messages(APPROVALS).at(-1);
  expect(told?.text).toContain('Wallaroo is away');
  expect(told?.text).toContain('check WALLAROO_URL');
  expect(told?.buttons).toContain('Try again');
  expect(world.isActive(WHO)).toBe(true);
});

test('an address at which Wallaroo has never answered is said to be wrong', async () => {
  const world = await startWorld({
    before: ({ wallaroo }) => {
      for (const endpoint of endpointNames) wallaroo.faults.set(endpoint, { standIn: 'nginx-404' });
    },
  });
  const told = await ask(world, people.ada, '/wallaroo users');
  expect(told.text).toContain('No Wallaroo answers at the configured address: check WALLAROO_URL');
  world.wallaroo.faults.clear();
  expect((await ask(world, people.ada, '/wallaroo users')).text).toContain('page 1 of 2');
});
