import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFilter, readTyped, writeFilter } from '../../src/audit/audit-query.ts';
import { oneLine } from '../../src/texts/one-line.ts';

const now = new Date('2026-11-25T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

describe('readTyped', () => {
  it.each([
    ['', '', undefined],
    ['steve', 'steve', undefined],
    ['Steve Miller', 'Steve Miller', undefined],
    ['since 30d', '', daysAgo(30)],
    ['steve@ex.co since 2w', 'steve@ex.co', daysAgo(14)],
    ['steve SINCE 30 days', 'steve', daysAgo(30)],
    ['since 12h steve', 'steve', daysAgo(0.5)],
    ['since 3 days <@U0STEVE>', '<@U0STEVE>', daysAgo(3)],
    ['steve since 2026-11-01', 'steve', new Date('2026-11-01T00:00:00Z')],
    ['since yesterday', '', new Date('2026-11-24T00:00:00Z')],
    ['steve since 24.12.', 'steve', new Date('2025-12-24T00:00:00Z')],
    ['since today steve', 'steve', new Date('2026-11-25T00:00:00Z')],
    // A Wednesday, noon.
    ['since Wednesday', '', new Date('2026-11-25T00:00:00Z')],
    ['since Thursday', '', new Date('2026-11-19T00:00:00Z')],
    ['since last Wednesday steve', 'steve', new Date('2026-11-18T00:00:00Z')],
    ['steve last Wednesday', 'steve', new Date('2026-11-18T00:00:00Z')],
    ['since Wednesday 18:00', '', new Date('2026-11-18T18:00:00Z')],
    ['since Wednesday 8:00', '', new Date('2026-11-25T08:00:00Z')],
    ['since 18:00', '', new Date('2026-11-24T18:00:00Z')],
    ['since 25 Nov', '', new Date('2026-11-25T00:00:00Z')],
    ['since 26 Nov 18:00', '', new Date('2025-11-26T18:00:00Z')],
    ['steve last week', 'steve', daysAgo(7)],
    ['in the past 30 days', '', daysAgo(30)],
    ['the last 2 weeks steve', 'steve', daysAgo(14)],
    ['Last, Steve', 'Last, Steve', undefined],
    ['steve last', 'steve last', undefined],
    ['since 999999y', '', new Date(0)],
  ])('reads %j', (text, who, since) => {
    expect(readTyped(text, now)).toEqual({ ok: true, query: { who, since } });
  });

  it.each([
    'since',
    'since whenever',
    'since tomorrow',
    'since next Friday',
    'since 25 Nov 18:00',
    'steve since 30',
    'since -3d',
    'since 2026-13-01',
    'since 3parsecs',
  ])('says that it cannot read the time in %j', (text) => {
    expect(readTyped(text, now)).toEqual({ ok: false, problem: expect.stringContaining('since 30d') });
  });

  it('reads a day without an hour alike at any time of a day', () => {
    const anyMinute = fc.integer({ min: 0, max: 1439 });
    const anyTyped = fc.constantFrom(
      'Monday',
      'Wednesday',
      'Sunday',
      'last Wednesday',
      '24 Dec',
      '25 May',
      '26 May',
      '27.5.',
    );
    fc.assert(
      fc.property(
        anyTyped,
        fc.integer({ min: 0, max: 400 }),
        anyMinute,
        anyMinute,
        (typed, day, one, other) => {
          const read = (minute: number) =>
            readTyped(`since ${typed}`, new Date(Date.UTC(2026, 0, 1 + day, 0, minute)));
          expect(read(other)).toEqual(read(one));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses what is too long to be anybody', () => {
    expect(readTyped('x'.repeat(255), now)).toEqual({
      ok: false,
      problem: expect.stringContaining('too long'),
    });
  });
});

describe('the filter in a button', () => {
  it('comes back as it was, within the 2000 characters of a value, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, sinceMs, beforeSeq) => {
        const read = readTyped(text.replaceAll('since', ''), now);
        if (!read.ok) return;
        const filter = { slackUserId: 'U0123456789', text: read.query.who, sinceMs, beforeSeq };
        const value = writeFilter(filter);
        expect(value.length).toBeLessThanOrEqual(2000);
        expect(readFilter(value)).toEqual(filter);
        expect(read.query.who).toBe(oneLine(read.query.who));
      }),
    );
  });

  it.each([
    ['\u2066', ''],
    ['mia\u2066 nora', 'mia nora'],
    ['mia\u200b@ex.co since 3d', 'mia@ex.co'],
  ])('asks for nothing that nobody sees: %j', (text, who) => {
    const read = readTyped(text, now);
    expect(read.ok && read.query.who).toBe(who);
  });

  it('is nothing for a value of another kind', () => {
    expect(readFilter('{"text":5}')).toBeUndefined();
    expect(readFilter('')).toBeUndefined();
  });
});
