import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../wallaroo/support.ts';
import type { KeycloakName } from '../versions.ts';
import type { Keycloak } from './keycloak-under-test.ts';
import { type Profile, profilesOf } from './profiles.ts';

const password = 'contract-mended';
const steward = { username: 'steward@mended.co', password } as const;

/** Email, username and confirmation, and nothing else, with usernames that may be edited and that may not. */
export function mendingAccounts(keycloak: () => Keycloak, name: KeycloakName): void {
  const allow = (editUsernameAllowed: boolean) => keycloak().realm.change({ editUsernameAllowed });

  beforeAll(() =>
    keycloak().realm.addUser(
      {
        username: steward.username,
        email: steward.username,
        emailVerified: true,
        firstName: 'S',
        lastName: 'T',
      },
      { password, roles: ['manage-users', 'view-realm'] },
    ),
  );
  afterAll(() => allow(false));

  describe.each(
    profilesOf(name).flatMap((profile) => [true, false].map((editable) => ({ profile, editable }))),
  )('mending accounts ($profile.name, usernames may be edited: $editable)', ({ profile, editable }) => {
    const named = (text: string) => `${text}-${profile.id}-${editable}`;
    const addFaulty = async (text: string, more = {}): Promise<string> => {
      await profile.apply(keycloak().realm);
      await allow(editable);
      return keycloak().realm.addUser({ username: named(text), ...extras(profile), ...more }, { password });
    };

    it.each([
      ['that reads the realm', steward],
      ['that does not', {}],
    ])('writes what is faulty and nothing else, and undoes it, as an account %s', async (who, account) => {
      const id = await addFaulty(who.replaceAll(' ', '-'));
      const { realm, connect } = keycloak();
      const whole = await realm.wholeUser(id);
      const { client } = connect(account);
      expect(await client.mayEditUsernames()).toBe(account === steward ? editable : undefined);
      const email = `${named(who.replaceAll(' ', '-'))}@mended.co`;

      const { before, after } = await client.fixAccount(id, { email, username: email, emailVerified: true });
      expect(after).toMatchObject({
        email,
        username: editable ? email : before.username,
        emailVerified: true,
      });
      const user = whole.user as Record<string, unknown>;
      const username = editable ? email : user.username;
      expect(await realm.wholeUser(id)).toEqual({
        ...whole,
        user: { ...user, email, username, emailVerified: true, requiredActions: ['UPDATE_PASSWORD'] },
      });

      const undone = { email: undefined, username: before.username, emailVerified: false };
      const again = { ...undone, asksToVerify: true };
      expect((await client.fixAccount(id, again)).after).toMatchObject({
        ...undone,
        requiredActions: expect.arrayContaining(['UPDATE_PASSWORD', 'VERIFY_EMAIL']),
      });
    });

    it('changes an email alone', async () => {
      const id = await addFaulty('alone', { email: `${named('old')}@mended.co` });
      const email = `${named('new')}@mended.co`;
      const { client } = keycloak().connect();
      const { after } = await client.fixAccount(id, { email, username: undefined, emailVerified: false });
      expect(after).toMatchObject({ email, username: named('alone'), emailVerified: false });
    });

    it('refuses what another user goes by, and an email that is none', async () => {
      const email = `${named('taken')}@mended.co`;
      await addFaulty('holder', { email });
      const id = await addFaulty('wants');
      const { realm, connect } = keycloak();
      const whole = await realm.wholeUser(id);
      const { client } = connect();
      const fix = { username: undefined, emailVerified: true };
      for (const taken of [email, email.toUpperCase(), named('holder')])
        expect(await failure(client.fixAccount(id, { ...fix, email: taken }))).toMatchObject({
          code: 'conflict',
        });
      expect(await failure(client.fixAccount(id, { ...fix, email: 'rubbish' }))).toMatchObject({
        code: 'invalid_account',
      });
      expect(await realm.wholeUser(id)).toEqual(whole);
    });
  });

  describe('accounts that are kept as they are', () => {
    it('are the built-in admin and the own one', async () => {
      const { realm, connect, botId } = keycloak();
      const { body: found } = await realm.ask('GET', '/users?username=admin&exact=true');
      const fix = { email: 'somebody@mended.co', username: undefined, emailVerified: true };
      for (const id of [found[0].id, botId])
        expect(await failure(connect().client.fixAccount(id, fix))).toMatchObject({ code: 'kept_account' });
    });
  });
}

/** What shall stay as it is. */
const extras = (profile: Profile) => ({
  firstName: 'Zoë',
  lastName: "O'Hara",
  requiredActions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL'],
  ...(profile.keepsAttributes ? { attributes: { team: ['data', 'ml'] } } : {}),
});
