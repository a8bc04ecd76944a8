import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import { endpointNames, supported } from '../../../sandbox/wallaroo/supported.ts';
import { askToken, type Caller, logIn, passwordForm } from './support.ts';

let wallaroo: WallarooSandbox;
let admin: Caller;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  admin = await logIn(wallaroo);
});

afterEach(() => wallaroo.stop());

const disableSteve = () => admin.users('PUT', `/${wallaroo.state.user('steve').id}`, { enabled: false });

test('a status does nothing else, for as many calls as told, and tells when to come back', async () => {
  wallaroo.faults.set('keycloak.users.put', { status: 429, retryAfterSeconds: 7, times: 2 });
  const first = await disableSteve();
  expect(first.status).toBe(429);
  expect(first.headers.get('retry-after')).toBe('7');
  expect((await disableSteve()).status).toBe(429);
  expect(wallaroo.state.user('steve').enabled).toBe(true);
  expect((await disableSteve()).status).toBe(204);
});

test.each([500, 502])('%i comes with HTML', async (status) => {
  wallaroo.faults.set('users.query', { status });
  const answer = await admin.api('users/query', {});
  expect(answer).toMatchObject({ status, body: expect.stringContaining('<html>') });
  expect(answer.headers.get('content-type')).toBe('text/html');
});

test('other statuses come in the shape of the server asked, or with a body given', async () => {
  wallaroo.faults.set('keycloak.users.list', { status: 401 });
  wallaroo.faults.set('users.query', { status: 403 });
  wallaroo.faults.set('token', { status: 400 });
  wallaroo.faults.set('graphql', { status: 409, body: { any: 'thing' } });
  expect((await admin.users('GET')).body).toEqual({ error: 'HTTP 401 Unauthorized' });
  expect((await admin.api('users/query', {})).body).toMatchObject({ code: 403 });
  expect((await askToken(wallaroo, passwordForm(wallaroo))).body).toMatchObject({ error: 'invalid_grant' });
  expect(await admin.graphql('{ x }')).toMatchObject({ status: 409, body: { any: 'thing' } });
});

test('a skipped call passes: the token that expires between reading and writing', async () => {
  wallaroo.faults.set('keycloak.users.get', { status: 401, skip: 1, times: 1 });
  const path = `/${wallaroo.state.user('steve').id}`;
  expect((await admin.users('GET', path)).status).toBe(200);
  expect((await admin.users('GET', path)).status).toBe(401);
  expect((await admin.users('GET', path)).status).toBe(200);
});

test('a cut connection has changed nothing', async () => {
  wallaroo.faults.set('keycloak.users.put', { cut: true });
  await expect(disableSteve()).rejects.toThrow('fetch failed');
  expect(wallaroo.state.user('steve').enabled).toBe(true);
  expect(wallaroo.requests.at(-1)).toMatchObject({ endpoint: 'keycloak.users.put', status: null });
});

test('a connection cut after the change has changed everything', async () => {
  wallaroo.faults.set('keycloak.users.put', { cutAfterApply: true, times: 1 });
  await expect(disableSteve()).rejects.toThrow('fetch failed');
  expect(wallaroo.state.user('steve').enabled).toBe(false);
  const { body } = await admin.users('GET', `/${wallaroo.state.user('steve').id}`);
  expect(body.enabled).toBe(false);
});

test('a call that hangs is never answered, and does not hold up the stop', async () => {
  wallaroo.faults.set('users.deactivate', { hang: true });
  const arrived = new Promise((resolve) => wallaroo.on('request', resolve));
  const call = admin.api('users/deactivate', { email: 'steve@ex.co' });
  const rejected = expect(call).rejects.toThrow('fetch failed');
  await arrived;
  await wallaroo.stop();
  await rejected;
  expect(wallaroo.state.user('steve').enabled).toBe(true);
  wallaroo = await startWallaroo();
});

test('a delay passes the call on afterwards', async () => {
  wallaroo.faults.set('users.query', { delayMs: 30 });
  const start = performance.now();
  expect((await admin.api('users/query', {})).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(29);
});

test('malformed JSON comes after the change', async () => {
  wallaroo.faults.set('users.deactivate', { malformed: true });
  await expect(admin.api('users/deactivate', { email: 'steve@ex.co' })).rejects.toThrow(SyntaxError);
  expect(wallaroo.state.user('steve').enabled).toBe(false);
});

test.each(endpointNames)('%s fails when told, and no other', async (endpoint) => {
  wallaroo.faults.set(endpoint, { status: 503 });
  const statuses = await Promise.all(
    endpointNames.map(async (name) => {
      const { method, path } = supported[name];
      const { status } = await admin.call(method, path.replace(':realm', 'master').replace(':id', 'nobody'));
      return [name, status] as const;
    }),
  );
  expect(statuses.filter(([, status]) => status === 503)).toEqual([[endpoint, 503]]);
  wallaroo.faults.clear();
  const { method, path } = supported[endpoint];
  expect(
    (await admin.call(method, path.replace(':realm', 'master').replace(':id', 'nobody'))).status,
  ).not.toBe(503);
});

test('something in front of the platform answers as it does, whether the platform did what was asked or not', async () => {
  wallaroo.faults.set('keycloak.users.put', { standIn: 'limit-429-seconds' });
  expect((await disableSteve()).headers.get('retry-after')).toBe('2');
  expect(wallaroo.state.user('steve').enabled).toBe(true);
  wallaroo.faults.set('keycloak.users.put', { standIn: 'kong-404', applies: true });
  expect((await disableSteve()).body).toMatchObject({ message: expect.stringContaining('no Route') });
  expect(wallaroo.state.user('steve').enabled).toBe(false);
});

test('an answer whose body is cut comes after the change, with its head', async () => {
  wallaroo.faults.set('users.deactivate', { cutBody: true });
  await expect(admin.api('users/deactivate', { email: 'steve@ex.co' })).rejects.toThrow('terminated');
  expect(wallaroo.state.user('steve').enabled).toBe(false);
});

test('a fault with two outcomes is refused', () => {
  expect(() => wallaroo.faults.set('users.query', { cut: true, status: 500 })).toThrow('one outcome');
});

test('somebody may change a user between a reading and its answer', async () => {
  const { id } = wallaroo.state.user('steve');
  const stop = wallaroo.on('response', ({ endpoint }) => {
    if (endpoint === 'keycloak.users.get') wallaroo.state.updateUser(id, { firstName: 'Stephen' });
  });
  expect((await admin.users('GET', `/${id}`)).body.firstName).toBe('Steve');
  stop();
  expect((await admin.users('GET', `/${id}`)).body.firstName).toBe('Stephen');
});

test('requests are kept with their endpoint and status, secrets redacted', async () => {
  await admin.api('users/invite', { email: 'new@ex.co', password: 'secret', roles: [] });
  await admin.call('POST', '/v1/api/nothing?a=1', 'text', { 'content-type': 'text/plain' });
  const [token, invite, unknown] = wallaroo.requests;
  expect(token).toMatchObject({ endpoint: 'token', status: 200, body: { password: 'REDACTED' } });
  expect(invite).toMatchObject({
    method: 'POST',
    path: '/v1/api/users/invite',
    endpoint: 'users.invite',
    body: { email: 'new@ex.co', password: 'REDACTED', roles: [] },
    status: 200,
  });
  expect(unknown).toMatchObject({ endpoint: 'unknown', query: '?a=1', body: 'text', status: 404 });
});

test('reset brings back seed, switches and faults, and forgets tokens and requests', async () => {
  wallaroo.state.removeUser('steve');
  wallaroo.setSwitches({ putMode: 'merge' });
  wallaroo.faults.set('users.query', { status: 500 });
  wallaroo.reset();
  expect(wallaroo.state.user('steve').enabled).toBe(true);
  expect(wallaroo.switches.putMode).toBe('patch-like');
  expect(wallaroo.requests).toEqual([]);
  expect((await admin.users('GET')).status).toBe(401);
  expect((await (await logIn(wallaroo)).api('users/query', {})).status).toBe(200);
});
