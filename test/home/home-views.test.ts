import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateView } from '../../sandbox/slack/block-kit/validate.ts';
import { startButtons } from '../../src/features/start-buttons.ts';
import type { HomeFacts, PlatformFacts } from '../../src/home/home-shown.ts';
import { homeBlocks, homeView } from '../../src/home/home-views.ts';
import { licenseLines, readMeter } from '../../src/license/license-desk.ts';
import { namesOf, seatHolders } from '../../src/license/seats.ts';
import { actions, button, section } from '../../src/slack/blocks.ts';
import { code } from '../../src/slack/mrkdwn.ts';
import { userRow } from '../../src/users/user-lines.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { anyText, anyUser, manyUsers, plainUser } from '../support/any-data.ts';
import { plainStanding } from '../support/standing.ts';

const now = new Date('2026-11-25T12:00:00Z');

function platformOf(
  users: readonly WallarooUser[],
  edition: 'community' | 'enterprise' = 'community',
): PlatformFacts {
  const license =
    edition === 'community' ? ({ edition, seats: 5, warnAt: 4 } as const) : ({ edition } as const);
  const rules = { license, exempt: namesOf([]), administrators: '<@U0ADA>' };
  return {
    answered: true,
    edition,
    license: licenseLines(rules, readMeter(rules, users), true),
    taken: seatHolders(users, rules.exempt).length,
    holders: seatHolders(users, rules.exempt)
      .slice(0, 15)
      .map((user) => [userRow(user, plainStanding())]),
  };
}

const row = (text: string): readonly KnownBlock[] => [
  section(code(text, 200)),
  actions(button({ text: 'Approve', actionId: 'change_approve', value: 'C-1' })),
];
const rows = (n: number, text = 'row') => Array.from({ length: n }, (_, at) => row(`${text} ${at}`));

const administrator = (over: Partial<Extract<HomeFacts, { role: 'administrator' }>> = {}): HomeFacts => ({
  role: 'administrator',
  platform: platformOf([]),
  isFirst: true,
  buttons: startButtons(true, 'Users'),
  own: [],
  pending: { total: 0, rows: [] },
  idle: { total: 0, rows: [] },
  recent: [],
  ...over,
});

const textOf = (facts: HomeFacts): string => JSON.stringify(homeBlocks(facts));
const faultOf = (facts: HomeFacts) => validateView(homeView(homeBlocks(facts), facts.role, now));

describe('Home', () => {
  it('gives outsiders one sentence and nothing to press', () => {
    const blocks = homeBlocks({ role: 'outsider', refusal: 'Guests may not use this bot.' });
    expect(blocks).toEqual([section('Guests may not use this bot. :wave:')]);
    expect(faultOf({ role: 'outsider', refusal: 'Guests may not use this bot.' })).toBeUndefined();
  });

  it('shows members the meter, their own requests and how to ask for access, nothing of others', () => {
    const drawn = textOf({
      role: 'member',
      platform: platformOf(manyUsers(4, [])),
      isFirst: false,
      buttons: startButtons(false, 'Users'),
      own: [],
      pending: { total: 1, rows: rows(1, 'mine') },
    });
    for (const part of ['4 of 5 seats', 'Your requests', 'mine 0', 'Request access for…', 'Refresh'])
      expect(drawn).toContain(part);
    for (const part of ['Who holds a seat', 'Recent changes', 'Pending requests', 'user0@ex.co'])
      expect(drawn).not.toContain(part);
  });

  it('shows administrators the warning, pending requests, idle users, who holds seats and recent changes', () => {
    const drawn = textOf(
      administrator({
        platform: platformOf(manyUsers(5, [])),
        pending: { total: 1, rows: rows(1, 'asked') },
        idle: { total: 1, rows: rows(1, 'sleeps') },
        recent: rows(1, 'changed'),
      }),
    );
    for (const part of [
      'License full',
      'asked 0',
      'sleeps 0',
      'Who holds a seat',
      'user4@ex.co',
      'changed 0',
    ])
      expect(drawn).toContain(part);
  });

  it('knows no meter and no warning on Enterprise', () => {
    const drawn = textOf(administrator({ platform: platformOf(manyUsers(9, []), 'enterprise') }));
    expect(drawn).toContain('9 active users. This edition has no limit.');
    expect(drawn).not.toMatch(/seat|warning|square/);
  });

  it('says that the platform does not answer and shows the rest', () => {
    const drawn = textOf(
      administrator({
        platform: { answered: false, sentence: 'Wallaroo does not answer.' },
        pending: { total: 1, rows: rows(1, 'asked') },
        recent: rows(1, 'changed'),
      }),
    );
    for (const part of ['Wallaroo does not answer. :warning:', 'asked 0', 'changed 0'])
      expect(drawn).toContain(part);
  });

  it.each([0, 1, 5, 6, 10_000])('is within the limits of Slack for %i users and as many requests', (n) => {
    for (const edition of ['community', 'enterprise'] as const) {
      const facts = administrator({
        platform: platformOf(manyUsers(n, []), edition),
        pending: { total: n, rows: rows(Math.min(n, 200)) },
        idle: { total: n, rows: rows(n) },
        recent: rows(Math.min(n, 5)),
      });
      expect(faultOf(facts)).toBeUndefined();
    }
  });

  it('welcomes those who open it for the first time in three lines', () => {
    expect(textOf(administrator({ isFirst: true }))).toMatch(/Welcome!.*\\n.*\\n[^\\]*`\/wallaroo help`/);
    expect(textOf(administrator({ isFirst: false }))).not.toContain('Welcome!');
  });

  it('is within the limits of Slack with as much as it can hold', () => {
    const facts = administrator({
      platform: platformOf(manyUsers(10_000, [])),
      own: rows(4).flat(),
      pending: { total: 300, rows: rows(100) },
      idle: { total: 50, rows: rows(50) },
      recent: rows(20),
    });
    expect(faultOf(facts)).toBeUndefined();
    expect(homeView(homeBlocks(facts), 'administrator', now).blocks.length).toBeGreaterThan(95);
  });

  it('keeps to what Slack takes, whatever stands on top', () => {
    const some = fc.nat({ max: 30 });
    fc.assert(
      fc.property(
        fc.nat({ max: 40 }),
        fc.record({ pending: some, idle: some, recent: some, users: some }),
        fc.constantFrom(1, 2, 4),
        fc.boolean(),
        (top, many, each, isFirst) => {
          const drawn = (n: number) =>
            Array.from({ length: n }, (_, at) => Array.from({ length: each }, () => section(`row ${at}`)));
          const pending = { total: many.pending, rows: drawn(many.pending) };
          const facts = administrator({
            isFirst,
            own: drawn(top).flat().slice(0, top),
            platform: platformOf(manyUsers(many.users, [])),
            pending,
            idle: { total: many.idle, rows: drawn(many.idle) },
            recent: drawn(many.recent),
          });
          expect(faultOf(facts)).toBeUndefined();
          const member = { platform: platformOf([]), isFirst, buttons: [], own: drawn(top).flat(), pending };
          expect(faultOf({ ...member, own: member.own.slice(0, top), role: 'member' })).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts what there is no room for', () => {
    const drawn = textOf(
      administrator({
        platform: platformOf(manyUsers(10_000, [])),
        pending: { total: 300, rows: rows(100) },
        idle: { total: 50, rows: rows(50) },
      }),
    );
    expect(drawn).toContain('… and 280 more: `/wallaroo requests`');
    expect(drawn).toContain('… and 43 more: `/wallaroo idle`');
    expect(drawn).toContain('… and 9985 more: `/wallaroo users active`');
  });

  it('is within the limits of Slack for any data', () => {
    fc.assert(
      fc.property(
        fc.array(anyUser, { maxLength: 20 }),
        anyText(),
        fc.constantFrom(0, 1, 5, 6, 30),
        fc.boolean(),
        (users, text, n, down) => {
          const platform: PlatformFacts = down ? { answered: false, sentence: text } : platformOf(users);
          const many = { total: n, rows: rows(n, text) };
          expect(
            faultOf(
              administrator({
                platform,
                own: rows(4, text).flat(),
                pending: many,
                idle: many,
                recent: many.rows,
              }),
            ),
          ).toBeUndefined();
          expect(
            faultOf({
              role: 'member',
              platform,
              isFirst: down,
              buttons: startButtons(false, 'Users'),
              own: rows(4, text).flat(),
              pending: many,
            }),
          ).toBeUndefined();
          expect(faultOf({ role: 'outsider', refusal: text })).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the same for the same facts, whenever it is drawn', () => {
    const facts = administrator({ platform: platformOf([plainUser(1)]) });
    expect(homeBlocks(facts)).toEqual(homeBlocks(facts));
    const [at, later] = [now, new Date(now.getTime() + 60_000)].map((date) =>
      homeView(homeBlocks(facts), 'member', date),
    );
    expect(at?.blocks.slice(0, -1)).toEqual(later?.blocks.slice(0, -1));
    expect(at?.blocks).not.toEqual(later?.blocks);
  });
});
