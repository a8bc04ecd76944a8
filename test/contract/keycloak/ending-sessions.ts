import { beforeAll, describe, expect, it, vi } from 'vitest';
import { askToken } from '../../sandbox/wallaroo/support.ts';
import { failure } from '../../wallaroo/support.ts';
import { BrowserSession } from './browser-session.ts';
import { bot, type Keycloak } from './keycloak-under-test.ts';

const password = 'contract-leaver';
const redirectUri = 'http://127.0.0.1/back';

/** What is dead after the user's sessions were ended, and how long the rest may live (contract §3.3, §13). */
export function endingSessions(keycloak: () => Keycloak): void {
  describe('ending sessions', () => {
    beforeAll(() =>
      keycloak().realm.ask('POST', '/clients', {
        clientId: 'dashboard',
        publicClient: true,
        standardFlowEnabled: true,
        redirectUris: [redirectUri],
      }),
    );

    const addLeaver = (username: string): Promise<string> =>
      keycloak().realm.addUser(
        { username, email: username, emailVerified: true, firstName: 'L', lastName: 'R' },
        { password },
      );
    const tokens = async (form: Record<string, string>) => {
      const { body } = await askToken(keycloak().server, { client_id: 'sdk-client', ...form });
      return body;
    };
    const refreshed = async (refresh_token: string) =>
      (
        await askToken(keycloak().server, {
          client_id: 'sdk-client',
          grant_type: 'refresh_token',
          refresh_token,
        })
      ).status;

    it.each(['active', 'deactivated'])(
      'kills the refresh token and the session in the browser of somebody %s',
      async (state) => {
        const username = `${state}@leaves.co`;
        const id = await addLeaver(username);
        const { refresh_token } = await tokens({ grant_type: 'password', username, password });
        const browser = new BrowserSession(keycloak().server.url, 'dashboard', redirectUri);
        await browser.signIn(username, password);
        expect([await refreshed(refresh_token), await browser.isSignedIn()]).toEqual([200, true]);

        const { client } = keycloak().connect();
        if (state === 'deactivated') await client.setUserEnabled(id, false);
        await client.endSessions(id);
        await client.endSessions(id);
        expect([await refreshed(refresh_token), await browser.isSignedIn()]).toEqual([400, false]);

        if (state === 'deactivated') await client.setUserEnabled(id, true);
        // Neither comes back with the account; the person signs in again.
        expect([await refreshed(refresh_token), await browser.isSignedIn()]).toEqual([400, false]);
        await browser.signIn(username, password);
        expect(await browser.isSignedIn()).toBe(true);
      },
    );

    it('kills a refresh token that outlives sessions, unless it was issued within the same second', async () => {
      const username = 'offline@leaves.co';
      const id = await addLeaver(username);
      const form = { grant_type: 'password', username, password, scope: 'offline_access' };
      const { refresh_token } = await tokens(form);
      const issuedAtSeconds = Math.floor(Date.now() / 1000);
      await vi.waitUntil(() => Math.floor(Date.now() / 1000) > issuedAtSeconds, { timeout: 3_000 });
      expect(await refreshed(refresh_token)).toBe(200);
      await keycloak().connect().client.endSessions(id);
      expect(await refreshed(refresh_token)).toBe(400);
    });

    it('is refused for who is not there, and to an account that may not', async () => {
      const unknown = '00000000-0000-4000-8000-000000000000';
      const { client } = keycloak().connect();
      expect(await failure(client.endSessions(unknown))).toMatchObject({ code: 'not_found' });
      const reader = { username: 'reader@leaves.co', password };
      const proper = { email: reader.username, emailVerified: true, firstName: 'R', lastName: 'E' };
      await keycloak().realm.addUser(
        { username: reader.username, ...proper },
        { password, roles: ['view-users'] },
      );
      const { client: other } = keycloak().connect(reader);
      expect(await failure(other.endSessions(keycloak().botId))).toMatchObject({
        code: 'missing_permission',
      });
    });

    it('tells how long access tokens live to who may read realm and clients, and to nobody else', async () => {
      const { realm, connect } = keycloak();
      await realm.addClient({ clientId: 'longest-lived', accessSeconds: 7200 });
      const steward = { username: 'steward@leaves.co', password };
      const proper = { email: steward.username, emailVerified: true, firstName: 'S', lastName: 'T' };
      const roles = ['view-realm', 'view-clients', 'manage-users'];
      await realm.addUser({ username: steward.username, ...proper }, { password, roles });
      expect(await connect(steward).client.accessTokenLifeMs()).toBe(7200_000);
      const { username } = bot;
      expect(await connect({ username }).client.accessTokenLifeMs()).toBeUndefined();
    });
  });
}
