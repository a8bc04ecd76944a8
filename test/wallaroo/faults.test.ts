import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/wallaroo/faults.ts';
import type { EndpointName } from '../../sandbox/wallaroo/supported.ts';
import type { WallarooClient } from '../../src/wallaroo/client.ts';
import { failure, idOf, start } from './support.ts';

const reads: readonly [
  string,
  EndpointName,
  'keycloak' | 'api',
  (client: WallarooClient, id: string) => Promise<unknown>,
][] = [
  ['account', 'token', 'keycloak', (client) => client.account()],
  ['listUsers', 'users.query', 'keycloak', (client) => client.listUsers()],
  ['findUserByEmail', 'keycloak.users.list', 'keycloak', (client) => client.findUserByEmail('steve@ex.co')],
  ['findUserByEmail', 'users.query', 'api', (client) => client.findUserByEmail('steve@ex.co')],
  ['getUser', 'keycloak.users.get', 'keycloak', (client, id) => client.getUser(id)],
  ['getUser', 'users.query', 'api', (client, id) => client.getUser(id)],
  ['workspacesOf', 'graphql', 'keycloak', (client, id) => client.workspacesOf(id)],
  ['setUserEnabled', 'keycloak.users.get', 'keycloak', (client, id) => client.setUserEnabled(id, false)],
  ['setUserEnabled', 'users.query', 'api', (client, id) => client.setUserEnabled(id, false)],
  ['inviteUser', 'users.query', 'keycloak', (client) => client.inviteUser('new@ex.co')],
];

const faults: readonly [string, Fault, string, string, number][] = [
  ['403', { status: 403 }, 'WallarooRefused', 'missing_permission', 1],
  ['409', { status: 409 }, 'WallarooRefused', 'busy', 3],
  ['429', { status: 429 }, 'WallarooRefused', 'rate_limited', 3],
  ['500', { status: 500 }, 'WallarooUnreachable', 'platform_error', 3],
  ['502 with HTML', { status: 502 }, 'WallarooUnreachable', 'platform_error', 3],
  ['503', { status: 503 }, 'WallarooUnreachable', 'platform_error', 3],
  ['a cut connection', { cut: true }, 'WallarooUnreachable', 'unreachable', 3],
  ['broken JSON', { malformed: true }, 'WallarooUnreadable', 'malformed', 3],
];

/** Expects the operation to fail in this way, with a sentence for people and nothing changed. */
async function expectFailure(
  [operation, endpoint, usersVia, run]: (typeof reads)[number],
  [, fault, name, code, times]: (typeof faults)[number],
  options: { readonly timeoutMs?: number } = {},
): Promise<void> {
  const { client, sandbox, asked } = await start({ usersVia, ...options });
  sandbox.faults.set(endpoint, fault);
  const error = await failure(run(client, idOf(sandbox, 'steve')));
  const refusedToken = endpoint === 'token' && ['403', '409'].includes(String(fault.status));
  expect(error, operation).toMatchObject({ name, code: refusedToken ? 'sign_in_refused' : code });
  expect(error.userMessage).toMatch(/^[A-Z].{20,}\.$/);
  expect(error.message).toMatch(/^(GET|POST|PUT) \/(auth|v1)\//);
  expect(asked(endpoint)).toBe(refusedToken ? 1 : times);
  expect(sandbox.state.user('steve').enabled).toBe(true);
  expect(sandbox.state.find('new@ex.co')).toBeUndefined();
}

describe.each(reads)('%s, when %s (users via %s)', (...read) => {
  const [, endpoint, usersVia, run] = read;

  it.each(faults)('answers with %s, rejects with its kind and a sentence', (...fault) =>
    expectFailure(read, fault),
  );

  it.each([{ status: 503 }, { status: 429 }, { cut: true }, { malformed: true }])(
    'recovers from %j that passes',
    async (fault) => {
      const { client, sandbox } = await start({ usersVia });
      sandbox.faults.set(endpoint, { ...fault, times: 2 });
      await expect(run(client, idOf(sandbox, 'steve'))).resolves.toBeDefined();
    },
  );
});

// All at once, as each takes its whole time limit.
it('every operation ends when an answer never comes', async () => {
  const hang = ['a hang', { hang: true }, 'WallarooUnreachable', 'timeout', 1] as const;
  await Promise.all(reads.map((read) => expectFailure(read, [...hang], { timeoutMs: 2_000 })));
});

describe('repeating', () => {
  it('waits longer each time, with jitter', async () => {
    const { client, sandbox, waits } = await start();
    sandbox.faults.set('users.query', { status: 503 });
    await failure(client.listUsers());
    expect(waits).toEqual([375, 750]);
  });

  it('waits what Retry-After says', async () => {
    const { client, sandbox, waits } = await start();
    sandbox.faults.set('users.query', { status: 429, retryAfterSeconds: 2, times: 1 });
    await client.listUsers();
    expect(waits).toEqual([2000]);
  });

  it('does not wait longer than a person would, but says when to come back', async () => {
    const { client, sandbox, waits } = await start();
    sandbox.faults.set('users.query', { status: 429, retryAfterSeconds: 120 });
    expect(await failure(client.listUsers())).toMatchObject({ retryable: true, retryAfterMs: 120_000 });
    expect(waits).toEqual([]);
  });
});

describe('an instance that is not there', () => {
  it('reads as unreachable when nobody listens', async () => {
    const { client, sandbox } = await start();
    await sandbox.stop();
    expect(await failure(client.listUsers())).toMatchObject({
      name: 'WallarooUnreachable',
      code: 'unreachable',
      retryable: true,
    });
  });

  it('reads as a wrong address when something else answers', async () => {
    const { connect, sandbox } = await start();
    const client = connect({ apiUrl: `${sandbox.url}/elsewhere` });
    const error = await failure(client.listUsers());
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'unknown_address' });
  });
});

describe('requests made', () => {
  it('are reported with status, duration and what went wrong', async () => {
    const reports: unknown[] = [];
    const { client, sandbox } = await start({ onRequest: (report) => reports.push(report) });
    sandbox.faults.set('users.query', { status: 503, times: 1 });
    await client.listUsers();
    const call = { method: 'POST', path: '/v1/api/users/query', durationMs: 0 };
    const counting = expect.objectContaining({ path: expect.stringContaining('/count') });
    expect(reports.slice(1).filter((report) => !counting.asymmetricMatch(report))).toEqual([
      { ...call, status: 503, code: 'platform_error' },
      { ...call, status: 200, code: undefined },
    ]);
  });

  it('are reported with the status of a refusal too, a refused sign-in included', async () => {
    const reports: unknown[] = [];
    const { client } = await start({ password: 'wrong', onRequest: (report) => reports.push(report) });
    await failure(client.account());
    expect(reports).toMatchObject([{ status: 401, code: 'wrong_password' }]);
  });
});
