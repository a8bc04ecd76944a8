import fc from 'fast-check';
import { expect, it } from 'vitest';
import { administratorsAmong, deactivationGuard } from '../../src/changes/guards.ts';
import { plainUser } from '../support/any-data.ts';

/** Whom a guard protects, in the order in which they are told. */
const GUARDS = [
  ['builtIn', 'the built-in administrator'],
  ['bot', 'the account that this bot works with'],
  ['own', 'their own account'],
  ['protected', 'protected (setting PROTECTED_USERS)'],
  ['lastAdministrator', 'the last active platform administrator'],
] as const;
type Guard = (typeof GUARDS)[number][0];

/** What is said of a user to whom all of these apply, while somebody else is a platform administrator unless they are the last. */
function said(applying: readonly Guard[], ownBy: 'email' | 'username' = 'email'): string | undefined {
  const is = (guard: Guard): boolean => applying.includes(guard);
  const user = plainUser(1, {
    username: is('builtIn') ? 'Admin' : 'ana',
    email: 'Ana@Ex.co',
    realmRoles: is('lastAdministrator') ? ['admin'] : [],
  });
  const helper = plainUser(2, { realmRoles: ['admin'] });
  const users = is('lastAdministrator') ? [user] : [user, helper];
  const botUserId = is('bot') ? user.id : 'id-bot';
  return deactivationGuard(user, {
    administrators: administratorsAmong(users, botUserId),
    botUserId,
    isProtected: () => is('protected'),
    requesterEmail: is('own') ? (ownBy === 'email' ? 'ana@ex.CO' : user.username.toUpperCase()) : 'mia@ex.co',
  });
}

it('somebody to whom no guard applies may go', () => expect(said([])).toBeUndefined());

it.each(GUARDS)('%s alone: %s', (guard, words) => expect(said([guard])).toContain(words));

it('a person is known by their username, too', () =>
  expect(said(['own'], 'username')).toContain('Nobody deactivates their own account'));

it('of several guards the first is told, and none ever lets another pass', () => {
  fc.assert(
    fc.property(
      fc.subarray(
        GUARDS.map(([guard]) => guard),
        { minLength: 1 },
      ),
      (applying) => {
        const first = GUARDS.find(([guard]) => applying.includes(guard));
        expect(said(applying)).toContain(first?.[1]);
      },
    ),
    { numRuns: 200 },
  );
});
