import { describe, expect, it } from 'vitest';
import { failure } from '../../wallaroo/support.ts';
import type { Keycloak } from './keycloak-under-test.ts';

/** Last, as it takes long: Keycloak goes away and comes back. */
export function restarting(keycloak: () => Keycloak): void {
  describe('a restart of Keycloak', () => {
    it('reads as unreachable while it lasts, and afterwards everything works as before', async () => {
      const { server, realm, botId, connect } = keycloak();
      const id = await realm.addUser({ username: 'waits@restart.co', email: 'waits@restart.co' });
      const whole = await realm.wholeUser(id);
      const { client } = connect({ delay: async () => undefined });
      await client.setUserEnabled(id, false);

      await server.stop();
      expect(await failure(client.getUser(id))).toMatchObject({ code: 'unreachable', retryable: true });
      expect(await failure(client.setUserEnabled(id, true))).toMatchObject({ code: 'unreachable' });
      await server.start();

      expect(await client.getUser(botId)).toBeDefined();
      expect((await client.findUserByEmail('waits@restart.co'))?.enabled).toBe(false);
      await client.setUserEnabled(id, true);
      await realm.signIn();
      expect(await realm.wholeUser(id)).toEqual(whole);
    }, 180_000);
  });
}
