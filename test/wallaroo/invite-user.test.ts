import { describe, expect, it } from 'vitest';
import { failure, limitFor, start } from './support.ts';

const email = 'new@ex.co';

describe('inviting a user', () => {
  it.each([true, false])(
    'invites once and hands out the id alone (roles required: %s)',
    async (inviteNeedsRoles) => {
      const { client, sandbox, asked } = await start({}, { switches: { inviteNeedsRoles } });
      expect(await client.inviteUser(email)).toEqual({ id: sandbox.state.user(email).id });
      expect(asked('users.invite')).toBe(1);
      expect((await client.listUsers()).some((user) => user.email === email)).toBe(true);
    },
  );

  it.each([
    ['the seats', 'community', 'license_full', /seat/],
    ['the product', 'enterprise', 'user_management_unsupported', /does not support/],
  ] as const)('tells what a 403 means: %s', async (_name, edition, code, sentence) => {
    const { client, sandbox } = await start();
    sandbox.state.edition = edition;
    sandbox.state.setEnabled('ada@ex.co', true);
    const error = await failure(client.inviteUser(email));
    expect(error).toMatchObject({ name: 'WallarooRefused', code, retryable: false });
    expect(error.userMessage).toMatch(sentence);
    expect(sandbox.state.find(email)).toBeUndefined();
  });

  it.each([
    ['user management is not supported in this product configuration', 'user_management_unsupported'],
    ['You are not allowed to add users: the limit of your license is reached', 'license_full'],
    ['Maximum number of seats in use', 'license_full'],
    ['caller lacks the role admin', 'missing_permission'],
    ['Forbidden', 'missing_permission'],
    ['no', 'unexplained_refusal'],
  ])('reads the words of a 403: %s', async (msg, code) => {
    const { client, sandbox } = await start();
    sandbox.faults.set('users.invite', { status: 403, body: { msg, code: 403 } });
    expect(await failure(client.inviteUser(email))).toMatchObject({ code, retryable: false });
  });

  it('takes a 403 that is not of the platform, as of a proxy, for no word on rights or seats', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('users.invite', { status: 403, body: '<html>no</html>' });
    expect(await failure(client.inviteUser(email))).toMatchObject({ code: 'blocked' });
  });

  it.each(['steve@ex.co', 'STEVE@ex.co', 'mia@ex.co'])(
    'refuses %s, who is there already, without asking',
    async (taken) => {
      const { client, asked } = await start();
      expect(await failure(client.inviteUser(taken))).toMatchObject({
        name: 'WallarooRefused',
        code: 'conflict',
      });
      expect(asked('users.invite')).toBe(0);
    },
  );

  it.each([{ cutAfterApply: true }, { malformed: true }])(
    'finds out that a lost answer was a success: %j',
    async (fault) => {
      const { client, sandbox, asked } = await start();
      sandbox.faults.set('users.invite', fault);
      expect(await client.inviteUser(email)).toEqual({ id: sandbox.state.user(email).id });
      expect(asked('users.invite')).toBe(1);
    },
  );

  it.each([
    [{ cut: true }, 'unreachable'],
    [{ hang: true }, 'timeout'],
    [{ status: 500 }, 'platform_error'],
    [{ status: 409 }, 'conflict'],
    [{ status: 429 }, 'rate_limited'],
    [{ status: 400 }, 'invalid_request'],
    [{ status: 404 }, 'unknown_address'],
  ])('rejects after one attempt that did nothing: %j', async (fault, code) => {
    const { client, sandbox, asked } = await start(limitFor('hang' in fault));
    sandbox.faults.set('users.invite', fault);
    expect(await failure(client.inviteUser(email))).toMatchObject({ code });
    expect(asked('users.invite')).toBe(1);
  });

  it('lets the echoed password reach neither results nor errors', async () => {
    const { client, sandbox } = await start();
    const body = '{"password":"echoed-secret","id":';
    sandbox.faults.set('users.invite', { status: 500, body });
    const error = await failure(client.inviteUser(email));
    expect([error.message, error.userMessage, error.stack, String(error.cause)].join()).not.toContain(
      'echoed-secret',
    );
  });
});
