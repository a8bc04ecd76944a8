import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import { apiClientSecret } from '../../../sandbox/wallaroo/tokens/clients.ts';
import { askToken, Caller, claimsOf, logIn, passwordForm, recorded, shapeOf, TestClock } from './support.ts';

let wallaroo: WallarooSandbox;
let clock: TestClock;
const apiClient = `api-client:${apiClientSecret}`;

beforeEach(async () => {
  clock = new TestClock();
  wallaroo = await startWallaroo({ now: clock.now });
});

afterEach(() => wallaroo.stop());

const refresh = (token: string, basic?: string) =>
  askToken(wallaroo, { grant_type: 'refresh_token', refresh_token: token }, basic);

const error = (status: number, name: string, description: string) =>
  expect.objectContaining({ status, body: { error: name, error_description: description } });

const grantRefused = (status: number, description: string) => error(status, 'invalid_grant', description);

describe('recorded answers (contract §3.1, §3.2)', () => {
  test('the password grant of the api-client', async () => {
    const { status, body } = await askToken(wallaroo, passwordForm(wallaroo), apiClient);
    const was = recorded('token-password-grant.json');
    expect(status).toBe(200);
    expect(shapeOf(body)).toEqual(shapeOf(was));
    expect(body).toMatchObject({ expires_in: 3600, refresh_expires_in: 1800, scope: was.scope });
  });

  test('a refresh brings a new refresh token in the same session', async () => {
    const first = await askToken(wallaroo, passwordForm(wallaroo), apiClient);
    const second = await refresh(first.body.refresh_token, apiClient);
    expect(shapeOf(second.body)).toEqual(shapeOf(recorded('token-refresh-grant.json')));
    expect(second.body.session_state).toBe(first.body.session_state);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    expect(await refresh(first.body.refresh_token, apiClient)).toMatchObject({ status: 200 });
  });

  test.each([
    ['sdk-client, platform admin, 2024-07', 'ada@ex.co', '2024'],
    ['sdk-client, ordinary user, 2024-07', 'steve@ex.co', '2024'],
    ['api-client, ordinary user, 2023-10', 'steve@ex.co', '2023'],
  ] as const)('access token claims: %s', async (title, who, ordinaryRoles) => {
    wallaroo.switches.ordinaryRoles = ordinaryRoles;
    wallaroo.state.setEnabled(who, true);
    const was = recorded('access-token-claims.json')[title];
    const basic = title.startsWith('api-client') ? apiClient : undefined;
    const { body } = await askToken(wallaroo, passwordForm(wallaroo, who), basic);
    const claims = claimsOf(body.access_token);
    // Only a browser's login has the time of it; the 2023 token knew no email for Hasura.
    delete was.auth_time;
    was['https://hasura.io/jwt/claims']['x-hasura-user-email'] = 'x';
    const sorted = (value: object) => Object.fromEntries(Object.entries(value).sort());
    const flat = (value: Record<string, object>) =>
      shapeOf(
        sorted({
          ...value,
          hasura: sorted(value['https://hasura.io/jwt/claims'] ?? {}),
          'https://hasura.io/jwt/claims': 0,
        }),
      );
    expect(flat(claims)).toEqual(flat(was));
    const roles = (it: typeof was) => [...it.resource_access['master-realm'].roles].sort();
    expect(roles(claims)).toEqual(roles(was));
    expect([...claims.realm_access.roles].sort()).toEqual([...was.realm_access.roles].sort());
  });

  test('the service account of the api-client has no session and no refresh token', async () => {
    const { body } = await askToken(wallaroo, { grant_type: 'client_credentials' }, apiClient);
    const claims = claimsOf(body.access_token);
    const was =
      recorded('access-token-claims.json')['api-client, service account (client_credentials), 2023-10'];
    expect(body).toMatchObject({ expires_in: 3600, refresh_expires_in: 0 });
    expect(body).not.toHaveProperty('refresh_token');
    expect(claims).not.toHaveProperty('email');
    expect(claims).not.toHaveProperty('session_state');
    expect(claims.preferred_username).toBe(was.preferred_username);
  });
});

describe('lifetimes (contract §3.3)', () => {
  test('a token of the sdk-client works for its 60 seconds and no longer', async () => {
    const caller = await logIn(wallaroo);
    clock.advance(59);
    expect((await caller.api('users/query', {})).status).toBe(200);
    clock.advance(1);
    expect((await caller.api('users/query', {})).status).toBe(401);
    expect(await caller.users('GET')).toMatchObject({
      status: 401,
      body: { error: 'HTTP 401 Unauthorized' },
    });
    expect((await caller.graphql('{ workspace { id } }')).body.errors[0].extensions.code).toBe('invalid-jwt');
  });

  test("the api-client's refresh token dies before the access token", async () => {
    const { body } = await askToken(wallaroo, passwordForm(wallaroo), apiClient);
    clock.advance(1801);
    expect((await new Caller(wallaroo.url, body.access_token).users('GET')).status).toBe(200);
    expect(await refresh(body.refresh_token, apiClient)).toEqual(grantRefused(400, 'Token is not active'));
  });

  test('administrators may change them', async () => {
    wallaroo.setSwitches({ sdkAccessSeconds: 7200, sdkRefreshSeconds: 10 });
    const { body } = await askToken(wallaroo, passwordForm(wallaroo));
    expect(body).toMatchObject({ expires_in: 7200, refresh_expires_in: 10 });
  });

  test('an offline session has no fixed end', async () => {
    const { body } = await askToken(wallaroo, { ...passwordForm(wallaroo), scope: 'offline_access' });
    expect(body.refresh_expires_in).toBe(0);
    clock.advance(10_000_000);
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });
});

describe('refusals of the password grant (contract §3.4)', () => {
  test('a wrong password', async () => {
    const form = { ...passwordForm(wallaroo), password: 'wrong' };
    expect(await askToken(wallaroo, form)).toEqual(grantRefused(401, 'Invalid user credentials'));
  });

  test.each([
    ['21', 401],
    ['26', 400],
  ] as const)('an unknown user, as Keycloak %s', async (keycloakRelease, status) => {
    const form = { grant_type: 'password', username: 'nobody', password: 'x' };
    wallaroo.switches.keycloakRelease = keycloakRelease;
    expect(await askToken(wallaroo, form)).toEqual(grantRefused(status, 'Invalid user credentials'));
  });

  test('a user who is disabled, locked, or not fully set up', async () => {
    const form = passwordForm(wallaroo, 'steve');
    wallaroo.state.setEnabled('steve', false);
    expect(await askToken(wallaroo, form)).toEqual(grantRefused(400, 'Account disabled'));
    wallaroo.state.updateUser('steve', { enabled: true, requiredActions: ['UPDATE_PASSWORD'] });
    expect(await askToken(wallaroo, form)).toEqual(grantRefused(400, 'Account is not fully set up'));
    wallaroo.state.updateUser('steve', { locked: true });
    expect(await askToken(wallaroo, form)).toEqual(grantRefused(400, 'Invalid user credentials'));
  });

  test('no username, no grant type, one that is not supported', async () => {
    expect(await askToken(wallaroo, { grant_type: 'password' })).toEqual(
      error(401, 'invalid_request', 'Missing parameter: username'),
    );
    expect(await askToken(wallaroo, {})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await askToken(wallaroo, { grant_type: 'implicit' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
  });

  test('the username may be the email, whatever its case', async () => {
    const form = { ...passwordForm(wallaroo, 'steve'), username: 'STEVE@ex.co' };
    const { body } = await askToken(wallaroo, form);
    expect(claimsOf(body.access_token).preferred_username).toBe('steve');
  });
});

describe('refusals of the client (contract §3.4)', () => {
  const wrong = 'Invalid client or Invalid client credentials';

  test('a wrong secret, an unknown client, none', async () => {
    const form = passwordForm(wallaroo);
    expect(await askToken(wallaroo, form, 'api-client:no')).toEqual(error(401, 'unauthorized_client', wrong));
    expect(await askToken(wallaroo, { ...form, client_id: 'api-client' })).toEqual(
      error(401, 'unauthorized_client', wrong),
    );
    expect(await askToken(wallaroo, form, 'other:x')).toEqual(error(401, 'invalid_client', wrong));
    const none = await new Caller(wallaroo.url).call(
      'POST',
      '/auth/realms/master/protocol/openid-connect/token',
      'grant_type=password',
      { 'content-type': 'application/x-www-form-urlencoded' },
    );
    expect(none).toEqual(error(400, 'invalid_client', 'Missing client_id parameter'));
  });

  test('older releases have other words and statuses', async () => {
    wallaroo.switches.clientErrors = 'older';
    const form = passwordForm(wallaroo);
    expect(await askToken(wallaroo, form, 'api-client:no')).toEqual(
      error(401, 'unauthorized_client', 'Invalid client secret'),
    );
    expect(await askToken(wallaroo, form, 'other:x')).toEqual(error(400, 'invalid_client', wrong));
  });

  test('only forms are read, only posted, only in realm master', async () => {
    const path = '/auth/realms/master/protocol/openid-connect/token';
    const nobody = new Caller(wallaroo.url);
    expect((await nobody.call('POST', path, {})).status).toBe(415);
    expect((await nobody.call('GET', path)).status).toBe(405);
    expect((await nobody.call('POST', path.replace('master', 'other'), {})).status).toBe(404);
  });
});

describe('refusals of the refresh (contract §3.4)', () => {
  test('the recorded three: run out, session over, of another instance', async () => {
    const { body } = await askToken(wallaroo, passwordForm(wallaroo));
    const other = await startWallaroo({ now: clock.now });
    const foreign = await askToken(other, passwordForm(other));
    await other.stop();
    const broken = await refresh(foreign.body.refresh_token);
    wallaroo.revokeSessions();
    const over = await refresh(body.refresh_token);
    clock.advance(1800);
    const late = await refresh(body.refresh_token);
    expect([late, over, broken].map((it) => it.status)).toEqual([400, 400, 400]);
    expect([late, over, broken].map((it) => it.body)).toEqual(recorded('token-error-invalid-grant.json'));
  });

  test('of a user who was disabled since', async () => {
    const { body } = await askToken(wallaroo, passwordForm(wallaroo, 'steve'));
    wallaroo.state.setEnabled('steve', false);
    expect(await refresh(body.refresh_token)).toEqual(grantRefused(400, 'User disabled'));
  });

  test('of another client, and from before a not-before push', async () => {
    const { body } = await askToken(wallaroo, passwordForm(wallaroo));
    expect(await refresh(body.refresh_token, apiClient)).toEqual(
      grantRefused(400, "Invalid refresh token. Token client and authorized client don't match"),
    );
    clock.advance(5);
    wallaroo.pushNotBefore();
    expect(await refresh(body.refresh_token)).toEqual(grantRefused(400, 'Stale token'));
    expect((await new Caller(wallaroo.url, body.access_token).users('GET')).status).toBe(401);
    expect((await (await logIn(wallaroo)).users('GET')).status).toBe(200);
  });

  test('of a token used before, where the realm revokes on use', async () => {
    wallaroo.switches.refreshOnce = true;
    const { body } = await askToken(wallaroo, passwordForm(wallaroo));
    expect((await refresh(body.refresh_token)).status).toBe(200);
    expect(await refresh(body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });
});

test('a password grant is a sign-in, unless switched off', async () => {
  await logIn(wallaroo, 'steve');
  expect(wallaroo.state.user('steve').lastLogin).toBe(clock.now().getTime());
  wallaroo.switches.grantIsSignIn = false;
  clock.advance(60);
  await logIn(wallaroo, 'steve');
  expect(wallaroo.state.user('steve').lastLogin).toBe(clock.now().getTime() - 60_000);
});

test('discovery answers only when switched on', async () => {
  const path = '/auth/realms/master/.well-known/openid-configuration';
  const nobody = new Caller(wallaroo.url);
  expect((await nobody.call('GET', path)).status).toBe(404);
  wallaroo.switches.discovery = true;
  expect((await nobody.call('GET', path)).body.token_endpoint).toBe(
    `${wallaroo.url}/auth/realms/master/protocol/openid-connect/token`,
  );
});
