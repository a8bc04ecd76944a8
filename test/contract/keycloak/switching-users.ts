import { describe, expect, it } from 'vitest';
import { askToken } from '../../sandbox/wallaroo/support.ts';
import { failure } from '../../wallaroo/support.ts';
import type { KeycloakName } from '../versions.ts';
import type { Keycloak } from './keycloak-under-test.ts';
import { startPlatformFront } from './platform-front.ts';
import { type Profile, profilesOf } from './profiles.ts';

const password = 'contract-person';

/** Somebody about whom Keycloak knows all that it can know. */
async function addRichUser({ realm }: Keycloak, username: string, profile: Profile): Promise<string> {
  const id = await realm.addUser(
    {
      username,
      email: username,
      emailVerified: false,
      firstName: "Zoë O'Hara",
      lastName: 'Łukasz-Ängström',
      attributes: profile.keepsAttributes ? { team: ['data', 'ml'], note: ['says "hi", <b>&amp; ö'] } : {},
    },
    { password, roles: ['view-users'] },
  );
  await realm.giveRealmRole(id, 'offline_access');
  const { headers } = await realm.ask('POST', '/groups', { name: `group of ${username}` });
  await realm.ask('PUT', `/users/${id}/groups/${headers.get('location')?.split('/').at(-1)}`);
  return id;
}

const signsIn = async ({ server }: Keycloak, username: string): Promise<number> =>
  (await askToken({ url: server.url }, { grant_type: 'password', username, password })).status;

/** Activating and deactivating, and changing nothing else (contract §4.5). */
export function switchingUsers(keycloak: () => Keycloak, name: KeycloakName): void {
  describe.each(profilesOf(name))('switching users, $name', (profile) => {
    const named = (who: string): string => `${who}-${profile.id}@switch.co`;

    it('changes nothing but `enabled`, and the password still works', async () => {
      await profile.apply(keycloak().realm);
      const { realm, connect } = keycloak();
      const username = named('rich+1');
      const id = await addRichUser(keycloak(), username, profile);
      const whole = await realm.wholeUser(id);
      const { client } = connect();

      const off = await client.setUserEnabled(id, false);
      expect([off.before.enabled, off.after.enabled]).toEqual([true, false]);
      const user = whole.user as Record<string, unknown>;
      expect(await realm.wholeUser(id)).toEqual({ ...whole, user: { ...user, enabled: false } });
      expect(await signsIn(keycloak(), username)).toBe(400);

      const on = await client.setUserEnabled(id, true);
      expect([on.before.enabled, on.after.enabled]).toEqual([false, true]);
      expect(await realm.wholeUser(id)).toEqual(whole);
      expect(await signsIn(keycloak(), username)).toBe(200);
    });

    // Both versions keep the root fields that a body leaves out, so only the wire tells a partial one.
    it('puts back the whole representation as Keycloak gave it', async () => {
      await profile.apply(keycloak().realm);
      const { realm, server, connect } = keycloak();
      const id = await addRichUser(keycloak(), named('wire'), profile);
      const front = await startPlatformFront(server.url);
      await connect({ apiUrl: front.url, authUrl: front.url }).client.setUserEnabled(id, false);
      await front.stop();
      const user = await realm.user(id);
      // What one may do to a user depends on who asks.
      expect(front.writes.map(({ body }) => body)).toEqual([{ ...user, access: expect.any(Object) }]);
    });

    it('keeps pending actions, and accounts with hardly any data', async () => {
      await profile.apply(keycloak().realm);
      const { realm, connect } = keycloak();
      const requiredActions = ['UPDATE_PASSWORD', 'VERIFY_EMAIL'];
      const ids = [
        await realm.addUser({ username: named('pending'), email: named('pending'), requiredActions }),
        await realm.addUser({ username: `bare-${profile.id}` }),
      ];
      for (const id of ids) {
        const whole = await realm.wholeUser(id);
        const { client } = connect();
        await client.setUserEnabled(id, false);
        await client.setUserEnabled(id, true);
        expect(await realm.wholeUser(id)).toEqual(whole);
      }
    });

    it('ends in a state that every caller was told truly, however many write at once', async () => {
      await profile.apply(keycloak().realm);
      const { realm, connect } = keycloak();
      const id = await realm.addUser({ username: named('busy'), email: named('busy'), firstName: 'Busy' });
      const whole = await realm.wholeUser(id);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => connect().client.setUserEnabled(id, index % 2 === 0)),
      );
      for (const [index, outcome] of outcomes.entries())
        if (outcome.status === 'fulfilled') expect(outcome.value.after.enabled).toBe(index % 2 === 0);
        else expect(await failure(Promise.reject(outcome.reason))).toMatchObject({ code: 'not_applied' });
      await connect().client.setUserEnabled(id, true);
      expect(await realm.wholeUser(id)).toEqual(whole);
    });

    it('switches many users at once, each as asked', async () => {
      await profile.apply(keycloak().realm);
      const { realm, connect } = keycloak();
      const usernames = Array.from({ length: 20 }, (_, index) => named(`many${index}`));
      const ids = await Promise.all(
        usernames.map((username) => realm.addUser({ username, email: username })),
      );
      const { client } = connect();
      await Promise.all(ids.map((id, index) => client.setUserEnabled(id, index % 3 === 0)));
      const users = await Promise.all(ids.map((id) => realm.user(id)));
      expect(users.map(({ enabled }) => enabled)).toEqual(ids.map((_, index) => index % 3 === 0));
    });
  });
}
