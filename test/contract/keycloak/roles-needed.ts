import { describe, expect, it } from 'vitest';
import type { WallarooError } from '../../../src/wallaroo/errors.ts';
import type { Keycloak } from './keycloak-under-test.ts';

const password = 'contract-role';

/** What comes of a call: `ok`, `none` where nobody is shown, or the error's code. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    (value) => (value === undefined ? 'none' : 'ok'),
    (error: WallarooError) => error.code,
  );

const refused = 'missing_permission';

/** Which roles of the client `master-realm` the bot's account needs, tried one by one. */
export function rolesNeeded(keycloak: () => Keycloak): void {
  describe('an account with', () => {
    it.each([
      { roles: [], find: refused, read: refused, write: refused },
      { roles: ['query-users'], find: 'none', read: refused, write: refused },
      { roles: ['view-users'], find: 'ok', read: 'ok', write: refused },
      { roles: ['manage-users'], find: 'ok', read: 'ok', write: 'ok' },
      { roles: ['view-users', 'manage-users'], find: 'ok', read: 'ok', write: 'ok' },
      {
        roles: ['view-realm', 'view-users', 'query-groups', 'query-users'],
        find: 'ok',
        read: 'ok',
        write: refused,
      },
    ])('$roles: find $find, read $read, write $write', async ({ roles, find, read, write }) => {
      const { realm, connect } = keycloak();
      const name = roles.join('+') || 'no-role';
      const username = `${name}@roles.co`;
      const proper = { username, email: username, firstName: 'A', lastName: 'B' };
      await realm.addUser(proper, { password, roles });
      const target = await realm.addUser({ username: `of-${name}@roles.co`, email: `of-${name}@roles.co` });
      const { client } = connect({ username, password });
      expect({
        find: await outcomeOf(client.findUserByEmail(`of-${name}@roles.co`)),
        read: await outcomeOf(client.getUser(target)),
        write: await outcomeOf(client.setUserEnabled(target, false)),
      }).toEqual({ find, read, write });
      expect((await realm.user(target)).enabled).toBe(write !== 'ok');
      const { managementRoles } = await client.account();
      expect(managementRoles).toEqual(expect.arrayContaining(roles));
    });

    it('the realm role admin: everything', async () => {
      const { realm, connect } = keycloak();
      const username = 'realm-admin@roles.co';
      const id = await realm.addUser(
        { username, email: username, firstName: 'A', lastName: 'B' },
        { password },
      );
      await realm.giveRealmRole(id, 'admin');
      const target = await realm.addUser({ username: 'of-admin@roles.co', email: 'of-admin@roles.co' });
      const { client } = connect({ username, password });
      expect((await client.findUserByEmail('of-admin@roles.co'))?.id).toBe(target);
      expect((await client.setUserEnabled(target, false)).after.enabled).toBe(false);
      expect((await client.account()).realmRoles).toContain('admin');
    });
  });
}
