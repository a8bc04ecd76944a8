import { describe, expect, it } from 'vitest';
import { failure } from '../../wallaroo/support.ts';
import type { KeycloakName } from '../versions.ts';
import type { Keycloak } from './keycloak-under-test.ts';
import { requireEmail } from './profiles.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';
const password = 'contract-refused';

/** Each way in which Keycloak says no is told apart (contract §3.4, §4). */
export function refusals(keycloak: () => Keycloak, name: KeycloakName): void {
  describe('refusals', () => {
    it.each([
      ['a wrong password', { password: 'wrong' }, 'wrong_password'],
      ['an unknown user', { username: 'nobody@ex.co' }, 'wrong_password'],
      ['an unknown client', { clientId: 'no-such-client' }, 'client_refused'],
      ['a wrong secret', { clientId: 'api-client', clientSecret: 'wrong' }, 'client_refused'],
      ['a missing secret', { clientId: 'api-client' }, 'client_refused'],
    ])('signing in with %s', async (_what, options, code) => {
      const error = await failure(keycloak().connect(options).client.account());
      expect(error).toMatchObject({ name: 'WallarooRefused', code, retryable: false });
    });

    it.each([
      ['deactivated', { enabled: false }, 'account_disabled'],
      ['not fully set up', { requiredActions: ['UPDATE_PASSWORD'] }, 'account_not_set_up'],
    ])('signing in as an account that is %s', async (what, change, code) => {
      const username = `${what.replaceAll(' ', '-')}@refused.co`;
      const proper = { username, email: username, firstName: 'A', lastName: 'B', ...change };
      await keycloak().realm.addUser(proper, { password });
      const error = await failure(keycloak().connect({ username, password }).client.account());
      expect(error).toMatchObject({ name: 'WallarooRefused', code });
    });

    it('of a client without direct access grants', async () => {
      const client = { clientId: 'browser-only', publicClient: true, directAccessGrantsEnabled: false };
      await keycloak().realm.ask('POST', '/clients', client);
      const error = await failure(keycloak().connect({ clientId: 'browser-only' }).client.account());
      expect(error).toMatchObject({ code: 'client_refused' });
    });

    it('of a token whose account was deactivated meanwhile', async () => {
      const { realm, connect, botId } = keycloak();
      const username = 'fired@refused.co';
      const proper = { username, email: username, firstName: 'A', lastName: 'B' };
      const id = await realm.addUser(proper, { password, roles: ['manage-users'] });
      const { client, requests } = connect({ username, password });
      expect(await client.getUser(botId)).toBeDefined();
      await connect().client.setUserEnabled(id, false);
      expect(await failure(client.getUser(botId))).toMatchObject({ code: 'account_disabled' });
      // The admin REST's own 401 first, then the refused renewal and the refused login.
      expect(requests.slice(-3).map(({ status }) => status)).toEqual([401, 400, 400]);
    });

    it('for a user who is not there', async () => {
      const { client } = keycloak().connect();
      expect(await client.getUser(unknownId)).toBeUndefined();
      expect(await client.findUserByEmail('nobody@refused.co')).toBeUndefined();
      expect(await failure(client.setUserEnabled(unknownId, false))).toMatchObject({ code: 'not_found' });
    });

    it('at an address where no such realm or no Keycloak answers', async () => {
      const authUrl = `${keycloak().server.url}/elsewhere`;
      const { client } = keycloak().connect({ authUrl });
      expect(await failure(client.account())).toMatchObject({ code: 'unknown_address' });
    });

    it('of a user without the email that the user profile requires', async () => {
      const { realm, connect } = keycloak();
      const id = await realm.addUser({ username: 'no-email-refused' });
      const forget = await requireEmail(realm, name);
      const error = await failure(connect().client.setUserEnabled(id, false));
      await forget();
      expect(error).toMatchObject({ name: 'WallarooRefused', code: 'incomplete_account' });
      expect((await realm.user(id)).enabled).toBe(true);
    });
  });
}
