import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { communitySeed } from '../../../sandbox/wallaroo/seeds/community-seed.ts';
import { enterpriseSeed } from '../../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import { Caller, logIn, recorded, shapeOf } from './support.ts';

let wallaroo: WallarooSandbox;
let admin: Caller;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  admin = await logIn(wallaroo);
});

afterEach(() => wallaroo.stop());

type Records = Record<string, { username: string }>;
const named = (users: Records, username: string) =>
  Object.values(users).find((user) => user.username === username);
const all = async () => (await admin.api('users/query', {})).body.users;
const idOf = (who: string) => wallaroo.state.user(who).id;

describe('users/query as recorded (contract §5.1)', () => {
  test.each([
    ['a user who never came', 'john.hansarick@wallaroo.ai', 'john.hummel+signuptest@wallaroo.ai'],
    ['a platform admin', 'john.hummel@wallaroo.ai', 'ada@ex.co'],
    ['the built-in admin', 'admin', 'admin'],
  ])('all users: %s', async (_, was, is) => {
    expect(shapeOf(named(await all(), is))).toEqual(
      shapeOf(named(recorded('users-query-all.json').users, was)),
    );
  });

  test('by id: lastLogin is null, realmRoles are missing, federatedIdentities are there', async () => {
    const { body } = await admin.api('users/query', { user_ids: [idOf('admin')] });
    const was = recorded('users-query-by-id.json').users;
    expect(shapeOf(named(body.users, 'admin'))).toEqual(shapeOf(named(was, 'admin')));
    expect(wallaroo.state.user('admin').lastLogin).not.toBeNull();
  });

  test('2023 and 2022 had other fields', async () => {
    const keys = (record: object | undefined) => Object.keys(record ?? {}).sort();
    wallaroo.switches.queryRelease = '2023';
    const was2023 = recorded('users-query-all-2023.json').users;
    expect(keys(named(await all(), 'ada@ex.co'))).toEqual(keys(named(was2023, 'john.hummel@wallaroo.ai')));
    const federated = recorded('users-query-by-id-federated.json').users;
    const { body } = await admin.api('users/query', { user_ids: [idOf('ada@ex.co')] });
    expect(keys(named(body.users, 'ada@ex.co'))).toEqual(keys(named(federated, 'john.hummel@wallaroo.ai')));
    wallaroo.switches.queryRelease = '2022';
    const was2022 = recorded('users-query-all-2022.json').users;
    expect(keys(named(await all(), 'axb@ex.co'))).toEqual(keys(named(was2022, 'john.hansarick@wallaroo.ai')));
  });

  test('unknown fields are ignored, and no Content-Type is asked for', async () => {
    const { body } = await admin.api('users/query', { email: 'scott.myers@wallaroo.ai', workspace_id: 8 });
    expect(Object.keys(body.users)).toHaveLength(15);
    const bare = await admin.call('POST', '/v1/api/users/query', '{}', { 'content-type': '' });
    expect(bare.status).toBe(200);
  });
});

describe('users/query where nobody knows (contract §5.1, §11.4)', () => {
  test('the order differs from call to call', async () => {
    expect(Object.keys(await all())).not.toEqual(Object.keys(await all()));
  });

  test('unknown ids are null or absent, an empty list means none or all', async () => {
    const ask = async (ids: string[]) => (await admin.api('users/query', { user_ids: ids })).body.users;
    expect(await ask(['nobody'])).toEqual({ nobody: null });
    expect(await ask([])).toEqual({});
    wallaroo.setSwitches({ unknownIds: 'absent', emptyIds: 'all' });
    expect(await ask(['nobody'])).toEqual({});
    expect(Object.keys(await ask([]))).toHaveLength(15);
  });

  test('all of 10,000 users come back at once, or the first 100', async () => {
    const big = await startWallaroo({ seed: enterpriseSeed() });
    const caller = await logIn(big);
    expect(Object.keys((await caller.api('users/query', {})).body.users)).toHaveLength(10_000);
    big.switches.queryLimit = 100;
    expect(Object.keys((await caller.api('users/query', {})).body.users)).toHaveLength(100);
    await big.stop();
  });

  test('who may not view users gets an error of Keycloak', async () => {
    wallaroo.state.updateUser('steve', { managementRoles: [] });
    const steve = await logIn(wallaroo, 'steve');
    expect(await steve.api('users/query', {})).toMatchObject({
      status: 500,
      body: { msg: 'error querying keycloak server', code: 500 },
    });
  });

  test('bodies that cannot be read and missing tokens are refused in the MLOps shape', async () => {
    expect(await admin.api('users/query', '{')).toMatchObject({ status: 400, body: { code: 400 } });
    expect(await admin.api('users/query', { user_ids: 'x' })).toMatchObject({
      status: 400,
      body: { code: 400 },
    });
    expect(await new Caller(wallaroo.url).api('users/query', {})).toMatchObject({
      status: 401,
      body: { msg: expect.any(String), code: 401 },
    });
  });

  test('the living token of a disabled user is accepted, or refused', async () => {
    const steve = await logIn(wallaroo, 'steve');
    wallaroo.state.setEnabled('steve', false);
    expect((await steve.api('users/query', {})).status).toBe(200);
    wallaroo.switches.disabledTokenAtApi = 'refused';
    expect((await steve.api('users/query', {})).status).toBe(401);
  });
});

describe('users/activate and users/deactivate (contract §5.3)', () => {
  test('answer as recorded, also when repeated', async () => {
    for (const action of ['deactivate', 'deactivate', 'activate', 'activate']) {
      const { status, body } = await admin.api(`users/${action}`, { email: 'Steve@ex.co' });
      expect({ status, body }).toEqual({ status: 200, body: recorded(`users-${action}-200.json`) });
      expect(wallaroo.state.user('steve').enabled).toBe(action === 'activate');
    }
    expect(wallaroo.state.user('asteve@ex.co').enabled).toBe(false);
  });

  test.each(['activate', 'deactivate'])('%s of an unknown email is the recorded 500', async (action) => {
    const { status, body } = await admin.api(`users/${action}`, { email: 'testperson@example.com' });
    expect({ status, body }).toEqual({
      status: 500,
      body: recorded(`users-${action}-500-unknown-user.json`),
    });
  });

  test('an ordinary user fails, as the call acts with their rights', async () => {
    const steve = await logIn(wallaroo, 'steve');
    expect((await steve.api('users/activate', { email: 'mia@ex.co' })).status).toBe(500);
    wallaroo.switches.apiActsAsCaller = false;
    expect((await steve.api('users/activate', { email: 'mia@ex.co' })).status).toBe(200);
  });

  test('may hit another person where the server matches parts', async () => {
    wallaroo.switches.activateMatching = 'substring';
    await admin.api('users/activate', { email: 'steve@ex.co' });
    expect(wallaroo.state.user('asteve@ex.co').enabled).toBe(true);
  });

  test('activate goes over the limit, unless switched on', async () => {
    wallaroo.switches.activateChecksSeats = true;
    expect((await admin.api('users/activate', { email: 'mia@ex.co' })).status).toBe(200);
    expect(await admin.api('users/activate', { email: 'ada@ex.co' })).toMatchObject({
      status: 403,
      body: { code: 403 },
    });
    wallaroo.switches.activateChecksSeats = false;
    expect((await admin.api('users/activate', { email: 'ada@ex.co' })).status).toBe(200);
    expect(wallaroo.seats()).toEqual({ taken: 6, limit: 5 });
  });
});

describe('users/invite (contract §5.2)', () => {
  const invited = { email: 'New@ex.co', password: 'initial', roles: [] };

  test('answers as recorded, the password echoed', async () => {
    const { status, body } = await admin.api('users/invite', invited);
    expect(status).toBe(200);
    expect(shapeOf(body)).toEqual(shapeOf(recorded('users-invite-200.json')));
    expect(body).toEqual({ id: idOf('new@ex.co'), password: 'initial' });
    expect(wallaroo.state.user('new@ex.co')).toMatchObject({
      username: 'new@ex.co',
      enabled: true,
      emailVerified: true,
      requiredActions: [],
    });
    expect(wallaroo.seats().taken).toBe(5);
  });

  test('a generated password must be changed', async () => {
    const { body } = await admin.api('users/invite', { email: 'new@ex.co', password: '', roles: [] });
    expect(body.password).not.toBe('');
    expect(wallaroo.state.user('new@ex.co').requiredActions).toEqual(['UPDATE_PASSWORD']);
  });

  test('is refused when all seats are taken', async () => {
    wallaroo.state.setEnabled('mia@ex.co', true);
    const { status, body } = await admin.api('users/invite', invited);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 403 });
    expect(body.msg).not.toBe(recorded('users-invite-403.json').msg);
    expect(wallaroo.state.find('new@ex.co')).toBeUndefined();
  });

  test('is refused by Enterprise with the recorded words', async () => {
    wallaroo.state.edition = 'enterprise';
    const { status, body } = await admin.api('users/invite', invited);
    expect({ status, body }).toEqual({ status: 403, body: recorded('users-invite-403.json') });
  });

  test('wants roles, unless the release is old', async () => {
    const body = { email: 'new@ex.co' };
    expect((await admin.api('users/invite', body)).status).toBe(400);
    wallaroo.switches.inviteNeedsRoles = false;
    expect((await admin.api('users/invite', body)).status).toBe(200);
  });

  test('an email that is taken is refused with the status switched', async () => {
    expect((await admin.api('users/invite', { ...invited, email: 'mia@ex.co' })).status).toBe(500);
    wallaroo.switches.inviteTakenStatus = 409;
    expect((await admin.api('users/invite', { ...invited, email: 'mia@ex.co' })).status).toBe(409);
  });
});

test.each([1, 4, 5, 16])('a community with %i seats taken counts as many', async (seatsTaken) => {
  const other = await startWallaroo({ seed: communitySeed({ seatsTaken }) });
  expect(other.seats()).toEqual({ taken: seatsTaken, limit: 5 });
  await other.stop();
});

test('the configuration needs no token (contract §1)', async () => {
  expect(await new Caller(wallaroo.url).call('GET', '/v1/api/config')).toMatchObject({
    status: 200,
    body: { default_arch: expect.any(String) },
  });
});
