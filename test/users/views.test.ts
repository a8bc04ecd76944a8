import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { licenseLines, readMeter } from '../../src/license/license-desk.ts';
import { namesOf } from '../../src/license/seats.ts';
import { healthOf, sharedEmails } from '../../src/users/account-health.ts';
import { licenseMessage } from '../../src/users/license-report-views.ts';
import { listMessage } from '../../src/users/list-views.ts';
import { noneBlocks, severalBlocks } from '../../src/users/offer-views.ts';
import { userCard } from '../../src/users/user-card-views.ts';
import { FILTERS, type ListQuery, pageOf } from '../../src/users/user-list.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { plainUser } from '../support/any-data.ts';
import { anyMarkedText, anyMarkedUser, expectHarmlessMessage } from '../support/harmless.ts';
import { plainStanding } from '../support/standing.ts';

const rules = {
  license: { edition: 'community', seats: 5, warnAt: 4 },
  exempt: namesOf([]),
  administrators: '<@U0ADA> <!subteam^S0ADMINS>',
} as const;
const licenseOf = (users: readonly WallarooUser[], administrator = false) =>
  licenseLines(rules, readMeter(rules, users), administrator);

const anyStanding = fc
  .record({ all: fc.boolean(), end: fc.boolean(), kept: fc.boolean() })
  .map(({ all, end, kept }) =>
    plainStanding({
      isOwn: () => all,
      isBot: () => all,
      isProtected: () => all,
      endOf: ({ enabled }) =>
        enabled && end ? { changeId: 'TX-T', at: new Date('2026-12-24T12:00:00Z') } : undefined,
      whyNeverDeactivated: () => (kept ? 'This user is protected & <kept>.' : undefined),
    }),
  );
/** As long as words of a search may be. */
const anySearchWord = anyMarkedText(60).map((word) => [...word].slice(0, 60).join(''));
const anyUsers = fc.array(anyMarkedUser, { maxLength: 12 });

describe('what is shown of users is within the limits of Slack and harmless, for any data', () => {
  it('lists', () => {
    fc.assert(
      fc.property(
        anyUsers,
        fc.constantFrom(...FILTERS),
        fc.array(anySearchWord, { maxLength: 3 }),
        fc.nat({ max: 3 }),
        anyStanding,
        fc.option(anyMarkedText(), { nil: undefined }),
        (users, state, words, page, standing, sentence) => {
          const old = sentence === undefined ? undefined : { asOf: new Date(0), sentence: 'Down & out <x>.' };
          const idleMs = 86_400_000;
          const shown = (query: ListQuery) =>
            listMessage({
              page: pageOf(users, query, { standing, idleMs }),
              standing,
              license: licenseOf(users),
              idleMs,
              old,
            });
          expectHarmlessMessage(shown({ state, words, page }));
          expectHarmlessMessage(shown({ state, words: [], page }));
        },
      ),
      { numRuns: 700 },
    );
  });

  it('cards', () => {
    const anyWorkspace = fc.record({
      workspaceId: fc.nat(),
      name: anyMarkedText(),
      role: fc.constantFrom('OWNER' as const, 'COLLABORATOR' as const, undefined),
      otherOwners: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(
        anyMarkedUser,
        fc.option(fc.array(anyWorkspace, { maxLength: 40 }), { nil: undefined }),
        anyStanding,
        fc.boolean(),
        (user, workspaces, standing, administrator) => {
          const health = healthOf(user, sharedEmails.of([user, user]));
          const consoleUrl = `https://wallaroo.example.com/${user.id}`;
          expectHarmlessMessage(
            userCard({
              user,
              administrator,
              standing,
              workspaces,
              health,
              license: licenseOf([user]),
              wallarooUrl: 'https://wallaroo.example.com',
              consoleUrl,
            }),
          );
        },
      ),
      { numRuns: 700 },
    );
  });

  it('license reports', () => {
    fc.assert(
      fc.property(
        anyUsers,
        fc.constantFrom('community', 'enterprise'),
        anyStanding,
        (users, edition, standing) => {
          const license = licenseOf(users, true);
          expectHarmlessMessage(
            licenseMessage({
              edition,
              license,
              standing,
              holders: users,
              exempt: 1,
              unhealthy: users,
              wallarooUrl: 'https://w.ex.co',
            }),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('users who may have been meant', () => {
    const offer = { actionId: 'pick', valueFor: ({ id }: WallarooUser) => id, ends: new Map() };
    fc.assert(
      fc.property(
        anyMarkedText(),
        fc.array(anyMarkedUser, { minLength: 2, maxLength: 15 }),
        (typed, users) => {
          const several = severalBlocks(typed, users, offer);
          expectHarmlessMessage({ text: 'Several users match.', blocks: several });
          expectHarmlessMessage({
            text: 'No user matches.',
            blocks: noneBlocks(typed, users.slice(0, 3), offer),
          });
        },
      ),
      { numRuns: 700 },
    );
  });
});

describe('account health', () => {
  const faults = (over: Partial<WallarooUser>, shared: readonly string[] = []) => {
    const { faults: found, hints } = healthOf(plainUser(1, over), new Set(shared));
    return [...found, ...hints];
  };

  it.each([
    [{}, []],
    [{ email: undefined }, ['no_email']],
    [{ email: 'User1@EX.co' }, []],
    [{ username: 'steve' }, ['email_differs']],
    [{ email: 'no address', username: 'no address' }, ['invalid_email']],
    [{ emailVerified: false }, ['unconfirmed_email']],
    [{ requiredActions: ['UPDATE_PASSWORD'] }, ['pending_action']],
    [{ username: 'admin', email: undefined, emailVerified: false }, []],
  ])('of %j is %j', (over, expected) => expect(faults(over)).toEqual(expected));

  it('tells of an email that another account has too, ignoring case', () => {
    const shared = sharedEmails.of([plainUser(1), plainUser(2, { email: 'USER1@ex.co' })]);
    expect(faults({}, [...shared])).toEqual(['shared_email']);
  });
});
