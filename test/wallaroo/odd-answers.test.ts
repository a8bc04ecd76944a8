import { describe, expect, it } from 'vitest';
import type { EndpointName } from '../../sandbox/wallaroo/supported.ts';
import type { WallarooClient } from '../../src/wallaroo/client.ts';
import { failure, idOf, start } from './support.ts';

const page = '<html><body>Sign in</body></html>';
const errorOfKeycloak = { error: 'unknown_error' };
const errorOfApi = { msg: 'error querying keycloak server', code: 500 };

/** What gateways, caches and pages of maintenance send with status 200. */
const oddLists: readonly [string, unknown][] = [
  ['null', 'null'],
  ['a list', []],
  ['a number', 7],
  ['nothing', ''],
  ['an empty object', {}],
  ['users that are null', { users: null }],
  ['users in a list', { users: [] }],
  ['a record without an id', { users: { x: {} } }],
  ['an error of Keycloak', errorOfKeycloak],
  ['an error of the API', errorOfApi],
  ['a page', page],
];

describe.each(['keycloak', 'api'] as const)('a list of users that is %s', (usersVia) => {
  it.each(oddLists)('%s, is asked for again, and is never an empty one', async (_name, body) => {
    const { client, sandbox, asked, connect } = await start({ usersVia });
    const whole = await connect().listUsers();
    const before = asked('users.query');
    sandbox.faults.set('users.query', { status: 200, body });
    const error = await failure(client.listUsers());
    expect(error).toMatchObject({ name: 'WallarooUnreadable', retryable: true });
    expect(error.userMessage).toMatch(/not understood|not JSON/);
    expect(asked('users.query')).toBe(before + 3);
    sandbox.faults.set('users.query', { status: 200, body, times: 1 });
    expect(await client.listUsers()).toEqual(whole);
  });
});

type Write = readonly [
  string,
  EndpointName,
  'keycloak' | 'api',
  (client: WallarooClient, id: string) => Promise<unknown>,
];

const writes: readonly Write[] = [
  ['a switch', 'keycloak.users.put', 'keycloak', (client, id) => client.setUserEnabled(id, false)],
  ['a switch', 'users.deactivate', 'api', (client, id) => client.setUserEnabled(id, false)],
  ['an invitation', 'users.invite', 'keycloak', (client) => client.inviteUser('new@ex.co')],
  ['a new account', 'keycloak.users.create', 'keycloak', (client) => client.inviteInKeycloak('new@ex.co')],
  ['the end of sessions', 'keycloak.users.logout', 'keycloak', (client, id) => client.endSessions(id)],
];

describe.each(writes)('%s (%s, users via %s)', (_name, endpoint, usersVia, write) => {
  it.each([
    ['null', 'null'],
    ['a page', page],
    ['an error of Keycloak', errorOfKeycloak],
    ['an error of the API', errorOfApi],
  ])('that is answered 200 with %s is no confirmation, and worth another try', async (_answer, body) => {
    const { client, sandbox } = await start({ usersVia });
    const id = idOf(sandbox, 'steve');
    sandbox.faults.set(endpoint, { status: 200, body });
    expect(await failure(write(client, id))).toMatchObject({ name: 'WallarooUnreadable', retryable: true });
    sandbox.faults.set(endpoint, { status: 200, body, applies: true });
    if (endpoint !== 'keycloak.users.logout') await write(client, id);
  });
});

describe('a sign-in', () => {
  it.each([
    ['with status 200', 200, { error_description: 'Invalid user credentials' }],
    ['in words of its own', 401, { error_description: 'Ungültige Anmeldedaten' }],
    ['without words', 400, {}],
  ])('that is refused %s is tried once', async (_name, status, words) => {
    const { client, sandbox, asked } = await start();
    sandbox.faults.set('token', { status, body: { error: 'invalid_grant', ...words } });
    for (let n = 0; n < 3; n += 1)
      expect(await failure(client.account())).toMatchObject({ code: 'wrong_password' });
    expect(asked('token')).toBe(1);
  });

  it.each([401, 403])('that a gateway refuses (%i) says nothing of tokens or roles', async (status) => {
    const { client, sandbox } = await start();
    sandbox.faults.set('token', { status, body: page });
    expect(await failure(client.account())).toMatchObject({ code: 'blocked', retryable: true });
    sandbox.faults.clear();
    expect((await client.account()).username).toBe('chatops@ex.co');
  });

  it('that is answered without a body is no redirection', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('token', { status: 204 });
    expect(await failure(client.account())).toMatchObject({ code: 'malformed', retryable: true });
  });
});

it.each(['unexpected', 'postgres-error', 'postgres-max-connections-error'])(
  'a failure of GraphQL itself (%s) is told apart from a question that it does not take',
  async (code) => {
    const { client, sandbox, asked } = await start();
    const body = { errors: [{ message: 'database query error', extensions: { path: '$', code } }] };
    sandbox.faults.set('graphql', { status: 200, body });
    expect(await failure(client.workspaces())).toMatchObject({ code: 'platform_error', retryable: true });
    expect(asked('graphql')).toBe(3);
  },
);
