import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keysShown } from '../../../src/changes/apply/keys-shown.ts';
import { atOnce } from '../../../src/work.ts';
import { anyUser } from '../../support/any-data.ts';

it('finds each key by which somebody who counts is known, and no other', () => {
  const anyUsers = fc.array(anyUser, { maxLength: 8 });
  const anyKeys = anyUsers.chain((users) => {
    const known = users.flatMap(({ id, username, email = '' }) => [
      id,
      username.toLowerCase(),
      email.toLowerCase(),
    ]);
    return fc.record({ users: fc.constant(users), keys: fc.array(fc.constantFrom('ana@ex.co', ...known)) });
  });
  fc.assert(
    fc.property(anyKeys, ({ users, keys }) => {
      const shown = atOnce(keysShown(users, new Set(keys), ({ enabled }) => enabled));
      const active = users.filter(({ enabled }) => enabled);
      const isShown = (key: string) =>
        active.some(
          ({ id, username, email }) =>
            key === id || key === username.toLowerCase() || key === (email ?? '').toLowerCase(),
        );
      expect(shown).toEqual(new Set(keys.filter(isShown)));
    }),
  );
});
