import { describe, expect, it } from 'vitest';
import { failure, idOf, start } from './support.ts';

describe.each(['keycloak', 'api'] as const)('looking up a user through %s', (usersVia) => {
  it.each([
    ['steve@ex.co', 'steve'],
    ['STEVE@EX.CO', 'steve'],
    ['asteve@ex.co', 'asteve@ex.co'],
    ['a_b@ex.co', 'a_b@ex.co'],
    ['axb@ex.co', 'axb@ex.co'],
    ['john.hummel+signuptest@wallaroo.ai', 'john.hummel+signuptest@wallaroo.ai'],
    ['dana.mixed@ex.co', 'Dana.Mixed@Ex.co'],
  ])('finds exactly the one with email %s', async (email, username) => {
    const { client } = await start({ usersVia });
    expect(await client.findUserByEmail(email)).toMatchObject({ username });
  });

  it.each(['teve@ex.co', '@ex.co', 'steve', '%', '', ' ', 'nobody@ex.co'])(
    'finds nobody by %j',
    async (email) => {
      const { client } = await start({ usersVia });
      expect(await client.findUserByEmail(email)).toBeUndefined();
    },
  );

  it('refuses an email that several share', async () => {
    const { client, sandbox } = await start({ usersVia });
    sandbox.state.addUser({ username: 'twin', email: 'steve@ex.co' });
    const error = await failure(client.findUserByEmail('steve@ex.co'));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'ambiguous_email', retryable: false });
  });

  it('gets a user by id past every cache, without what only the list tells', async () => {
    const { client, sandbox } = await start({ usersVia });
    await client.listUsers();
    sandbox.state.setEnabled('steve', false);
    const user = await client.getUser(idOf(sandbox, 'steve'));
    expect(user).toMatchObject({
      username: 'steve',
      email: 'steve@ex.co',
      enabled: false,
      realmRoles: undefined,
    });
    expect(user).toHaveProperty('lastSignInMs', undefined);
  });

  it.each(['null', 'absent'] as const)('knows no user of an unknown id (%s)', async (unknownIds) => {
    const { client } = await start({ usersVia }, { switches: { unknownIds, describedNotFound: true } });
    expect(await client.getUser('00000000-0000-4000-8000-000000000000')).toBeUndefined();
    expect(await client.getUser('toString')).toBeUndefined();
  });
});

describe('a 404 that is not about the user', () => {
  it.each([
    ['of another realm', { error: 'Realm not found.' }],
    ['of a path', { error: 'Unable to find matching target resource method' }],
    ['of a proxy', '<html>404</html>'],
  ])('%s reads as a wrong address, not as a missing user', async (_name, body) => {
    const { client, sandbox } = await start();
    sandbox.faults.set('keycloak.users.get', { status: 404, body });
    const error = await failure(client.getUser(idOf(sandbox, 'steve')));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'unknown_address' });
    expect(error.userMessage).toMatch(/WALLAROO_AUTH_URL/);
  });
});
