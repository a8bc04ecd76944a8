import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { examine, type Patient, start } from './support.ts';

interface Case {
  readonly fault: string;
  readonly plant?: (patient: Patient) => unknown;
  readonly env?: Record<string, string | undefined>;
  readonly check: string;
  readonly text: string;
  readonly remedy: string;
}

const bot = 'chatops@ex.co';
const address = 'Wallaroo: address of WALLAROO_URL';
const signIn = 'Wallaroo: sign-in';
const reading = 'Wallaroo: reading users';

const cases: readonly Case[] = [
  {
    fault: 'a Wallaroo that is away',
    plant: ({ wallaroo }) => wallaroo.stop(),
    check: address,
    text: 'cannot be reached: GET /v1/api/config: fetch failed (ECONNREFUSED)',
    remedy: 'check WALLAROO_URL',
  },
  {
    fault: 'a proxy without a Wallaroo behind it',
    plant: ({ wallaroo }) => wallaroo.faults.set('config', { status: 502 }),
    check: address,
    text: 'status 502',
    remedy: 'are up',
  },
  {
    fault: 'a wrong password',
    env: { WALLAROO_PASSWORD: 'wrong' },
    check: signIn,
    text: 'Invalid user credentials',
    remedy: 'WALLAROO_PASSWORD',
  },
  {
    fault: 'a deactivated account',
    plant: ({ wallaroo }) => wallaroo.state.setEnabled(bot, false),
    check: signIn,
    text: 'Account disabled',
    remedy: 'activate it in the Keycloak console',
  },
  {
    fault: 'a list of users that cannot be whole',
    plant: ({ wallaroo }) => wallaroo.setSwitches({ queryShows: 'none' }),
    check: reading,
    text: "the bot's own account is not on it",
    remedy: 'not understood',
  },
  {
    fault: 'a list of users that may be cut and cannot be completed',
    plant: ({ wallaroo }) => {
      for (let n = 0; n < 150; n += 1) wallaroo.state.addUser({ username: `person-${n}@ex.co` });
      wallaroo.setSwitches({ queryLimit: 100 });
      wallaroo.faults.set('keycloak.users.count', { status: 403 });
      wallaroo.faults.set('keycloak.users.list', { status: 403 });
    },
    env: { WALLAROO_USERS_VIA: 'api' },
    check: reading,
    text: 'list cut',
    remedy: 'view-users and query-users',
  },
  {
    fault: 'an account with a temporary password',
    plant: ({ wallaroo }) => wallaroo.state.updateUser(bot, { requiredActions: ['UPDATE_PASSWORD'] }),
    check: signIn,
    text: 'Account is not fully set up',
    remedy: 'sign in with it once',
  },
  {
    fault: 'an unknown OpenID client',
    env: { WALLAROO_CLIENT_ID: 'nobody' },
    check: signIn,
    text: 'invalid_client',
    remedy: 'WALLAROO_CLIENT_ID',
  },
  {
    fault: 'an account that may not read users',
    plant: ({ wallaroo }) => wallaroo.faults.set('keycloak.users.get', { status: 403 }),
    check: reading,
    text: 'status 403',
    remedy: 'view-users',
  },
  {
    fault: 'an account that may not write users',
    plant: ({ wallaroo }) => wallaroo.state.updateUser(bot, { realmRoles: [] }),
    check: 'Wallaroo: writing users',
    text: 'lacks the role manage-users',
    remedy: 'Role mapping',
  },
  {
    fault: 'a GraphQL that fails',
    plant: ({ wallaroo }) => wallaroo.faults.set('graphql', { status: 500 }),
    check: 'Wallaroo: GraphQL',
    text: 'POST /v1/graphql: status 500',
    remedy: 'try again',
  },
  {
    fault: 'a GraphQL that offers no workspaces to the account',
    plant: ({ wallaroo }) =>
      wallaroo.faults.set('graphql', {
        status: 400,
        body: { errors: [{ message: 'no', extensions: { code: 'validation-failed' } }] },
      }),
    check: 'Wallaroo: GraphQL',
    text: 'read through the API',
    remedy: 'realm role admin',
  },
  {
    fault: 'names that nobody has',
    env: { PROTECTED_USERS: 'steve@ex.co,stev@ex.co', SEAT_EXEMPT: 'ROBOT' },
    check: 'Users in PROTECTED_USERS and SEAT_EXEMPT',
    text: 'no user goes by stev@ex.co',
    remedy: 'correct',
  },
];

it.each(cases)('finds $fault and names the remedy', async ({ plant, env, check, text, remedy }) => {
  const patient = await start();
  await plant?.(patient);
  const { exitCode, of } = await examine(patient, env);
  expect(of(check)).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining(text),
    remedy: expect.stringContaining(remedy),
  });
  expect(exitCode).toBe(1);
});

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

it('finds an address that sends elsewhere', async () => {
  const port = await listen(
    createHttpServer((_, response) => response.writeHead(301, { location: 'https://elsewhere' }).end()),
  );
  const { of } = await examine(await start(), { WALLAROO_URL: `http://127.0.0.1:${port}` });
  expect(of(address)).toMatchObject({ state: 'wrong', remedy: expect.stringContaining('with https') });
});

it.each([
  ['a gateway without a route', 404, 'text/plain', 'default backend - 404', 'check WALLAROO_URL'],
  ['a page with a success', 200, 'text/html', '<html>Welcome</html>', 'check WALLAROO_URL'],
  ['a proxy that wants people to sign in', 403, 'text/html', '<html>Sign in</html>', 'let the bot pass'],
] as const)('finds %s in the place of Wallaroo', async (_name, status, type, body, remedy) => {
  const port = await listen(
    createHttpServer((_, response) => response.writeHead(status, { 'content-type': type }).end(body)),
  );
  const { of, exitCode, text } = await examine(await start(), { WALLAROO_URL: `http://127.0.0.1:${port}` });
  expect(of(signIn)).toMatchObject({ state: 'wrong', remedy: expect.stringContaining(remedy) });
  expect(exitCode).toBe(1);
  expect(text).not.toContain(body);
});

it('finds a certificate that is not trusted, and does not send the password there', async () => {
  const read = (name: string): string =>
    readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
  const port = await listen(createHttpsServer({ key: read('key'), cert: read('certificate') }));
  const { of } = await examine(await start(), { WALLAROO_URL: `https://127.0.0.1:${port}` });
  expect(of(address)).toMatchObject({ state: 'right' });
  expect(of('Wallaroo: certificate')).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
    remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });
  expect(of(signIn)).toMatchObject({
    state: 'unchecked',
    text: 'not checked, because Wallaroo: certificate is wrong',
  });
});

it('tells by the token whether the account may write, with the roles of 2023 as well', async () => {
  const patient = await start({ wallaroo: { switches: { ordinaryRoles: '2023' } } });
  patient.wallaroo.state.updateUser(bot, { realmRoles: [] });
  const { of } = await examine(patient);
  expect(of('Wallaroo: writing users')).toMatchObject({
    state: 'right',
    text: 'allowed by the role manage-users',
  });
  expect(of('Wallaroo: GraphQL')).toMatchObject({ text: expect.stringContaining('only its own workspaces') });
});

it('does not promise that the API lets an account without the role write, nor that it does not', async () => {
  const patient = await start();
  patient.wallaroo.state.updateUser(bot, { realmRoles: [] });
  const { of, exitCode } = await examine(patient, { WALLAROO_USERS_VIA: 'api' });
  expect(of('Wallaroo: writing users')).toMatchObject({ state: 'unchecked' });
  expect(exitCode).toBe(0);
});

it('tells which workspaces an account without the realm role admin sees, and changes none', async () => {
  const patient = await start({ wallaroo: { switches: { ordinaryRoles: '2023' } } });
  const { state } = patient.wallaroo;
  state.updateUser(bot, { realmRoles: [] });
  state.addWorkspace('own', state.user(bot).id);
  const before = [...state.workspaces.values()];
  const { of, exitCode } = await examine(patient);
  expect(of('Wallaroo: workspaces')).toMatchObject({
    state: 'warning',
    text: expect.stringMatching(/^sees 2, of which it owns 2: without the realm role admin/),
    remedy: expect.stringContaining('realm role admin'),
  });
  expect(exitCode).toBe(0);
  expect([...state.workspaces.values()]).toEqual(before);
});
