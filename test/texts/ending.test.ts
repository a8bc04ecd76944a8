import { Cron } from 'croner';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { durationInput, durationText, parseDuration } from '../../src/texts/duration.ts';
import { readEnding } from '../../src/texts/ending.ts';
import { takeEnding, timeWithin } from '../../src/texts/ending-in-reason.ts';
import { momentAtStart } from '../../src/texts/moment.ts';
import { anyText } from '../support/any-data.ts';

/** A Thursday, half past nine in the evening in Berlin, half past three in New York. */
const now = new Date('2026-11-26T20:30:00Z');
const berlin = { now, timeZone: 'Europe/Berlin' };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a duration', () => {
  it.each([
    ['7d', 7 * DAY],
    ['7 days', 7 * DAY],
    ['7 Days', 7 * DAY],
    ['12 h', 12 * HOUR],
    ['12hrs', 12 * HOUR],
    ['90min', 1.5 * HOUR],
    ['1.5 days', 36 * HOUR],
    ['1,5 days', 36 * HOUR],
    ['a week', 7 * DAY],
    ['two weeks', 14 * DAY],
    ['a fortnight', 14 * DAY],
    ['half an hour', HOUR / 2],
    ['a couple of days', 2 * DAY],
    ['1 month', 30 * DAY],
    ['7-days', 7 * DAY],
    ['a year', 365 * DAY],
    ['1d12h', 36 * HOUR],
    ['1 day and 12 hours', 36 * HOUR],
    ['2 weeks, 3 days', 17 * DAY],
    ['twenty-one days', 21 * DAY],
    ['forty two hours', 42 * HOUR],
    ['two and a half days', 60 * HOUR],
    ['a day and a half', 36 * HOUR],
    ['1½ days', 36 * HOUR],
    ['½ day', 12 * HOUR],
    ['７ days', 7 * DAY],
    ['0.125 days', 3 * HOUR],
  ])('%j is understood', (typed, ms) => expect(parseDuration(typed)).toBe(ms));

  it.each([
    '',
    '7',
    'soon',
    '7 dwarfs',
    '3 dayz',
    '0 days',
    '-3 days',
    '366 days',
    '1e9 d',
    'for 7d',
    '7d x',
    'a',
    // A thousand, or one?
    '1.000 minutes',
    '10,000 minutes',
    '1 000 minutes',
    '3 Wochen',
    '2 quarters',
  ])('%j is none that one can take', (typed) => expect(parseDuration(typed)).toBeUndefined());

  it('is read back from what it is shown as', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 * 86_400 }), (seconds) => {
        expect(parseDuration(durationInput(seconds * 1000))).toBe(seconds * 1000);
        expect(parseDuration(durationText(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});

describe('an ending', () => {
  it.each([
    ['until 24 Dec', '2026-12-24T22:59:00Z'],
    ['until Dec 24th', '2026-12-24T22:59:00Z'],
    ['24.12.2026', '2026-12-24T22:59:00Z'],
    ['until 24.12.', '2026-12-24T22:59:00Z'],
    ['until 24.12', '2026-12-24T22:59:00Z'],
    ['24. 12.', '2026-12-24T22:59:00Z'],
    ['24. 12. 2026', '2026-12-24T22:59:00Z'],
    ['until 24.12.!', '2026-12-24T22:59:00Z'],
    ['until 24.12. 18:00', '2026-12-24T17:00:00Z'],
    ['until 24.12., 6 pm', '2026-12-24T17:00:00Z'],
    // The next such day, and until midnight today is one.
    ['until 1.1.', '2027-01-01T22:59:00Z'],
    ['until 25.11.', '2027-11-25T22:59:00Z'],
    ['until 26.11.', '2026-11-26T22:59:00Z'],
    ['until 26 Nov', '2026-11-26T22:59:00Z'],
    ['until 2026-12-24', '2026-12-24T22:59:00Z'],
    ['until 2026-12-24 18:00', '2026-12-24T17:00:00Z'],
    ['until 24 Dec at 6 pm', '2026-12-24T17:00:00Z'],
    ['until Friday', '2026-11-27T22:59:00Z'],
    ['till next Friday', '2026-12-04T22:59:00Z'],
    ['until tomorrow', '2026-11-27T22:59:00Z'],
    ['until 08:00', '2026-11-27T07:00:00Z'],
    // On a Thursday, before it is over and at an hour that has passed.
    ['until Thursday', '2026-11-26T22:59:00Z'],
    ['until this Thursday', '2026-11-26T22:59:00Z'],
    ['until Thursday 26 Nov', '2026-11-26T22:59:00Z'],
    ['till next Thursday', '2026-12-03T22:59:00Z'],
    ['until Thursday 18:00', '2026-12-03T17:00:00Z'],
    ['until Thursday 23:00', '2026-11-26T22:00:00Z'],
    ['until 26 Nov 23:00', '2026-11-26T22:00:00Z'],
    ['until 25 Nov 18:00', '2027-11-25T17:00:00Z'],
    ['until 1:30', '2026-11-27T00:30:00Z'],
    // No length of time, and no moment that is two.
    ['17:00', '2026-11-27T16:00:00Z'],
    ['for 17:00', '2026-11-27T16:00:00Z'],
    ['0:00', '2026-11-26T23:00:00Z'],
    ['Friday', '2026-11-27T22:59:00Z'],
    ['26 Nov', '2026-11-26T22:59:00Z'],
    ['2026-12-01', '2026-12-01T22:59:00Z'],
    ['tomorrow 17:00', '2026-11-27T16:00:00Z'],
    // Summer time.
    ['until 15 Jul 2027', '2027-07-15T21:59:00Z'],
  ])('%j is read in the zone of who types', (typed, at) =>
    expect(readEnding(typed, berlin)).toEqual({ ok: true, ending: { kind: 'at', at: new Date(at) } }),
  );

  it('differs by zone, and by what day it is there', () => {
    const at = (timeZone: string) =>
      readEnding('until tomorrow', { now: new Date('2026-11-26T23:30:00Z'), timeZone });
    expect(at('America/New_York')).toEqual({
      ok: true,
      ending: { kind: 'at', at: new Date('2026-11-28T04:59:00Z') },
    });
    expect(at('Europe/Berlin')).toEqual({
      ok: true,
      ending: { kind: 'at', at: new Date('2026-11-28T22:59:00Z') },
    });
  });

  it('is the same day at whatever time of a day it is typed', () => {
    const weekdays = ['Mon', 'Tuesday', 'Wed', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    const anyDay = fc.record({
      monday: fc.integer({ min: 0, max: 800 }),
      typed: fc.constantFrom(
        ...weekdays,
        ...weekdays.flatMap((day) => [`this ${day}`, `next ${day}`, `last ${day}`]),
        ...['24 Dec', '29 Feb', '1 Jan', '24.12.', 'Dec 31st', '26 Nov', 'today', 'tomorrow', 'yesterday'],
        ...weekdays.map((day) => `${day} 27 Nov`),
      ),
      timeZone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Pacific/Auckland',
        'Asia/Kolkata',
      ),
    });
    const anyMinute = fc.integer({ min: 0, max: 1438 });
    // 29 Feb 2028, counted as `monday` is.
    const LEAP_DAY = 789;
    fc.assert(
      fc.property(anyDay, anyMinute, anyMinute, ({ monday, typed, timeZone }, one, other) => {
        const read = (minute: number) => {
          const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const day = new Date(Date.UTC(2026, 0, 1 + monday)).toISOString().slice(0, 10);
          const at = new Cron(`${day}T${clock}:00`, { timezone: timeZone, paused: true }).getOnce();
          return momentAtStart(typed, { now: at ?? new Date(0), timeZone });
        };
        const [first, second] = [read(one), read(other)];
        expect(second).toEqual(first);
      }),
      { numRuns: 1000, examples: [[{ monday: LEAP_DAY, typed: '29 Feb', timeZone: 'UTC' }, 721, 0]] },
    );
  });

  it.each([
    ['until yesterday', 'has passed'],
    ['until last Thursday', 'has passed'],
    ['until last Friday', 'has passed'],
    ['until past Friday', 'has passed'],
    ['until Friday last week', 'has passed'],
    ['until 26 Nov 18:00', 'has passed'],
    ['until Thursday 26 Nov 18:00', 'has passed'],
    ['until this Thursday 18:00', 'has passed'],
    ['until last night', 'not understand'],
    // An hour and a half, or half past one.
    ['for 1:30', 'type until 1:30, or 90 minutes'],
    ['1:30', 'type until 1:30, or 90 minutes'],
    ['12:00', 'type until 12:00, or 12 hours'],
    ['25:00', 'not understand'],
    ['until 1 Jan 2020', 'has passed'],
    ['until 24 Dec 2028', 'more than a year'],
    ['for 900 days', 'more than a year'],
    ['for 0 days', 'shorter'],
    ['until 3/4/2027', 'not understand'],
    // In March or in April; no day there is; a clock, or a day; a number; two days.
    ['until 3.4.', 'not understand'],
    ['until 3. 4. 2027', 'not understand'],
    ['until 12.24.', 'not understand'],
    ['until 31.11.', 'not understand'],
    ['until 32.12.', 'not understand'],
    ['until 23.12', 'not understand'],
    ['for 30.5', 'not understand'],
    ['until 24.12.-31.12.', 'not understand'],
    ['until 24.12.1.2', 'not understand'],
    ['until Friday 24 Dec', 'not understand'],
    ['until 32 Dec', 'not understand'],
    ['until 2026-13-01', 'not understand'],
    ['until 2026-12-24 25:00', 'not understand'],
    ['until next week', 'not understand'],
    ['for about a week', 'not understand'],
    ['for 7-10 days', 'not understand'],
    ['until December', 'not understand'],
    ['until Blursday', 'not understand'],
    ['7 dwarfs', 'not understand'],
    ['for 1.000 minutes', 'not understand'],
    ['until 17h', 'not understand'],
    ['soon', 'not understand'],
  ])('%j is refused in words', (typed, words) =>
    expect(readEnding(typed, berlin)).toEqual({ ok: false, problem: expect.stringContaining(words) }),
  );
});

describe('the ending in what is typed behind a name', () => {
  it.each([
    ['for 7 days', '7 days', ''],
    ['for 7d, back', '7d', 'back'],
    [', for 12 h', '12 h', ''],
    ['for a week new here', 'a week', 'new here'],
    ['back from leave for two weeks.', 'two weeks', 'back from leave'],
    ['until 24 Dec holiday cover', 'until 24 Dec', 'holiday cover'],
    ['until 24.12. holiday cover', 'until 24.12.', 'holiday cover'],
    ['until 24.12 for the audit', 'until 24.12', 'for the audit'],
    ['holiday cover until 1.1.', 'until 1.1.', 'holiday cover'],
    ['holiday cover until Friday', 'until Friday', 'holiday cover'],
    ['for the Q4 launch until 24 Dec', 'until 24 Dec', 'for the Q4 launch'],
    ['until 24 Dec, for the Q4 launch', 'until 24 Dec', 'for the Q4 launch'],
    ['7 days', '7 days', ''],
    ['_for 7 days_', '7 days', ''],
    ['back (for 7 days)', '7 days', 'back'],
    ['back (leave) for 7 days', '7 days', 'back (leave)'],
    ['for the next 7 days', 'the next 7 days', ''],
    ['for max 7 days, new here', 'max 7 days', 'new here'],
    ['through Friday', 'until Friday', ''],
    // Not understood, too long or over: it stands in the field.
    ['for 3 dayz new here', '3 dayz', 'new here'],
    ['new here for 3 dayz', '3 dayz', 'new here'],
    ['for 900 days', '900 days', ''],
    ['for 7', '7', ''],
    ['for 1:30', '1:30', ''],
    ['for 17:00', '17:00', ''],
    ['for Friday', 'Friday', ''],
    ['for Friday, new here', 'Friday', 'new here'],
    ['for tomorrow 17:00', 'tomorrow 17:00', ''],
    ['for 24 Dec', '24 Dec', ''],
    ['until last Friday, new here', 'until last Friday', 'new here'],
    ['for the weekend', 'the weekend', ''],
    ['for a few days, new here', 'a few days', 'new here'],
    ['for 3 working days', '3 working days', ''],
    ['for 7-10 days', '7-10 days', ''],
    ['for about a week, new here', 'about a week', 'new here'],
    ['until the audit is done, thanks', 'until the audit is done', 'thanks'],
    ['until 32 Dec', 'until 32 Dec', ''],
    ['cover until 32 Dec', 'until 32 Dec', 'cover'],
    ['until yesterday', 'until yesterday', ''],
    ['for 3 Wochen', '3 Wochen', ''],
    ['new here for 2 nights', '2 nights', 'new here'],
    ['for a quarter, new here', 'a quarter', 'new here'],
    ['for 10,000 minutes', '10,000 minutes', ''],
    ['for 1 000 minutes', '1 000 minutes', ''],
    ['(7 days)', '7 days', ''],
    ['[12h]', '12h', ''],
    ['“a week”', 'a week', ''],
    ['max 7 days', 'max 7 days', ''],
    ['up to 7 days', 'up to 7 days', ''],
    ['for up to 3 days', 'up to 3 days', ''],
    ['for 7 to 10 days, new here', '7 to 10 days', 'new here'],
  ])('is taken from %j', (typed, ending, reason) =>
    expect(takeEnding(typed, berlin)).toEqual({ ending, reason, unclear: undefined }),
  );

  it.each([
    '',
    'for the Q4 launch',
    'waiting for 7dwarfs',
    'for 7 dwarfs',
    'for 13:30 meetings',
    'new here',
    'for',
    'until',
    'for the weekend shift',
    'for Friday night shifts',
    'for now',
    'forever',
    'room for 7',
    'she waits until the boss says',
  ])('is not seen in %j', (typed) =>
    expect(takeEnding(typed, berlin)).toEqual({ reason: typed, ending: undefined, unclear: undefined }),
  );

  it.each([
    ['waited for 3 days, so let her in', 'for 3 days'],
    ['needed until 24 Dec because of the audit', 'until 24 Dec'],
    ['7d trial', '7d'],
    ['by Friday', 'by Friday'],
    ['for Friday - the demo', 'for Friday'],
    ['for Monday (demo)', 'for Monday'],
    ['for tomorrow: the audit', 'for tomorrow'],
  ])('stays in %j, and is named', (typed, unclear) =>
    expect(takeEnding(typed, berlin)).toEqual({ reason: typed, ending: undefined, unclear }),
  );

  it.each([
    ['trial, her 3 days', '3 days'],
    ['7 Tage lang', '7 Tage'],
    ['her two weeks', 'two weeks'],
    ['12h shift', '12h'],
    ['tomorrow', 'tomorrow'],
    ['Friday!', 'Friday'],
    ['a second account', undefined],
    ['for a day and night', undefined],
    ['needs 3 d printers and room for 7', undefined],
    ['the Q4 launch', undefined],
    ['new here', undefined],
    ['', undefined],
  ])('may be meant in %j without being said', (reason, time) =>
    expect(timeWithin(reason, berlin)).toBe(time),
  );

  it('takes no word away, whatever is typed', () => {
    const words = (text: string) =>
      (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter(
        (word) => !/^(?:for|until|till|til|through|thru)$/i.test(word),
      );
    const phrase = fc.constantFrom(
      'for 7 days',
      'until Friday',
      'for 3 dayz',
      'until 32 Dec',
      'for the launch',
      'until',
      'for',
      '7d',
      'and',
      '',
    );
    const typed = fc
      .array(fc.oneof(phrase, anyText(30)), { maxLength: 5 })
      .map((parts) => parts.join(' ').trim());
    fc.assert(
      fc.property(typed, (text) => {
        const { reason, ending = '' } = takeEnding(text, berlin);
        expect([...words(reason), ...words(ending)].sort()).toEqual(words(text).sort());
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a day that somebody types, wherever the process runs', () => {
  const zones = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Tokyo'];
  const machine = process.env.TZ;
  afterEach(() => {
    if (machine === undefined) delete process.env.TZ;
    else process.env.TZ = machine;
  });

  it.each(zones)('is that of who types: the process runs in %s', (host) => {
    process.env.TZ = host;
    for (const timeZone of zones)
      for (let hour = 0; hour < 24; hour += 3) {
        const typedAt = { now: new Date(Date.UTC(2026, 10, 26, hour, 30)), timeZone };
        const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(typedAt.now);
        const dayAt = (text: string): string | undefined => {
          const read = readEnding(text, typedAt);
          if (!read.ok || read.ending.kind !== 'at') return undefined;
          return new Intl.DateTimeFormat('en-CA', { timeZone }).format(read.ending.at);
        };
        const [, month = '', day = ''] = today.split('-');
        const weekday = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long' }).format(typedAt.now);
        const inWords = `${Number(day)} ${new Intl.DateTimeFormat('en-GB', { timeZone, month: 'short' }).format(typedAt.now)}`;
        for (const text of ['today', `until ${inWords}`, `until ${weekday}`, `until ${weekday} ${inWords}`])
          expect(dayAt(text), `${host} ${timeZone} ${hour} ${text} ${month}`).toBe(today);
      }
  });

  it.each(zones)('with an hour is the next one that is to come: the process runs in %s', (host) => {
    process.env.TZ = host;
    for (const timeZone of zones)
      for (let hour = 0; hour < 24; hour += 3) {
        const now = new Date(Date.UTC(2026, 10, 26, hour, 30));
        const weekday = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long' }).format(now);
        for (let clock = 0; clock < 24; clock += 2) {
          const text = `until ${weekday} ${clock}:00`;
          const read = readEnding(text, { now, timeZone });
          const at = read.ok && read.ending.kind === 'at' ? read.ending.at : undefined;
          const ahead = (at?.getTime() ?? 0) - now.getTime();
          const context = `${host} ${timeZone} ${hour} ${text}`;
          expect(ahead, context).toBeGreaterThan(0);
          expect(ahead, context).toBeLessThanOrEqual(7 * 86_400_000);
          const shown = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', hour: 'numeric' });
          expect(shown.format(at), context).toBe(`${weekday}, ${String(clock).padStart(2, '0')}`);
        }
      }
  });
});
