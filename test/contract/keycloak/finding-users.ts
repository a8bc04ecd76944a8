import { beforeAll, describe, expect, it } from 'vitest';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { failure } from '../../wallaroo/support.ts';
import type { Keycloak } from './keycloak-under-test.ts';

/** Emails that are easily taken for one another: each contains, or matches as a pattern, another of the list. */
const lookAlikes = [
  'ann@find.co',
  'joann@find.co',
  'ann@find.co.uk',
  'a_n@find.co',
  'a%n@find.co',
  'ann+test@find.co',
  'ann+test2@find.co',
  "o'ann@find.co",
  'zoë@find.co',
  'azoë@find.co',
  'ann.lee-smith@find.co',
];

/** Three hundred whose emails begin, end or go on like one another's, sorted before those of the list. */
const crowd = Array.from({ length: 300 }, (_, index) => `a${index}ann@find.co`);

const person = (email: string, index: number) => ({
  username: email,
  email,
  enabled: true,
  emailVerified: true,
  // Names do not matter, and have everybody's emails in them.
  firstName: index % 2 === 0 ? 'Ann' : "Zoë O'Ann",
  lastName: 'Ann Find.co',
});

/** Finding exactly one person by email (contract §4.2). */
export function findingUsers(keycloak: () => Keycloak): void {
  describe('finding users', () => {
    let client: WallarooClient;
    beforeAll(async () => {
      await keycloak().realm.addUsers([...crowd, ...lookAlikes].map(person));
      client = keycloak().connect().client;
    });

    it.each([...lookAlikes, 'a17ann@find.co', 'a299ann@find.co'])(
      'finds %s and nobody else',
      async (email) => {
        for (const asked of [email, email.toUpperCase(), `  ${email} `])
          expect((await client.findUserByEmail(asked))?.email, asked).toBe(email);
      },
    );

    it.each([
      'nn@find.co',
      '@find.co',
      'ann@find',
      '_nn@find.co',
      '%@find.co',
      '*',
      '"ann@find.co"',
      'a n@find.co',
    ])('finds nobody by %s, which is part or pattern of an email at most', async (text) => {
      expect(await client.findUserByEmail(text)).toBeUndefined();
    });

    it('reads by id whom it found by email', async () => {
      const found = await client.findUserByEmail('zoë@find.co');
      expect(found).toMatchObject({ username: 'zoë@find.co', enabled: true, lastName: 'Ann Find.co' });
      expect(await client.getUser(found?.id ?? '')).toEqual(found);
    });

    it('refuses an email that several users share', async () => {
      const { realm } = keycloak();
      await realm.change({ loginWithEmailAllowed: false, duplicateEmailsAllowed: true });
      const twins = [];
      for (const username of ['twin-1', 'twin-2'])
        twins.push(await realm.addUser({ ...person('twin@find.co', 0), username }));
      const error = await failure(client.findUserByEmail('Twin@find.co'));
      for (const id of twins) await realm.ask('DELETE', `/users/${id}`);
      await realm.change({ loginWithEmailAllowed: true, duplicateEmailsAllowed: false });
      expect(error).toMatchObject({ name: 'WallarooRefused', code: 'ambiguous_email' });
    });
  });
}
