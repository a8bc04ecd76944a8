import { describe, expect, it } from 'vitest';
import { failure, idOf, limitFor, start } from './support.ts';

const ways = ['keycloak', 'api'] as const;

describe.each(ways)('switching a user through %s', (usersVia) => {
  it.each(['patch-like', 'replace', 'merge'] as const)(
    'changes nothing but `enabled` (PUT mode %s)',
    async (putMode) => {
      const switches = { putMode, refuseUnknownProperties: true, putNeedsEmail: true };
      const { client, sandbox } = await start({ usersVia }, { switches });
      for (const name of ['steve', 'john.hummel+signuptest@wallaroo.ai', 'Dana.Mixed@Ex.co', 'a_b@ex.co']) {
        const all = new Map(sandbox.state.users);
        const before = sandbox.state.user(name);
        const { before: was, after } = await client.setUserEnabled(before.id, !before.enabled);
        expect([was.enabled, after.enabled]).toEqual([before.enabled, !before.enabled]);
        all.set(before.id, { ...before, enabled: !before.enabled });
        const { id: bot } = sandbox.state.user('chatops@ex.co');
        for (const [id, user] of all) if (id !== bot) expect(sandbox.state.user(id)).toEqual(user);
      }
    },
  );

  it('writes nothing when it is so already', async () => {
    const { client, sandbox, asked } = await start({ usersVia });
    const { before, after } = await client.setUserEnabled(idOf(sandbox, 'steve'), true);
    expect([before.enabled, after.enabled]).toEqual([true, true]);
    expect(asked('keycloak.users.put') + asked('users.activate')).toBe(0);
  });

  it.each(['steve', 'asteve@ex.co'])(
    'never touches the other of steve@ex.co and asteve@ex.co: %s',
    async (name) => {
      const { client, sandbox } = await start({ usersVia });
      const other = name === 'steve' ? 'asteve@ex.co' : 'steve';
      for (const enabled of [false, true, false]) {
        for (const otherEnabled of [true, false]) {
          sandbox.state.setEnabled(other, otherEnabled);
          await client.setUserEnabled(idOf(sandbox, name), enabled);
          expect(sandbox.state.user(name).enabled).toBe(enabled);
          expect(sandbox.state.user(other).enabled).toBe(otherEnabled);
        }
      }
    },
  );

  it.each(['cut', 'status', 'hang', 'malformed'] as const)(
    'finds out by reading back when the answer to an applied write is lost, and never writes twice (%s)',
    async (kind) => {
      const { client, sandbox, asked } = await start({ usersVia, ...limitFor(kind === 'hang') });
      const endpoint = usersVia === 'keycloak' ? 'keycloak.users.put' : 'users.deactivate';
      sandbox.on('response', (request) => {
        // Applied, and then: the answer never comes, or is another.
        if (request.endpoint === endpoint && kind === 'hang') return new Promise(() => undefined);
        return undefined;
      });
      if (kind === 'cut') sandbox.faults.set(endpoint, { cutAfterApply: true });
      if (kind === 'malformed') sandbox.faults.set(endpoint, { malformed: true });
      if (kind === 'status') sandbox.faults.set(endpoint, { status: 502 });
      if (kind === 'status')
        sandbox.on('request', (request) => {
          if (request.endpoint === endpoint) sandbox.state.setEnabled('steve', false);
        });
      const { before, after } = await client.setUserEnabled(idOf(sandbox, 'steve'), false);
      expect([before.enabled, after.enabled]).toEqual([true, false]);
      expect(asked(endpoint)).toBe(1);
    },
  );

  it.each([
    ['cut', { cut: true }, 'WallarooUnreachable', 'unreachable'],
    ['502', { status: 502 }, 'WallarooUnreachable', 'platform_error'],
    ['hang', { hang: true }, 'WallarooUnreachable', 'timeout'],
    ['403', { status: 403 }, 'WallarooRefused', undefined],
    ['409', { status: 409 }, 'WallarooRefused', 'conflict'],
    ['400', { status: 400 }, 'WallarooRefused', 'invalid_request'],
    ['404', { status: 404 }, 'WallarooRefused', undefined],
    ['429', { status: 429 }, 'WallarooRefused', 'rate_limited'],
  ])(
    'rejects when the write did not take effect, after one attempt (%s)',
    async (_name, fault, name, code) => {
      const { client, sandbox, asked } = await start({ usersVia, ...limitFor('hang' in fault) });
      const endpoint = usersVia === 'keycloak' ? 'keycloak.users.put' : 'users.deactivate';
      sandbox.faults.set(endpoint, fault);
      const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
      expect(error).toMatchObject({ name, ...(code === undefined ? {} : { code }) });
      expect(asked(endpoint)).toBe(1);
      expect(sandbox.state.user('steve').enabled).toBe(true);
    },
  );

  it('says that nobody knows when the write was cut and cannot be read back', async () => {
    const { client, sandbox } = await start({ usersVia });
    const [write, read] =
      usersVia === 'keycloak'
        ? (['keycloak.users.put', 'keycloak.users.get'] as const)
        : (['users.deactivate', 'users.query'] as const);
    sandbox.faults.set(write, { cutAfterApply: true });
    sandbox.faults.set(read, { status: 503, skip: 1 });
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
    expect(error).toMatchObject({ name: 'WallarooUnreachable', code: 'outcome_unknown', retryable: true });
  });

  it('refuses an unknown user', async () => {
    const { client } = await start({ usersVia });
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await failure(client.setUserEnabled(unknown, false))).toMatchObject({ code: 'not_found' });
  });

  it('forgets the list when a user was changed', async () => {
    const { client, sandbox } = await start({ usersVia });
    await client.listUsers();
    await client.setUserEnabled(idOf(sandbox, 'steve'), false);
    const steve = (await client.listUsers()).find(({ username }) => username === 'steve');
    expect(steve?.enabled).toBe(false);
  });
});

describe('switching a user through Keycloak', () => {
  it('reads again before it repeats a write whose token had ended in between', async () => {
    const { client, sandbox, asked } = await start();
    const id = idOf(sandbox, 'steve');
    sandbox.faults.set('keycloak.users.put', { status: 401, times: 1 });
    let edited = false;
    sandbox.on('request', ({ endpoint }) => {
      if (endpoint !== 'keycloak.users.put' || edited) return;
      edited = true;
      sandbox.state.updateUser(id, { lastName: 'Changed meanwhile' });
    });
    await client.setUserEnabled(id, false);
    expect(sandbox.state.user(id)).toMatchObject({ enabled: false, lastName: 'Changed meanwhile' });
    expect([asked('keycloak.users.get'), asked('keycloak.users.put')]).toEqual([3, 2]);
  });

  it('names the roles that an ordinary account lacks', async () => {
    const { client, sandbox } = await start();
    sandbox.state.updateUser('chatops@ex.co', { realmRoles: [] });
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'missing_permission' });
    expect(error.userMessage).toMatch(/manage-users.*view-users.*master-realm.*admin/);
  });

  it('rejects when the platform confirms what it does not show', async () => {
    const { client, sandbox } = await start();
    const id = idOf(sandbox, 'steve');
    sandbox.on('response', ({ endpoint }) => {
      if (endpoint === 'keycloak.users.put') sandbox.state.setEnabled(id, true);
    });
    expect(await failure(client.setUserEnabled(id, false))).toMatchObject({ code: 'not_applied' });
  });

  it.each(['21', '26'] as const)(
    'tells what an account without email needs where Keycloak %s insists on one',
    async (keycloakRelease) => {
      const { client, sandbox } = await start({}, { switches: { keycloakRelease, putNeedsEmail: true } });
      const error = await failure(client.setUserEnabled(idOf(sandbox, 'robot'), true));
      expect(error).toMatchObject({ code: 'incomplete_account', retryable: false });
    },
  );
});

describe('switching a user through the API', () => {
  const usersVia = 'api';

  it('believes no old list that a user is so already', async () => {
    const { client, sandbox } = await start({ usersVia: 'api' });
    const user = sandbox.state.user('steve');
    const record = { id: user.id, username: user.username, enabled: true, email: user.email };
    sandbox.state.setEnabled('steve', false);
    const bot = sandbox.state.user('chatops@ex.co');
    const others = [...sandbox.state.users.values()].map(({ id, username, enabled, email }) => [
      id,
      { id, username, enabled, email },
    ]);
    const users = { ...Object.fromEntries(others), [user.id]: record };
    expect(users).toHaveProperty(bot.id);
    // The first question is for all, the next one for the user.
    sandbox.faults.set('users.query', { status: 200, body: { users }, times: 1 });
    const { before, after } = await client.setUserEnabled(user.id, true);
    expect([before.enabled, after.enabled]).toEqual([false, true]);
    expect(sandbox.state.user('steve').enabled).toBe(true);
  });

  it('refuses a user without email', async () => {
    const { client, sandbox, asked } = await start({ usersVia });
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'robot'), true));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'no_email' });
    expect(asked('users.activate')).toBe(0);
  });

  it('refuses an email that two users share, whatever its case', async () => {
    const { client, sandbox, asked } = await start({ usersVia });
    sandbox.state.addUser({ username: 'twin', email: 'STEVE@ex.co' });
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'ambiguous_email' });
    expect(asked('users.deactivate')).toBe(0);
  });

  it('puts the other user right and says so where the API matches part of an email', async () => {
    const { client, sandbox } = await start({ usersVia }, { switches: { activateMatching: 'substring' } });
    sandbox.state.setEnabled('asteve@ex.co', true);
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'wrong_user_changed' });
    expect(sandbox.state.user('asteve@ex.co').enabled).toBe(true);
    expect(sandbox.state.user('steve').enabled).toBe(true);
  });

  it('tells a full license from a missing right', async () => {
    const { client, sandbox } = await start({ usersVia }, { switches: { activateChecksSeats: true } });
    sandbox.state.setEnabled('ada@ex.co', true);
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'mia@ex.co'), true));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'license_full' });
  });

  it('never takes a refused deactivation for a full license', async () => {
    const { client, sandbox } = await start({ usersVia });
    sandbox.faults.set('users.deactivate', {
      status: 403,
      body: { msg: 'over the limit of rights', code: 403 },
    });
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'missing_permission' });
  });

  it('takes the 500 of a user directory that does not find the email as not found', async () => {
    const { client, sandbox } = await start({ usersVia });
    const body = { msg: 'error querying keycloak server', code: 500 };
    sandbox.faults.set('users.deactivate', { status: 500, body });
    const error = await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'not_found' });
  });

  it('asks once more where that directory was away for a moment, as it is there to be read', async () => {
    const { client, sandbox, asked } = await start({ usersVia });
    const body = { msg: 'error querying keycloak server', code: 500 };
    sandbox.faults.set('users.deactivate', { status: 500, body, times: 1 });
    const { after } = await client.setUserEnabled(idOf(sandbox, 'steve'), false);
    expect([after.enabled, asked('users.deactivate')]).toEqual([false, 2]);
  });
});
