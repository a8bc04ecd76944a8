import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusError } from '../../src/wallaroo/status-error.ts';
import { failure, idOf, start } from './support.ts';

const put = { method: 'PUT', path: '/auth/admin/realms/master/users/1' };
const read = { method: 'GET', path: '/auth/admin/realms/master/users/1' };
const headers = new Headers();

describe('several violations of the user profile', () => {
  it.each(['21', '26'] as const)('are told as what is missing (Keycloak %s)', async (keycloakRelease) => {
    const { client, sandbox } = await start(
      {},
      { switches: { keycloakRelease, putNeedsEmail: true, putNeedsNames: true } },
    );
    const { id } = sandbox.state.addUser({ username: 'bare', enabled: true });
    const error = await failure(client.setUserEnabled(id, false));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'incomplete_account', retryable: false });
    expect(error.message).toContain(keycloakRelease === '26' ? 'lastName: error-user' : 'attribute lastName');
    if (keycloakRelease === '26') expect(error.userMessage).toContain('(email, firstName, lastName)');
    expect(sandbox.state.user(id).enabled).toBe(true);
  });

  it('are told as what breaks a rule, where nothing is missing', () => {
    const errors = [
      { field: 'email', errorMessage: 'error-invalid-email', params: ['email', 'x'] },
      { field: 'phone', errorMessage: 'error-pattern-no-match' },
    ];
    const error = statusError(put, { status: 400, headers, body: { errors } });
    expect(error).toMatchObject({ code: 'invalid_account' });
    expect(error.userMessage).toContain('(email, phone)');
    expect(error.message).toContain('"email: error-invalid-email; phone: error-pattern-no-match"');
  });

  it('name no field that could be more than a name', () => {
    const errors = [{ field: '<!channel> `x`', errorMessage: 'error-user-attribute-required' }];
    const error = statusError(put, { status: 400, headers, body: { errors } });
    expect(error.code).toBe('incomplete_account');
    expect(error.userMessage).not.toMatch(/[<`]/);
  });
});

it.each([
  [[{ field: 'firstName', errorMessage: 'error-user-attribute-required' }], 'requires more (firstName)'],
  [[{ field: 'email', errorMessage: 'error-pattern-no-match' }], 'rules of its user profile (email)'],
  [[{ errorMessage: 'error-user-attribute-required' }], 'requires more:'],
])('an account that Keycloak does not make has a sentence of its own: %j', async (errors, words) => {
  const { client, sandbox } = await start();
  sandbox.faults.set('keycloak.users.create', { status: 400, body: { errors } });
  const error = await failure(client.inviteInKeycloak('new@ex.co'));
  expect(error.userMessage).toContain('Keycloak makes no account');
  expect(error.userMessage).toContain(words);
});

describe('a user of a directory', () => {
  it.each(['read-only', 'read-only-409', 'unexplained', 'unchanged'] as const)(
    'who is not written has a sentence of their own (%s)',
    async (directory) => {
      const { client, sandbox } = await start({}, { switches: { directory } });
      const id = idOf(sandbox, 'steve');
      sandbox.state.updateUser(id, { federationLink: 'ldap-1' });
      const error = await failure(client.setUserEnabled(id, false));
      expect(error).toMatchObject({ name: 'WallarooRefused', code: 'read_only_user', retryable: false });
      expect(error.userMessage).toContain('directory (LDAP)');
      expect(error.userMessage).toContain('Edit mode');
      expect(sandbox.state.user(id).enabled).toBe(true);
    },
  );

  it('is written where Keycloak may', async () => {
    const { client, sandbox } = await start();
    const id = idOf(sandbox, 'steve');
    sandbox.state.updateUser(id, { federationLink: 'ldap-1' });
    expect((await client.setUserEnabled(id, false)).after.enabled).toBe(false);
  });
});

describe('a 409', () => {
  it('on a read speaks of no email', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('keycloak.users.get', { status: 409 });
    const error = await failure(client.getUser(idOf(sandbox, 'steve')));
    expect(error).toMatchObject({ code: 'busy', retryable: true });
    expect(error.userMessage).not.toContain('email');
  });

  it('on an invitation, or on a write with these words, does', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('users.invite', { status: 409 });
    expect(await failure(client.inviteUser('new@ex.co'))).toMatchObject({ code: 'conflict' });
    sandbox.faults.set('keycloak.users.put', { status: 409 });
    expect(await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false))).toMatchObject({
      code: 'conflict',
    });
  });
});

it('a 404 of a gateway is no word of Keycloak that a user is gone', async () => {
  const { client, sandbox } = await start();
  for (const body of [{ message: 'no Route matched' }, { error: 'Not Found' }, { error: 'no such host' }]) {
    sandbox.faults.set('keycloak.users.get', { status: 404, body });
    expect(await failure(client.getUser(idOf(sandbox, 'steve')))).toMatchObject({ code: 'unknown_address' });
  }
});

it('whatever a gateway answers is an error of ours, and a read is never refused for the user', () => {
  const forUsers = ['conflict', 'incomplete_account', 'invalid_account', 'read_only_user', 'license_full'];
  const anyBody = fc.oneof(
    fc.jsonValue(),
    fc.record({ errors: fc.array(fc.jsonValue()) }),
    fc.record({
      errorMessage: fc.constantFrom('User is read only!', 'error-x', 'User exists with same email'),
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), anyBody, (status, body) => {
      for (const call of [put, read, { method: 'POST', path: '/v1/api/users/query' }]) {
        const error = statusError(call, { status, headers, body });
        expect(error.message).toContain(`status ${status}`);
        if (call !== put) expect(forUsers).not.toContain(error.code);
      }
    }),
  );
});
