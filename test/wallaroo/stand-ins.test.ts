import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StandInName, standInAnswers, standInNames } from '../../sandbox/wallaroo/stand-in-answers.ts';
import type { EndpointName } from '../../sandbox/wallaroo/supported.ts';
import type { WallarooClient } from '../../src/wallaroo/client.ts';
import type { WallarooError } from '../../src/wallaroo/errors.ts';
import { isPlatforms } from '../../src/wallaroo/stand-in.ts';
import { statusError } from '../../src/wallaroo/status-error.ts';
import { failure, idOf, type Started, start } from './support.ts';

type Run = (client: WallarooClient, id: string, workspaceId: number) => Promise<unknown>;
type Asked = readonly [string, EndpointName, 'keycloak' | 'api', Run];

const reads: readonly Asked[] = [
  ['a sign-in', 'token', 'keycloak', (client) => client.account()],
  ['a user of Keycloak', 'keycloak.users.get', 'keycloak', (client, id) => client.getUser(id)],
  ['an email in Keycloak', 'keycloak.users.list', 'keycloak', (client) => client.findUserByEmail('a@ex.co')],
  ['a role', 'keycloak.users.roles', 'keycloak', (client, id) => client.isPlatformAdministrator(id)],
  ['the list of users', 'users.query', 'keycloak', (client) => client.listUsers({ fresh: true })],
  ['a user of the API', 'users.query', 'api', (client, id) => client.getUser(id)],
  ['workspaces by GraphQL', 'graphql', 'keycloak', (client) => client.workspaces()],
];

const writes: readonly Asked[] = [
  [
    'a switch in Keycloak',
    'keycloak.users.put',
    'keycloak',
    (client, id) => client.setUserEnabled(id, false),
  ],
  ['a switch by the API', 'users.deactivate', 'api', (client, id) => client.setUserEnabled(id, false)],
  ['an invitation', 'users.invite', 'keycloak', (client) => client.inviteUser('new@ex.co')],
  ['a new account', 'keycloak.users.create', 'keycloak', (client) => client.inviteInKeycloak('new@ex.co')],
  [
    'a membership',
    'workspaces.add_user',
    'keycloak',
    (client, id, workspaceId) => client.setMembership(workspaceId, id, 'OWNER'),
  ],
];

/** Nothing at all with a success is what Keycloak sends as well; that it did nothing, the reading back tells. */
const named = standInNames.filter((name) => name !== 'empty-200');

const isSignIn = (name: StandInName): boolean => standInAnswers[name].status === 401;

/** A client that has heard of every part of the platform. */
async function begin(
  usersVia: 'keycloak' | 'api',
  workspaceName = 'shared',
): Promise<Started & { id: string; workspaceId: number }> {
  const started = await start({ usersVia });
  const { client, sandbox } = started;
  const id = idOf(sandbox, 'steve');
  const workspace = sandbox.state.addWorkspace(workspaceName, idOf(sandbox, 'mia@ex.co'));
  await client.listUsers();
  await client.workspaces();
  await client.isPlatformAdministrator(id);
  return { ...started, id, workspaceId: workspace.id };
}

/** Passing, in a sentence, and nothing of the answer, of its query or of a secret in it. */
function expectPassing(error: WallarooError, name: StandInName, password: string): void {
  expect(error, name).toMatchObject({ retryable: true });
  expect(error.userMessage, name).toMatch(/^[A-Z].{20,}\.$/);
  expect(error.message, name).toMatch(/^(GET|POST|PUT) \/(auth|v1)\//);
  const told = JSON.stringify([error.message, error.userMessage, error.detail, String(error.cause)]);
  for (const secret of ['<html', 'default backend', "nobody's-business", 'that-is-nobodys', password])
    expect(told, name).not.toContain(secret);
}

describe.each(reads)('%s (%s, users via %s)', (_name, endpoint, usersVia, run) => {
  it('is asked for again when something else answers in its place, then said to be away for now', async () => {
    const { client, sandbox, asked, clock, id, workspaceId } = await begin(usersVia);
    for (const name of named) {
      // Tokens live for a minute.
      if (endpoint === 'token') clock.advanceSeconds(7200);
      const before = asked(endpoint);
      sandbox.faults.set(endpoint, { standIn: name });
      expectPassing(await failure(run(client, id, workspaceId)), name, sandbox.account.password);
      expect(asked(endpoint) - before, name).toBeGreaterThanOrEqual(isSignIn(name) ? 2 : 3);
      if (endpoint === 'token') clock.advanceSeconds(7200);
      sandbox.faults.set(endpoint, { standIn: name, times: isSignIn(name) ? 1 : 2 });
      await run(client, id, workspaceId);
      sandbox.faults.clear();
    }
  });
});

describe.each(writes)('%s (%s, users via %s)', (_name, endpoint, usersVia, run) => {
  it('that something else answers is looked for, not repeated, and worth another try', async () => {
    const { client, sandbox, asked, id, workspaceId } = await begin(usersVia);
    for (const name of named) {
      const before = asked(endpoint);
      sandbox.faults.set(endpoint, { standIn: name });
      expectPassing(await failure(run(client, id, workspaceId)), name, sandbox.account.password);
      // Once more with a new token; and `fetch` itself takes a 421 to another connection (RFC 9110, 15.5.20).
      const most = isSignIn(name) || name === 'misdirected-421' ? 2 : 1;
      expect(asked(endpoint) - before, name).toBeLessThanOrEqual(most);
      expect(sandbox.state.user('steve').enabled).toBe(true);
      expect(sandbox.state.find('new@ex.co')).toBeUndefined();
      sandbox.faults.clear();
    }
    await run(client, id, workspaceId);
  });

  it('that was done although something else answers is found to be done', async () => {
    for (const name of ['envoy-404', 'login-302', 'login-200', 'cloudflare-524', 'kong-200'] as const) {
      const { client, sandbox, asked, id, workspaceId } = await begin(usersVia);
      const before = asked(endpoint);
      sandbox.faults.set(endpoint, { standIn: name, applies: true });
      await run(client, id, workspaceId);
      expect(asked(endpoint) - before, name).toBe(1);
    }
  });
});

describe('an address', () => {
  it.each([
    ['ingress-404', /^No Wallaroo answers at the configured address: check WALLAROO_URL/],
    ['maintenance-405', /check WALLAROO_URL/],
    ['https-308', /set WALLAROO_URL and WALLAROO_AUTH_URL to the final one/],
    ['login-200', /check WALLAROO_URL/],
    ['firewall-403', /does not let the bot through/],
  ] as const)('at which Wallaroo has never answered is said to be wrong (%s)', async (name, sentence) => {
    const { connect, sandbox } = await start();
    for (const endpoint of ['token', 'users.query', 'graphql', 'keycloak.users.get'] as const) {
      const client = connect();
      sandbox.faults.clear();
      sandbox.faults.set(endpoint, { standIn: name });
      const ask = endpoint === 'graphql' ? client.workspacesOf('x') : client.getUser('x');
      const error = await failure(endpoint === 'users.query' ? client.listUsers() : ask);
      expect(error.userMessage).toMatch(sentence);
    }
  });

  it('at which Wallaroo has answered is right: it is away', async () => {
    const { client, sandbox } = await begin('keycloak');
    for (const name of ['ingress-404', 'login-302'] as const) {
      sandbox.faults.set('users.query', { standIn: name });
      expect(await failure(client.listUsers({ fresh: true }))).toMatchObject({
        name: 'WallarooUnreachable',
        code: 'away',
      });
    }
  });

  it("of Keycloak's admin REST that a proxy keeps to itself slows no list down", async () => {
    for (const name of ['ingress-404', 'firewall-403', 'login-302'] as const) {
      const { client, sandbox, waits } = await start({ usersVia: 'api' });
      sandbox.faults.set('keycloak.users.count', { standIn: name });
      expect((await client.listUsers()).length).toBeGreaterThan(1);
      expect(waits).toEqual([]);
    }
  });
});

it("Wallaroo's own refusals stay what they are", async () => {
  const { client, sandbox, id } = await begin('keycloak');
  sandbox.faults.set('users.query', { status: 403 });
  expect(await failure(client.listUsers({ fresh: true }))).toMatchObject({ code: 'missing_permission' });
  sandbox.faults.set('users.query', { status: 404 });
  expect(await failure(client.listUsers({ fresh: true }))).toMatchObject({
    code: 'unknown_address',
    retryable: false,
  });
  sandbox.faults.set('users.query', { status: 422, body: 'missing field `user_ids` at line 1' });
  expect(await failure(client.listUsers({ fresh: true }))).toMatchObject({ retryable: false });
  sandbox.faults.set('keycloak.users.get', { status: 404 });
  expect(await client.getUser(id)).toBeUndefined();
});

interface Recorded {
  readonly status: number;
  readonly body: unknown;
}

const recorded = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8'));

/** Of several calls in a row the recording has several bodies in one. */
const isOne = ({ body }: Recorded): boolean =>
  Object.values(body ?? {}).every((value) => typeof value === 'string' || Array.isArray(value));

it.each(['21.1.1', '21.1.1-user-profile', '26.7.3'])(
  'takes every refusal of a real Keycloak %s for its own',
  (release) => {
    const answers = Object.entries(recorded(`keycloak/${release}`) as Record<string, Recorded>);
    const refusals = answers.filter(([, one]) => one.status >= 400 && isOne(one));
    expect(refusals.length).toBeGreaterThan(20);
    const call = { method: 'GET', path: '/auth/admin/realms/master/users' };
    for (const [name, { status, body }] of refusals) expect(isPlatforms(call, status, body), name).toBe(true);
  },
);

it("takes a recorded refusal of the platform's API for its own", () => {
  const call = { method: 'POST', path: '/v1/api/users/invite' };
  expect(isPlatforms(call, 403, recorded('wallaroo/users-invite-403'))).toBe(true);
});

it('a refresh that something else answers is followed by a sign-in', async () => {
  const { client, sandbox, clock, asked } = await begin('keycloak');
  clock.advanceSeconds(60);
  const before = asked('token');
  sandbox.faults.set('token', { standIn: 'firewall-403', times: 3 });
  await client.listUsers({ fresh: true });
  expect(asked('token') - before).toBe(4);
});

describe('memberships', () => {
  it('are ended by GraphQL where something in between does not pass the usual call on', async () => {
    const { client, sandbox, workspaceId, id } = await begin('keycloak');
    await client.setMembership(workspaceId, id, 'COLLABORATOR');
    sandbox.faults.set('workspaces.remove_user', { standIn: 'envoy-404' });
    const { after } = await client.setMembership(workspaceId, id, undefined);
    expect(after.members.map(({ userId }) => userId)).not.toContain(id);
  });

  it('that were lost while Wallaroo went away come back with the next try', async () => {
    const { client, sandbox, workspaceId, id } = await begin('keycloak');
    sandbox.setSwitches({ repeatSetsRole: false });
    await client.setMembership(workspaceId, id, 'COLLABORATOR');
    sandbox.faults.set('workspaces.add_user', { standIn: 'ingress-404', skip: 1 });
    expect(await failure(client.setMembership(workspaceId, id, 'OWNER'))).toMatchObject({
      code: 'membership_lost',
      retryable: true,
    });
    sandbox.faults.clear();
    const { after } = await client.setMembership(workspaceId, id, 'OWNER');
    expect(after.members.find(({ userId }) => userId === id)?.role).toBe('OWNER');
  });
});

describe('who is a platform administrator', () => {
  it('by a group is still told once Wallaroo is back, and never denied while it is away', async () => {
    const { client, sandbox, id } = await begin('keycloak');
    sandbox.state.updateUser('steve', { groupRoles: ['admin'] });
    sandbox.faults.set('keycloak.users.allRoles', { standIn: 'ingress-404', times: 3 });
    expect(await client.isPlatformAdministrator(id)).toBe(true);
    for (const endpoint of ['keycloak.users.roles', 'keycloak.users.allRoles'] as const)
      sandbox.faults.set(endpoint, {
        standIn: 'ingress-404',
        skip: endpoint.endsWith('users.roles') ? 1 : 0,
      });
    expect(await failure(client.isPlatformAdministrator(id))).toMatchObject({ code: 'away' });
  });

  it('is told by the direct roles where a proxy passes the other question on to nobody', async () => {
    const { client, sandbox, id } = await begin('keycloak');
    sandbox.faults.set('keycloak.users.allRoles', { standIn: 'nginx-404' });
    expect(await client.isPlatformAdministrator(id)).toBe(false);
  });
});

it('no refusal in another shape than the platform has is for ever, and none is quoted', () => {
  const paths = ['/auth/admin/realms/master/users/1', '/v1/api/users/query', '/v1/graphql'];
  const strange = fc.oneof(
    fc.string().map((text) => `<html>${text}`),
    fc.record({ message: fc.string() }),
    fc.record({ error_msg: fc.string() }),
    fc.record({ statusCode: fc.nat(), error: fc.string(), message: fc.string() }),
    fc.record({ success: fc.boolean(), errors: fc.array(fc.record({ code: fc.nat() })) }),
    fc.array(fc.nat()),
    fc.constant(null),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 300, max: 599 }),
      fc.constantFrom(...paths),
      fc.constantFrom('GET', 'POST', 'PUT'),
      strange,
      (status, path, method, body) => {
        const error = statusError({ method, path }, { status, headers: new Headers(), body });
        expect(error.retryable || error.code === 'unauthorized').toBe(true);
        expect(error.message).not.toContain('<html>');
        expect(error.message.length).toBeLessThan(500);
      },
    ),
  );
});
