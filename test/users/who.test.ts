import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWho } from '../../src/texts/typed-who.ts';
import { PAGE_SIZE, pageOf, parseListQuery } from '../../src/users/user-list.ts';
import { findByEmail, findWho } from '../../src/users/who.ts';
import { atOnce } from '../../src/work.ts';
import { anyText, anyUser, plainUser } from '../support/any-data.ts';
import { plainStanding } from '../support/standing.ts';

const steve = plainUser(1, { username: 'steve', email: 'steve@ex.co' });
const asteve = plainUser(2, { username: 'asteve@ex.co', email: 'asteve@ex.co' });
const underscore = plainUser(3, { username: 'a_b@ex.co', email: 'a_b@ex.co' });
const axb = plainUser(4, { username: 'axb@ex.co', email: 'axb@ex.co' });
const all = [asteve, underscore, axb, steve];

describe('<who>', () => {
  it.each([
    ['steve@ex.co', { kind: 'text', text: 'steve@ex.co', readings: ['steve@ex.co'] }],
    ['<mailto:steve@ex.co|steve@ex.co>', { kind: 'text', text: 'steve@ex.co', readings: ['steve@ex.co'] }],
    ['<mailto:steve@ex.co>', { kind: 'text', text: 'steve@ex.co', readings: ['steve@ex.co'] }],
    ['<http://ex.co|ex.co>', { kind: 'text', text: 'ex.co', readings: ['ex.co'] }],
    ['<@U0STEVE>', { kind: 'slack', slackUserId: 'U0STEVE' }],
    ['<@W0STEVE|steve>', { kind: 'slack', slackUserId: 'W0STEVE' }],
    ['@steve', { kind: 'text', text: 'steve', readings: ['@steve', 'steve'] }],
    [
      '“steve@ex.co”,',
      { kind: 'text', text: 'steve@ex.co', readings: ['“steve@ex.co”,', '“steve@ex.co”', 'steve@ex.co'] },
    ],
    ['a&amp;b', { kind: 'text', text: 'a&b', readings: ['a&b'] }],
    ['  ', { kind: 'text', text: '', readings: [''] }],
  ])('reads %j', (typed, expected) => expect(parseWho(typed)).toEqual(expected));

  it.each([
    ['steve@ex.co', 'one', [steve]],
    ['STEVE', 'one', [steve]],
    [steve.id, 'one', [steve]],
    ['asteve', 'one', [asteve]],
    ['a_b', 'one', [underscore]],
    ['axb@ex.co', 'one', [axb]],
    ['stev', 'several', [asteve, steve]],
  ])('finds by %j: %s', (text, kind, users) => {
    const found = atOnce(findWho(text, all));
    expect(found.kind).toBe(kind);
    expect(found.kind === 'one' ? [found.user] : found.kind === 'several' ? found.users : []).toEqual(users);
  });

  it('an exact name wins over parts, whichever user is listed first', () => {
    for (const users of [all, [...all].reverse()])
      expect(atOnce(findWho('steve@ex.co', users))).toEqual({ kind: 'one', user: steve });
  });

  it('a mention is matched by the whole email only', () => {
    expect(atOnce(findByEmail('teve@ex.co', all))).toMatchObject({
      kind: 'none',
      nearest: [steve, asteve, {}],
    });
  });

  it('offers even a user without any name among the nearest', () => {
    const nameless = plainUser(9, { username: '', email: undefined });
    expect(atOnce(findWho('xyz', [nameless]))).toEqual({ kind: 'none', nearest: [nameless] });
  });

  it('never decides between several, and offers some for anything typed, over any users', () => {
    fc.assert(
      fc.property(anyText(80), fc.array(anyUser, { maxLength: 6 }), fc.nat(), (typed, users, n) => {
        const who = parseWho(typed);
        if (who.kind !== 'text') return;
        const pick = users[n % Math.max(1, users.length)];
        for (const text of [who.text, pick?.email ?? '', pick?.id ?? '']) {
          const found = atOnce(findWho(text, users));
          if (found.kind === 'several') expect(found.users.length).toBeGreaterThan(1);
          if (found.kind === 'none' && text !== '')
            expect(found.nearest).toHaveLength(Math.min(3, users.length));
        }
        if (pick !== undefined)
          expect(atOnce(findWho(pick.id, users))).toMatchObject({ kind: 'one', user: pick });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('pages of a list', () => {
  const known = { standing: plainStanding(), idleMs: 86_400_000 };

  it('show every matching user once, active ones first, and buttons hold their query, for any search', () => {
    fc.assert(
      fc.property(anyText(300), fc.array(anyUser, { maxLength: 35 }), (typed, users) => {
        const query = parseListQuery(typed);
        const first = pageOf(users, { ...query, page: 0 }, known);
        const shown = Array.from(
          { length: first.pages },
          (_, page) => pageOf(users, { ...query, page }, known).users,
        ).flat();
        expect(shown).toHaveLength(first.matches);
        expect(new Set(shown).size).toBe(shown.length);
        expect(first.users.length).toBeLessThanOrEqual(PAGE_SIZE);
        const states = shown.map(({ enabled }) => enabled);
        expect(states).toEqual([...states].sort((a, b) => Number(b) - Number(a)));
        expect(pageOf(users, { ...query, page: 99 }, known).query.page).toBe(first.pages - 1);
        expect(JSON.stringify({ ...query, page: 9999 }).length).toBeLessThan(2000);
      }),
      { numRuns: 500 },
    );
  });
});
