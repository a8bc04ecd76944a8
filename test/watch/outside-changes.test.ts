import { describe, expect, it } from 'vitest';
import {
  isDealtWith,
  type OwnWrite,
  outsideChanges,
  type SeenUser,
} from '../../src/watch/outside-changes.ts';
import { usersIn, usersText } from '../../src/watch/seen-users.ts';
import { atOnce } from '../../src/work.ts';

/** Places in the bot's records: of what was settled before the list began to be read, and after. */
const mark = { seq: 20, open: ['C-open'] };
const EARLIER = 19;
const EARLIER_STILL = 18;
const LATER = 21;

const ana = (active: boolean): SeenUser => ({ id: 'id-ana', active, label: 'ana@ex.co' });
const activated = (settledSeq: number | undefined): OwnWrite => ({
  changeId: 'C-1',
  subject: 'id-ana',
  enabled: true,
  settledSeq,
});
const deactivated = (settledSeq: number | undefined): OwnWrite => ({
  ...activated(settledSeq),
  enabled: false,
});

interface Case {
  readonly what: string;
  readonly before: readonly SeenUser[];
  readonly after: readonly SeenUser[];
  readonly own?: readonly OwnWrite[];
  /** What is found, as `before → after`; undefined: nothing. */
  readonly found?: readonly [boolean | undefined, boolean | undefined];
}

const cases: readonly Case[] = [
  { what: 'nothing happened', before: [ana(true)], after: [ana(true)] },
  { what: 'an activation', before: [ana(false)], after: [ana(true)], found: [false, true] },
  { what: 'a deactivation', before: [ana(true)], after: [ana(false)], found: [true, false] },
  { what: 'a new user', before: [], after: [ana(true)], found: [undefined, true] },
  { what: 'a deleted user', before: [ana(true)], after: [], found: [true, undefined] },
  { what: 'our activation', before: [ana(false)], after: [ana(true)], own: [activated(EARLIER)] },
  { what: 'our activation under way', before: [ana(false)], after: [ana(true)], own: [activated(undefined)] },
  {
    what: 'our activation under way, not to be seen yet',
    before: [ana(false)],
    after: [ana(false)],
    own: [activated(undefined)],
  },
  {
    what: 'our activation after the list was read',
    before: [ana(false)],
    after: [ana(false)],
    own: [activated(LATER)],
  },
  {
    what: 'our activation, whose entry had its place before anybody could see it',
    before: [ana(false)],
    after: [ana(false)],
    own: [{ ...activated(EARLIER), changeId: 'C-open' }],
  },
  {
    what: 'our activation under way of somebody whom the list shows as they were before it',
    before: [ana(true)],
    after: [ana(false)],
    own: [activated(undefined)],
  },
  {
    what: 'our activation, undone by somebody else',
    before: [ana(false)],
    after: [ana(false)],
    own: [activated(EARLIER)],
    found: [true, false],
  },
  {
    what: 'our activation, then our deactivation',
    before: [ana(false)],
    after: [ana(false)],
    own: [deactivated(EARLIER), activated(EARLIER_STILL)],
  },
  {
    what: 'our activation, which the last list showed already',
    before: [ana(true)],
    after: [ana(true)],
    own: [activated(EARLIER)],
  },
  {
    what: 'an activation by others where ours was the other way round',
    before: [ana(true)],
    after: [ana(true)],
    own: [deactivated(EARLIER)],
    found: [false, true],
  },
  {
    what: 'our activation of somebody else',
    before: [ana(false)],
    after: [ana(true)],
    own: [{ ...activated(EARLIER), subject: 'id-bob' }],
    found: [false, true],
  },
  {
    what: 'our invitation, known by its email only',
    before: [],
    after: [ana(true)],
    own: [{ changeId: 'C-1', subject: 'Ana@ex.co', enabled: true, settledSeq: undefined }],
  },
  {
    what: 'our invitation, deactivated by somebody else',
    before: [],
    after: [ana(false)],
    own: [activated(EARLIER)],
    found: [true, false],
  },
];

describe('changes outside Slack', () => {
  it.each(cases)('tells $what', ({ before, after, own = [], found }) => {
    const changes = atOnce(outsideChanges({ before, after, ownWrites: own, mark }));
    expect(changes.map((change) => [change.before, change.after])).toEqual(
      found === undefined ? [] : [found],
    );
  });

  it('finds one among ten thousand users', () => {
    const before = Array.from(
      { length: 10_000 },
      (_, n): SeenUser => ({ id: `${n}`, active: true, label: `${n}` }),
    );
    const after = before.map((user) => (user.id === '7' ? { ...user, active: false } : user));
    expect(atOnce(outsideChanges({ before, after, ownWrites: [], mark }))).toHaveLength(1);
  });
});

describe('users as they are kept', () => {
  const users = Array.from(
    { length: 200 },
    (_, n): SeenUser => ({ id: `u${n}`, active: n % 3 > 0, label: `a"\\,\n[${n}]` }),
  );

  it.each([0, 1, 63, 64, 65, 200])('are read as they were written, %i of them', (count) => {
    const some = users.slice(0, count);
    expect(atOnce(usersIn(atOnce(usersText(some))))).toEqual(some);
  });

  it('are read from the rows of earlier versions, too, and never from anything else', () => {
    expect(atOnce(usersIn('[["a",true,"a@ex.co"],["b",false,"b"]]'))).toHaveLength(2);
    for (const text of ['', '{}', '[1]', '[["a"]]', '[["a",true,"a"]', '[["a",true,"a"]],'])
      expect(() => atOnce(usersIn(text))).toThrow();
  });
});

describe('a user of whom something was noted', () => {
  const note = (before: string, after: string) => ({ before, after });
  it.each([
    ['nothing', [], true, false],
    ['that they were deactivated', [note('active', 'inactive')], false, true],
    [
      'that they were deactivated and activated',
      [note('active', 'inactive'), note('inactive', 'active')],
      true,
      true,
    ],
    ['that they were deactivated, before the change in question', [note('active', 'inactive')], true, false],
    ['that they vanished and came back', [note('active', 'deleted'), note('absent', 'active')], true, false],
    ['that they came back, by an earlier version', [note('absent', 'active')], true, false],
    ['that they are deleted', [note('active', 'deleted')], false, true],
  ])('was dealt with outside, or not: %s', (_what, noted, wasSeenActive, expected) =>
    expect(isDealtWith(noted, wasSeenActive)).toBe(expected),
  );
});
