import { describe, expect, it } from 'vitest';
import { apiClientSecret } from '../../sandbox/wallaroo/tokens/clients.ts';
import { failure, start } from './support.ts';

const apiClient = { clientId: 'api-client', clientSecret: apiClientSecret };

const grants = (requests: readonly { endpoint: string; body: unknown }[]): unknown[] =>
  requests
    .filter(({ endpoint }) => endpoint === 'token')
    .map(({ body }) => (body as { grant_type: string }).grant_type);

describe('signing in', () => {
  it('signs in once for fifty concurrent callers', async () => {
    const { client, asked } = await start();
    await Promise.all(Array.from({ length: 50 }, () => client.account()));
    expect(asked('token')).toBe(1);
  });

  it('asks nothing of OpenID but the token endpoint', async () => {
    const { client, sandbox } = await start(apiClient);
    await client.listUsers();
    const endpoints = sandbox.requests.map(({ endpoint }) => endpoint);
    expect(endpoints.slice(0, 1)).toEqual(['token']);
    expect(endpoints.slice(1).sort()).toEqual(['keycloak.users.count', 'users.query']);
  });

  it.each([true, false])(
    'signs in a confidential client whose name has a dash, decoded or not: %s',
    async (decodes) => {
      const { client } = await start(apiClient, { switches: { basicIsFormEncoded: decodes } });
      expect((await client.account()).username).toBe('chatops@ex.co');
    },
  );

  it('tells who the bot is', async () => {
    const { client, sandbox } = await start();
    expect(await client.account()).toEqual({
      userId: sandbox.state.user('chatops@ex.co').id,
      username: 'chatops@ex.co',
      realmRoles: expect.arrayContaining(['admin']),
      managementRoles: expect.arrayContaining(['view-users', 'manage-users']),
      hasuraRole: 'admin_user',
    });
  });

  it('takes addresses with a slash at their end', async () => {
    const { connect, sandbox } = await start();
    const client = connect({ apiUrl: `${sandbox.url}/`, authUrl: `${sandbox.url}//` });
    expect(await client.findUserByEmail('steve@ex.co')).toMatchObject({ username: 'steve' });
    expect(await client.listUsers()).not.toHaveLength(0);
  });
});

describe('renewing', () => {
  it('uses a token while it is good and renews it by its refresh token shortly before its end', async () => {
    const { client, sandbox, clock } = await start();
    await client.account();
    clock.advanceSeconds(47);
    await client.account();
    expect(grants(sandbox.requests)).toEqual(['password']);
    clock.advanceSeconds(2);
    await client.account();
    expect(grants(sandbox.requests)).toEqual(['password', 'refresh_token']);
  });

  it('renews before the refresh token ends, although the access token lives longer', async () => {
    const { client, sandbox, clock } = await start(apiClient);
    await client.account();
    clock.advanceSeconds(1775);
    await client.account();
    expect(grants(sandbox.requests)).toEqual(['password', 'refresh_token']);
  });

  it('logs in again once the refresh token has ended', async () => {
    const { client, sandbox, clock } = await start(apiClient);
    await client.account();
    clock.advanceSeconds(1801);
    await client.account();
    expect(grants(sandbox.requests)).toEqual(['password', 'password']);
  });

  it('logs in once when the refresh token is refused', async () => {
    const { client, sandbox, clock, asked } = await start();
    await client.account();
    sandbox.revokeSessions();
    clock.advanceSeconds(55);
    await Promise.all([client.account(), client.listUsers(), client.account()]);
    expect(grants(sandbox.requests)).toEqual(['password', 'refresh_token', 'password']);
    expect(asked('users.query')).toBe(1);
  });

  it('lives with tokens of one second', async () => {
    const { client, clock } = await start({}, { switches: { sdkAccessSeconds: 1, sdkRefreshSeconds: 2 } });
    for (const seconds of [0, 0.9, 0.5, 1, 3]) {
      clock.advanceSeconds(seconds);
      expect(await client.listUsers({ fresh: true })).not.toHaveLength(0);
    }
  });

  it('renews once for all callers whose token is refused, and repeats their calls', async () => {
    const { client, sandbox, asked } = await start();
    await client.account();
    sandbox.faults.set('keycloak.users.get', { status: 401, times: 3 });
    const { id } = sandbox.state.user('steve');
    const users = await Promise.all([client.getUser(id), client.getUser(id), client.getUser(id)]);
    expect(users.map((user) => user?.username)).toEqual(['steve', 'steve', 'steve']);
    expect(asked('token')).toBe(2);
  });

  it('gives up when the renewed token is refused as well', async () => {
    const { client, sandbox, asked } = await start();
    sandbox.faults.set('users.query', { status: 401 });
    expect(await failure(client.listUsers())).toMatchObject({ code: 'unauthorized', retryable: false });
    expect(asked('users.query')).toBe(2);
  });

  it('renews after invalid-jwt of GraphQL, which comes as HTTP 200', async () => {
    const { connect, sandbox, clock, asked } = await start();
    // To this client its token has not ended yet.
    const client = connect({ monotonicMs: () => 0 });
    const { id } = sandbox.state.user('steve');
    await client.account();
    clock.advanceSeconds(61);
    expect(await client.workspacesOf(id)).not.toHaveLength(0);
    expect([asked('graphql'), asked('token')]).toEqual([2, 2]);
    expect(sandbox.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('a refused sign-in', () => {
  it.each([
    ['wrong password', { password: 'wrong' }, 'wrong_password', /WALLAROO_PASSWORD/],
    ['unknown user', { username: 'nobody' }, 'wrong_password', /WALLAROO_USER/],
    [
      'disabled account',
      { username: 'mia@ex.co', password: 'password of mia@ex.co' },
      'account_disabled',
      /deactivated/,
    ],
    ['unknown client', { clientId: 'other' }, 'client_refused', /WALLAROO_CLIENT_ID/],
    ['wrong secret', { ...apiClient, clientSecret: 'wrong' }, 'client_refused', /WALLAROO_CLIENT_SECRET/],
  ])('is told apart: %s', async (_name, options, code, sentence) => {
    const releases = [
      { keycloakRelease: '21' },
      { keycloakRelease: '26' },
      { clientErrors: 'older' },
    ] as const;
    for (const switches of releases) {
      const { client } = await start(options, { switches });
      const error = await failure(client.listUsers());
      expect(error).toMatchObject({ name: 'WallarooRefused', code, retryable: false });
      expect(error.userMessage).toMatch(sentence);
    }
  });

  it('says when the account is not fully set up', async () => {
    const { client, sandbox } = await start();
    sandbox.state.updateUser('chatops@ex.co', { requiredActions: ['UPDATE_PASSWORD'] });
    expect(await failure(client.account())).toMatchObject({ code: 'account_not_set_up' });
  });

  it('never repeats the password or a token in an error', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('token', { malformed: true });
    const error = await failure(client.account());
    expect(error).toMatchObject({ name: 'WallarooUnreadable', code: 'malformed' });
    expect(JSON.stringify([error.message, error.userMessage, String(error.cause)])).not.toContain(
      sandbox.account.password,
    );
  });
});
