import { expect, it } from 'vitest';
import { failure, idOf, start } from './support.ts';

it.each([
  ['directly', { realmRoles: ['admin'] }, true],
  ['through a group', { groupRoles: ['admin'] }, true],
  ['by no role', { realmRoles: ['auditor'] }, false],
])('tells who is a platform administrator %s', async (_name, roles, expected) => {
  const { client, sandbox } = await start();
  sandbox.state.updateUser('steve', roles);
  expect(await client.isPlatformAdministrator(idOf(sandbox, 'steve'))).toBe(expected);
});

it('takes the direct roles where a proxy passes the question after all of them on to nobody', async () => {
  const { client, sandbox } = await start();
  sandbox.faults.set('keycloak.users.allRoles', { status: 404, body: { error: 'HTTP 404 Not Found' } });
  expect(await client.isPlatformAdministrator(idOf(sandbox, 'steve'))).toBe(false);
});

it.each(['keycloak.users.roles', 'keycloak.users.allRoles'] as const)(
  'knows nothing where Keycloak refuses %s',
  async (endpoint) => {
    const { client, sandbox } = await start();
    sandbox.faults.set(endpoint, { status: 403 });
    expect(await client.isPlatformAdministrator(idOf(sandbox, 'steve'))).toBeUndefined();
  },
);

it('rejects where Keycloak cannot be asked', async () => {
  const { client, sandbox } = await start();
  sandbox.faults.set('keycloak.users.roles', { status: 503 });
  expect(await failure(client.isPlatformAdministrator(idOf(sandbox, 'steve')))).toMatchObject({
    code: 'platform_error',
  });
});
