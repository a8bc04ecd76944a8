import { describe, expect, it } from 'vitest';
import { type SuggestionRules, suggest } from '../../src/digest/suggestions.ts';
import { idleSince } from '../../src/license/idle.ts';
import { namesOf } from '../../src/license/seats.ts';
import { atOnce } from '../../src/work.ts';
import { plainUser } from '../support/any-data.ts';

const now = new Date('2026-11-25T12:00:00Z');
const daysAgo = (days: number): number => now.getTime() - days * 86_400_000;
const rules: SuggestionRules = {
  now,
  idleDays: 30,
  exempt: namesOf([]),
  mayBeDeactivated: () => true,
  idleSince: (user) => idleSince(user, new Map()),
  snoozes: new Map(),
};
const ids = (users: readonly { readonly id: string }[]) => users.map(({ id }) => id);

describe('suggestions', () => {
  it('names those who signed in longer ago than the threshold, idle longest first', () => {
    const users = [
      plainUser(1, { lastSignInMs: daysAgo(31) }),
      plainUser(2, { lastSignInMs: daysAgo(30) }),
      plainUser(3, { lastSignInMs: daysAgo(400) }),
    ];
    expect(ids(atOnce(suggest(users, rules)).idle)).toEqual(['user-3', 'user-1']);
  });

  it('keeps those who never signed in apart, the oldest account first', () => {
    const users = [
      plainUser(1, { lastSignInMs: null, createdMs: Date.parse('2026-10-01T00:00:00Z') }),
      plainUser(2, { lastSignInMs: null, createdMs: Date.parse('2026-02-01T00:00:00Z') }),
    ];
    expect(atOnce(suggest(users, rules)).idle).toEqual([]);
    expect(ids(atOnce(suggest(users, rules)).never)).toEqual(['user-2', 'user-1']);
  });

  it.each([
    ['inactive users', { enabled: false }, {}],
    ['users whose last sign-in is not known', { lastSignInMs: undefined }, {}],
    ['users who take no seat', {}, { exempt: namesOf(['user1@ex.co']) }],
    ['users whom no change may deactivate', {}, { mayBeDeactivated: () => false }],
  ])('leaves out %s', (_, user, over) => {
    const found = atOnce(
      suggest([plainUser(1, { lastSignInMs: daysAgo(400), ...user })], { ...rules, ...over }),
    );
    expect(found).toEqual({ idle: [], never: [], kept: [] });
  });

  it('calls nobody idle who came lately, also if they never signed in', () => {
    const lately = new Date(now.getTime() - 60_000);
    const users = [
      plainUser(1, { lastSignInMs: daysAgo(400) }),
      plainUser(2, { lastSignInMs: null }),
      plainUser(3, { lastSignInMs: null, createdMs: lately.getTime() }),
    ];
    const letIn = new Map([
      ['user-1', lately],
      ['user2@ex.co', lately],
    ]);
    const found = atOnce(suggest(users, { ...rules, idleSince: (user) => idleSince(user, letIn) }));
    expect(found).toEqual({ idle: [], never: [], kept: [] });
  });

  it('tells of kept users apart from the others', () => {
    const user = plainUser(1, { lastSignInMs: daysAgo(400) });
    const snooze = { userId: user.id, keptBy: 'U0ADA', until: new Date('2026-12-25T12:00:00Z') };
    const found = atOnce(suggest([user], { ...rules, snoozes: new Map([[user.id, snooze]]) }));
    expect(found).toEqual({ idle: [], never: [], kept: [{ user, snooze }] });
  });

  it('says nothing of a kept user who is not idle any more', () => {
    const user = plainUser(1, { lastSignInMs: daysAgo(1) });
    const snooze = { userId: user.id, keptBy: 'U0ADA', until: new Date('2026-12-25T12:00:00Z') };
    expect(atOnce(suggest([user], { ...rules, snoozes: new Map([[user.id, snooze]]) })).kept).toEqual([]);
  });
});
