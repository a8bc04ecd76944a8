import { describe, expect, it } from 'vitest';
import type { AccountFix } from '../../src/wallaroo/client.ts';
import { askToken } from '../sandbox/wallaroo/support.ts';
import { failure, idOf, limitFor, start } from './support.ts';

const fixed: AccountFix = { email: 'steve@ex.co', username: 'steve@ex.co', emailVerified: true };

/** An account that may administer users and read neither realm nor clients. */
const narrow = { realmRoles: [], managementRoles: ['manage-users', 'view-users'] };

describe.each(['21', '26'] as const)('mending an account (Keycloak %s)', (keycloakRelease) => {
  const begin = (switches = {}) => start({}, { switches: { keycloakRelease, ...switches } });

  it.each(['patch-like', 'replace', 'merge'] as const)(
    'sets email, username and confirmation, and nothing else (PUT mode %s)',
    async (putMode) => {
      const { client, sandbox } = await begin({ putMode, editUsernameAllowed: true });
      sandbox.state.updateUser('steve', { emailVerified: false, requiredActions: ['VERIFY_EMAIL'] });
      const was = sandbox.state.user('steve');
      const others = new Map(sandbox.state.users);
      const { before, after } = await client.fixAccount(was.id, fixed);
      expect([before.username, after.username]).toEqual(['steve', 'steve@ex.co']);
      const now = { username: 'steve@ex.co', emailVerified: true, requiredActions: [] };
      expect(sandbox.state.user(was.id)).toEqual({ ...was, ...now });
      const { id: bot } = sandbox.state.user('chatops@ex.co');
      for (const [id, user] of others)
        if (id !== was.id && id !== bot) expect(sandbox.state.user(id)).toEqual(user);
    },
  );

  it.each([true, false])(
    'leaves a username that the realm does not let be edited (told to the account: %s)',
    async (told) => {
      const { client, sandbox } = await begin();
      if (!told) sandbox.state.updateUser('chatops@ex.co', narrow);
      const id = idOf(sandbox, 'steve');
      expect(await client.mayEditUsernames()).toBe(told ? false : undefined);
      const { after } = await client.fixAccount(id, { ...fixed, email: 'novak@ex.co' });
      expect(after).toMatchObject({ username: 'steve', email: 'novak@ex.co', emailVerified: true });
    },
  );

  it('edits the username where the realm lets it, though it does not tell the account', async () => {
    const { client, sandbox } = await begin({ editUsernameAllowed: true });
    sandbox.state.updateUser('chatops@ex.co', narrow);
    const { after } = await client.fixAccount(idOf(sandbox, 'steve'), fixed);
    expect(after.username).toBe('steve@ex.co');
  });

  it('gives an account without email one, and undoes it', async () => {
    const { client, sandbox } = await begin({ editUsernameAllowed: true });
    const robot = sandbox.state.user('robot');
    const fix = { email: 'robot@ex.co', username: 'robot@ex.co', emailVerified: true };
    const { before, after } = await client.fixAccount(robot.id, fix);
    expect(after).toMatchObject(fix);
    await client.fixAccount(robot.id, {
      email: before.email,
      username: before.username,
      emailVerified: before.emailVerified ?? false,
    });
    expect(sandbox.state.user(robot.id)).toEqual(robot);
  });

  it('writes nothing when it is so already', async () => {
    const { client, sandbox, asked } = await begin();
    const fix = { email: 'Mia@ex.co', username: 'MIA@ex.co', emailVerified: true };
    const { before, after } = await client.fixAccount(idOf(sandbox, 'mia@ex.co'), fix);
    expect(after).toEqual(before);
    expect(asked('keycloak.users.put')).toBe(0);
  });

  it.each([
    ['an email that another has', 'steve', { ...fixed, email: 'MIA@ex.co' }, 'conflict'],
    ['a username that another has', 'steve', { ...fixed, username: 'mia@ex.co' }, 'conflict'],
    [
      'an email that is another username',
      'mia@ex.co',
      { ...fixed, email: 'robot', username: undefined },
      'conflict',
    ],
    ['the built-in admin', 'admin', { ...fixed, email: 'a@ex.co', username: undefined }, 'kept_account'],
    ['its own account', 'chatops@ex.co', { ...fixed, email: 'a@ex.co', username: undefined }, 'kept_account'],
  ])('refuses %s before anything is written', async (_name, who, fix, code) => {
    const { client, sandbox, asked } = await begin({ editUsernameAllowed: true });
    const error = await failure(client.fixAccount(idOf(sandbox, who), fix));
    expect(error).toMatchObject({ name: 'WallarooRefused', code });
    expect(asked('keycloak.users.put')).toBe(0);
  });

  it('refuses a user of a directory, and one who is not there', async () => {
    const { client, sandbox, asked } = await begin();
    sandbox.state.updateUser('steve', { federationLink: 'ldap' });
    const fix = { ...fixed, email: 'novak@ex.co' };
    expect(await failure(client.fixAccount(idOf(sandbox, 'steve'), fix))).toMatchObject({
      code: 'read_only_user',
    });
    const unknown = '00000000-0000-4000-8000-000000000000';
    const free = { ...fix, username: undefined };
    expect(await failure(client.fixAccount(unknown, free))).toMatchObject({ code: 'not_found' });
    expect(asked('keycloak.users.put')).toBe(0);
  });

  it('says what is wrong with an email that is none', async () => {
    const { client, sandbox } = await begin();
    const fix = { email: 'rubbish', username: undefined, emailVerified: true };
    expect(await failure(client.fixAccount(idOf(sandbox, 'steve'), fix))).toMatchObject({
      code: 'invalid_account',
    });
  });

  it.each([
    [{ cutAfterApply: true }, undefined],
    [{ cut: true }, 'unreachable'],
    [{ status: 502 }, 'platform_error'],
    [{ status: 403 }, 'missing_permission'],
  ])('tells by reading back what became of a write: %j', async (fault, code) => {
    const { client, sandbox, asked } = await begin();
    sandbox.faults.set('keycloak.users.put', fault);
    const fix = { ...fixed, email: 'novak@ex.co' };
    const change = client.fixAccount(idOf(sandbox, 'steve'), fix);
    if (code === undefined) expect((await change).after.email).toBe('novak@ex.co');
    else expect(await failure(change)).toMatchObject({ code });
    expect(asked('keycloak.users.put')).toBe(1);
  });

  it('asks for leave right before it writes', async () => {
    const { client, sandbox } = await begin();
    const lost = new Error('the lock is lost');
    const fix = { ...fixed, email: 'novak@ex.co' };
    await expect(client.fixAccount(idOf(sandbox, 'steve'), fix, () => Promise.reject(lost))).rejects.toBe(
      lost,
    );
    expect(sandbox.state.user('steve').email).toBe('steve@ex.co');
  });
});

describe('ending sessions', () => {
  const signIn = async (url: string) => {
    const form = {
      grant_type: 'password',
      client_id: 'sdk-client',
      username: 'steve',
      password: 'password of steve',
    };
    return (await askToken({ url }, form)).body;
  };
  const renew = (url: string, refresh_token: string) =>
    askToken({ url }, { grant_type: 'refresh_token', client_id: 'sdk-client', refresh_token });

  it('makes refresh tokens dead, and no harm when repeated', async () => {
    const { client, sandbox } = await start();
    const { refresh_token } = await signIn(sandbox.url);
    expect((await renew(sandbox.url, refresh_token)).status).toBe(200);
    await client.endSessions(idOf(sandbox, 'steve'));
    await client.endSessions(idOf(sandbox, 'steve'));
    expect((await renew(sandbox.url, refresh_token)).status).toBe(400);
  });

  it.each([
    [{ cutAfterApply: true }, undefined],
    [{ cut: true }, 'unreachable'],
    [{ status: 403 }, 'missing_permission'],
  ])('tells by looking at the sessions what became of it: %j', async (fault, code) => {
    const { client, sandbox } = await start();
    await signIn(sandbox.url);
    sandbox.faults.set('keycloak.users.logout', fault);
    const ending = client.endSessions(idOf(sandbox, 'steve'));
    if (code === undefined) await ending;
    else expect(await failure(ending)).toMatchObject({ code });
  });

  it('is unknown where the sessions cannot be read afterwards', async () => {
    const { client, sandbox } = await start();
    await signIn(sandbox.url);
    sandbox.on('request', ({ endpoint }) => {
      if (endpoint === 'keycloak.users.logout')
        sandbox.faults.set('keycloak.users.sessions', { status: 502 });
    });
    expect(await failure(client.endSessions(idOf(sandbox, 'steve')))).toMatchObject({
      code: 'outcome_unknown',
    });
  });

  it.each([
    ['all roles', {}, 7200_000],
    ['no role to view the realm', narrow, undefined],
    [
      'a role to query clients alone',
      { ...narrow, managementRoles: ['view-realm', 'query-clients'] },
      undefined,
    ],
  ])('tells how long access tokens live, to an account with %s', async (_name, change, ms) => {
    const { client, sandbox } = await start({}, { switches: { sdkAccessSeconds: 7200 } });
    sandbox.state.updateUser('chatops@ex.co', change);
    expect(await client.accessTokenLifeMs()).toBe(ms);
  });
});

describe.each(['21', '26'] as const)('an account made in Keycloak (%s)', (keycloakRelease) => {
  const email = 'New@ex.co';
  const begin = (switches = {}, options = {}) =>
    start(options, { switches: { keycloakRelease, ...switches } });

  it('is active, goes by its email, and its owner is mailed', async () => {
    const { client, sandbox } = await begin();
    const made = await client.inviteInKeycloak(email);
    const user = sandbox.state.user('new@ex.co');
    expect(made).toEqual({ id: user.id, mailSent: true });
    expect(user).toMatchObject({
      username: 'new@ex.co',
      email: 'new@ex.co',
      enabled: true,
      emailVerified: false,
      requiredActions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL'],
    });
    expect(sandbox.state.mails).toMatchObject([
      { to: 'new@ex.co', userId: user.id, actions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL'] },
    ]);
  });

  it.each([true, false])(
    'is there though the realm has no mail server (told to the account: %s)',
    async (told) => {
      const { client, sandbox } = await begin({ mailServer: false });
      if (!told) sandbox.state.updateUser('chatops@ex.co', narrow);
      const made = await client.inviteInKeycloak(email);
      // 21 has the same words for whatever goes wrong with a mail.
      const why = told || keycloakRelease === '26' ? 'no_mail_server' : 'not_sent';
      expect(made).toMatchObject({ id: sandbox.state.user(email).id, mailSent: false, why });
      expect(made.mailSent || made.reason).toMatch(/Keycloak console/);
    },
  );

  it.each([
    [{ status: 500, body: { errorMessage: 'Failed to send execute actions email' } }, 'not_sent'],
    [{ status: 403 }, 'not_sent'],
    [{ cut: true }, 'unknown'],
    [{ hang: true }, 'unknown'],
  ])('is there whatever becomes of the mail: %j', async (fault, why) => {
    const { client, sandbox } = await begin({}, limitFor('hang' in fault));
    sandbox.faults.set('keycloak.users.mailActions', fault);
    expect(await client.inviteInKeycloak(email)).toMatchObject({ mailSent: false, why });
    expect(sandbox.state.find(email)).toBeDefined();
  });

  it.each(['MIA@ex.co', 'steve@ex.co', 'robot'])('is refused where %s is taken', async (taken) => {
    const { client, asked } = await begin();
    expect(await failure(client.inviteInKeycloak(taken))).toMatchObject({ code: 'conflict' });
    expect(asked('keycloak.users.create')).toBe(0);
  });

  it.each([
    [{ cutAfterApply: true }, undefined],
    [{ cut: true }, 'unreachable'],
    [{ status: 409 }, 'conflict'],
    [{ status: 403 }, 'missing_permission'],
    [{ status: 502 }, 'platform_error'],
  ])('is found by email when the answer is lost: %j', async (fault, code) => {
    const { client, sandbox, asked } = await begin();
    sandbox.faults.set('keycloak.users.create', fault);
    const invitation = client.inviteInKeycloak(email);
    if (code === undefined) expect((await invitation).id).toBe(sandbox.state.user(email).id);
    else expect(await failure(invitation)).toMatchObject({ code });
    expect(asked('keycloak.users.create')).toBe(1);
    expect(sandbox.state.mails).toHaveLength(code === undefined ? 1 : 0);
  });

  it('asks for leave right before it is made', async () => {
    const { client, sandbox } = await begin();
    const lost = new Error('the lock is lost');
    await expect(client.inviteInKeycloak(email, () => Promise.reject(lost))).rejects.toBe(lost);
    expect(sandbox.state.find(email)).toBeUndefined();
  });
});
