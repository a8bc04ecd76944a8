import { beforeAll, describe, expect, it } from 'vitest';
import { askToken } from '../../sandbox/wallaroo/support.ts';
import { apiClientSecret } from '../recording/scene.ts';
import { bot, type Keycloak } from './keycloak-under-test.ts';

/** Clients whose settings matter here; lifetimes in seconds. */
const clients = {
  /** The wording of Basic authentication differs for these characters. */
  oddSecret: { clientId: 'odd-secret', secret: 'p%ss wörd+1&=:' },
  api: { clientId: 'api-client', secret: apiClientSecret, accessSeconds: 3600, refreshSeconds: 1800 },
  short: { clientId: 'short-lived', accessSeconds: 2 },
  /** As the recorded 3600 and 1800 seconds of `api-client` (contract §3.3), scaled down. */
  refreshDiesFirst: { clientId: 'refresh-dies-first', accessSeconds: 120, refreshSeconds: 2 },
} as const;

/** Resolves once Keycloak no longer renews by a refresh token that was issued now for `clientId`. */
async function refreshTokenEnds(url: string, clientId: string): Promise<void> {
  const form = { client_id: clientId, grant_type: 'password', ...bot };
  const { body } = await askToken({ url }, form);
  const refresh = { client_id: clientId, grant_type: 'refresh_token', refresh_token: body.refresh_token };
  for (;;) {
    const { status, body: answer } = await askToken({ url }, refresh);
    if (status === 400 && answer.error_description === 'Token is not active') return;
    expect(status, JSON.stringify(answer)).toBe(200);
  }
}

/** Signing in and staying so (contract §3). */
export function signingIn(keycloak: () => Keycloak): void {
  describe('signing in', () => {
    beforeAll(async () => {
      for (const client of Object.values(clients)) await keycloak().realm.addClient(client);
    });

    it.each([
      ['a public client', { clientId: 'sdk-client' }],
      ['a confidential client', { clientId: clients.api.clientId, clientSecret: clients.api.secret }],
      [
        'a confidential client whose secret needs encoding',
        { clientId: clients.oddSecret.clientId, clientSecret: clients.oddSecret.secret },
      ],
    ])('as %s', async (_name, options) => {
      const { client, grants } = keycloak().connect(options);
      expect(await client.account()).toMatchObject({ userId: keycloak().botId, username: bot.username });
      expect(grants()).toEqual([200]);
    });

    it('renews by the refresh token when a minute is nearly over', async () => {
      let nowMs = 0;
      const { client, grants } = keycloak().connect({ monotonicMs: () => nowMs });
      await client.account();
      nowMs = 50_000;
      expect(await client.getUser(keycloak().botId)).toBeDefined();
      expect(grants()).toEqual([200, 200]);
    });

    it('stays signed in over many lifetimes of two seconds', async () => {
      const { client, requests, grants } = keycloak().connect({ clientId: clients.short.clientId });
      const beganMs = performance.now();
      while (performance.now() - beganMs < 7_000)
        expect(await client.getUser(keycloak().botId)).toBeDefined();
      expect(requests.map(({ status }) => status)).not.toContain(401);
      expect(grants().length).toBeGreaterThanOrEqual(4);
      expect(new Set(grants())).toEqual(new Set([200]));
    });

    it('renews once for all callers when Keycloak refuses a token that has ended', async () => {
      // To this client no time passes, so it learns of the end from the 401.
      const options = { clientId: clients.short.clientId, monotonicMs: () => 0 };
      const { client, requests, grants } = keycloak().connect(options);
      const isRefused = () => requests.some(({ status }) => status === 401);
      while (!isRefused()) {
        const users = await Promise.all([1, 2, 3].map(() => client.getUser(keycloak().botId)));
        expect(users.map((user) => user?.username)).toEqual(Array(3).fill(bot.username));
      }
      expect(grants()).toEqual([200, 200]);
    });

    it('logs in again, without a refusal, once the refresh token has died before the access token', async () => {
      const { clientId } = clients.refreshDiesFirst;
      const { client, grants } = keycloak().connect({ clientId });
      await client.account();
      await refreshTokenEnds(keycloak().server.url, clientId);
      expect(await client.getUser(keycloak().botId)).toBeDefined();
      expect(grants()).toEqual([200, 200]);
    });

    it('logs in again when Keycloak refuses a refresh token that died early', async () => {
      const { clientId } = clients.refreshDiesFirst;
      let nowMs = 0;
      const { client, grants } = keycloak().connect({ clientId, monotonicMs: () => nowMs });
      await client.account();
      await refreshTokenEnds(keycloak().server.url, clientId);
      // To this client the refresh token is about to end, to Keycloak it has ended.
      nowMs = 1_900;
      expect(await client.getUser(keycloak().botId)).toBeDefined();
      expect(grants()).toEqual([200, 400, 200]);
    });

    it('logs in again after an administrator has ended the session', async () => {
      const { realm, botId, connect } = keycloak();
      const { client, grants, requests } = connect();
      await client.account();
      await realm.ask('POST', `/users/${botId}/logout`);
      expect(await client.getUser(botId)).toMatchObject({ username: bot.username });
      expect(requests.map(({ status }) => status)).toContain(401);
      expect(grants()).toEqual([200, 400, 200]);
    });
  });
}
