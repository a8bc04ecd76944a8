import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enterpriseSeed } from '../../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import { type Answer, Caller, logIn } from './support.ts';

let wallaroo: WallarooSandbox;
let admin: Caller;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  admin = await logIn(wallaroo);
});

afterEach(() => wallaroo.stop());

const names = ({ body }: Answer): string[] => body.map((user: { username: string }) => user.username);
const found = async (query: string) => names(await admin.users('GET', `?${query}`));

describe('the list (contract §4.1, §4.2)', () => {
  test('an email is matched anywhere and sorted by username, so another person comes first', async () => {
    expect(await found('email=steve%40ex.co')).toEqual(['asteve@ex.co', 'steve']);
    expect(await found('email=STEVE%40EX.CO')).toEqual(['asteve@ex.co', 'steve']);
  });

  test('an underscore and a percent sign are wildcards', async () => {
    expect(await found('email=a_b%40ex.co')).toEqual(['a_b@ex.co', 'axb@ex.co']);
    expect(await found('email=st%25ve%40ex')).toEqual(['asteve@ex.co', 'steve']);
  });

  test('exact compares the whole value without regard to case, wildcards included', async () => {
    expect(await found('email=steve%40ex.co&exact=true')).toEqual(['steve']);
    expect(await found('email=A_B%40ex.co&exact=true')).toEqual(['a_b@ex.co']);
    expect(await found('email=dana.mixed%40ex.co&exact=true')).toEqual(['Dana.Mixed@Ex.co']);
    expect(await found('email=nobody%40ex.co&exact=true')).toEqual([]);
  });

  test('a plus must be encoded', async () => {
    expect(await found('email=john.hummel%2Bsignuptest%40wallaroo.ai&exact=true')).toHaveLength(1);
    expect(await found('email=john.hummel+signuptest%40wallaroo.ai&exact=true')).toEqual([]);
  });

  test('filters are combined', async () => {
    expect(await found('email=ex.co&enabled=true')).toEqual(['chatops@ex.co', 'steve']);
    expect(await found('firstName=an&lastName=stev')).toEqual(['asteve@ex.co']);
  });

  test('search takes prefixes, infixes, whole words and ids, and excludes the other filters', async () => {
    expect(await found('search=steve&enabled=false')).toEqual(['asteve@ex.co', 'steve']);
    expect(await found('search=nov')).toEqual(['steve']);
    expect(await found('search=*signup*')).toEqual(['john.hummel+signuptest@wallaroo.ai']);
    expect(await found('search=%22steve%40ex.co%22')).toEqual(['steve']);
    expect(await found(`search=id:${wallaroo.state.user('robot').id}`)).toEqual(['robot']);
  });

  test('service accounts appear with a filter only', async () => {
    expect(await found('username=service')).toEqual(['service-account-api-client']);
    expect(await found('max=1000')).not.toContain('service-account-api-client');
  });

  test('pages by first and max; a parameter that is no number is refused', async () => {
    const all = await found('');
    expect(await found('first=2&max=3')).toEqual(all.slice(2, 5));
    expect(all).toEqual([...all].sort());
    expect((await admin.users('GET', '?max=many')).status).toBe(404);
  });
});

test('the list stops silently at 100, the count does not (contract §4.1, §4.3)', async () => {
  const big = await startWallaroo({ seed: enterpriseSeed({ users: 250 }) });
  const caller = await logIn(big);
  expect((await caller.users('GET')).body).toHaveLength(100);
  expect((await caller.users('GET', '?first=200&max=1000')).body).toHaveLength(50);
  expect((await caller.users('GET', '/count')).body).toBe(250);
  await big.stop();
});

describe('one user (contract §4.4)', () => {
  test('has neither lastLogin nor realmRoles, and no keys for what is unset', async () => {
    const { status, body } = await admin.users('GET', `/${wallaroo.state.user('admin').id}`);
    expect(status).toBe(200);
    for (const absent of ['lastLogin', 'realmRoles', 'email', 'firstName', 'attributes'])
      expect(body).not.toHaveProperty(absent);
    expect(body).toMatchObject({ username: 'admin', totp: false, requiredActions: [], notBefore: 0 });
  });

  test('attributes and federated identities appear where there are any', async () => {
    const federatedIdentities = [{ identityProvider: 'google', userId: '1', userName: 'steve@ex.co' }];
    const { id } = wallaroo.state.updateUser('steve', { federatedIdentities });
    expect((await admin.users('GET', `/${id}`)).body).toMatchObject({
      attributes: { team: ['fraud'] },
      federatedIdentities,
    });
  });

  test('an unknown id is 404, described in some releases', async () => {
    expect(await admin.users('GET', '/nobody')).toMatchObject({
      status: 404,
      body: { error: 'User not found' },
    });
    wallaroo.switches.describedNotFound = true;
    expect((await admin.users('GET', '/nobody')).body).toHaveProperty('error_description');
  });
});

describe('who calls (contract §3.5, §4)', () => {
  const steve = () => wallaroo.state.user('steve').id;

  test('an ordinary user reads but does not change', async () => {
    const caller = await logIn(wallaroo, 'steve');
    expect((await caller.users('GET', `/${steve()}`)).body.access).toMatchObject({
      view: true,
      manage: false,
    });
    expect(await caller.users('PUT', `/${steve()}`, {})).toMatchObject({
      status: 403,
      body: { error: 'unknown_error' },
    });
    wallaroo.switches.keycloakRelease = '26';
    expect((await caller.users('DELETE', `/${steve()}`)).body).toEqual({ error: 'HTTP 403 Forbidden' });
    expect(wallaroo.state.find('steve')).toBeDefined();
  });

  test('an ordinary user of 2023 may change', async () => {
    wallaroo.switches.ordinaryRoles = '2023';
    const caller = await logIn(wallaroo, 'steve');
    expect((await caller.users('PUT', `/${steve()}`, { firstName: 'Stephen' })).status).toBe(204);
  });

  test('who may query but not view gets an empty list; who may neither, 403 even for unknown ids', async () => {
    wallaroo.state.updateUser('steve', { managementRoles: ['query-users'] });
    const caller = await logIn(wallaroo, 'steve');
    expect(await caller.users('GET')).toMatchObject({ status: 200, body: [] });
    expect((await caller.users('GET', '/nobody')).status).toBe(404);
    expect((await caller.users('GET', `/${steve()}`)).status).toBe(403);
    wallaroo.state.updateUser('steve', { managementRoles: [] });
    expect((await caller.users('GET')).status).toBe(403);
    expect((await caller.users('GET', '/nobody')).status).toBe(403);
  });

  test('401 without a token, with garbage, in an ended session, or once disabled', async () => {
    expect((await new Caller(wallaroo.url).users('GET')).status).toBe(401);
    expect((await new Caller(wallaroo.url, 'garbage').users('GET')).status).toBe(401);
    const caller = await logIn(wallaroo, 'steve');
    wallaroo.state.setEnabled('steve', false);
    expect((await caller.users('GET')).status).toBe(401);
    wallaroo.revokeSessions();
    expect((await admin.users('GET')).status).toBe(401);
  });

  test('another realm is 404', async () => {
    expect(await admin.call('GET', '/auth/admin/realms/other/users')).toMatchObject({
      status: 404,
      body: { error: 'Realm not found.' },
    });
  });
});

describe('create and delete (contract §4.6)', () => {
  test('creates with 201, a Location and no body', async () => {
    const body = { username: 'New@Ex.co', email: 'New@Ex.co', enabled: true };
    const answer = await admin.users('POST', '', body);
    const { id, email } = wallaroo.state.user('new@ex.co');
    expect(answer).toMatchObject({ status: 201, body: undefined });
    expect(answer.headers.get('location')).toBe(`${wallaroo.url}/auth/admin/realms/master/users/${id}`);
    expect(email).toBe('new@ex.co');
  });

  test('a username or an email that is taken is a conflict', async () => {
    expect(await admin.users('POST', '', { username: 'steve' })).toMatchObject({
      status: 409,
      body: { errorMessage: 'User exists with same username' },
    });
    expect(await admin.users('POST', '', { username: 'x', email: 'steve@ex.co' })).toMatchObject({
      status: 409,
      body: { errorMessage: 'User exists with same email' },
    });
  });

  test('deletes, and leaves the memberships', async () => {
    const { id } = wallaroo.state.user('steve');
    expect((await admin.users('DELETE', `/${id}`)).status).toBe(204);
    expect((await admin.users('GET', `/${id}`)).status).toBe(404);
    const members = [...wallaroo.state.workspaces.values()].flatMap((workspace) => workspace.members);
    expect(members.some((member) => member.userId === id)).toBe(true);
  });
});

test('an unknown path is 404, another method 405, in the words of the server asked', async () => {
  expect(await admin.call('GET', '/auth/nothing')).toMatchObject({
    status: 404,
    body: { error: 'HTTP 404 Not Found' },
  });
  expect(await admin.call('POST', '/v1/api/nothing', {})).toMatchObject({ status: 404, body: { code: 404 } });
  const wrong = await admin.call('GET', '/v1/api/users/query');
  expect(wrong).toMatchObject({ status: 405, body: { code: 405 } });
  expect(wrong.headers.get('allow')).toBe('POST');
});

test('a slash at the end is nothing to Keycloak: its own admin client lists users so', async () => {
  expect((await admin.users('GET', '/?max=1')).body).toHaveLength(1);
  expect((await admin.api('users/query/', {})).status).toBe(404);
});
