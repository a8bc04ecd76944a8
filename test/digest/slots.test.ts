import { describe, expect, it } from 'vitest';
import { createDueSlot } from '../../src/digest/slots.ts';

const MINUTE_MS = 60_000;

/** The slots that come due when somebody asks every few minutes and claims what is due. */
function claimed(cron: string, timeZone: string, from: string, to: string, everyMinutes = 10): string[] {
  const dueSlot = createDueSlot({ cron, timeZone });
  const slots: string[] = [];
  let last = new Date(from);
  for (let at = last.getTime(); at <= Date.parse(to); at += everyMinutes * MINUTE_MS) {
    const slot = dueSlot(last, new Date(at));
    if (slot === undefined) continue;
    slots.push(slot.toISOString());
    last = slot;
  }
  return slots;
}

describe('slots', () => {
  it.each(['0 9 * * 1-5', '*/7 * * * *', '30 2 29 2 *', '0 0 L * *', '15,45 */5 1-7 * 1'])(
    'finds in UTC what it finds in a zone that keeps that time: %s',
    (cron) => {
      const slots = (zone: string) => claimed(cron, zone, '2028-02-24T20:00:00Z', '2028-03-06T03:00:00Z', 30);
      expect(slots('UTC')).toEqual(slots('Etc/GMT'));
      expect(slots('UTC')).not.toEqual([]);
    },
  );

  it.each([
    {
      night: 'the missing night of Berlin',
      zone: 'Europe/Berlin',
      cron: '30 2 * * *',
      from: '2027-03-27T12:00:00Z',
      to: '2027-03-29T12:00:00Z',
      // 02:30 does not exist: 03:00 is the first moment after the gap.
      slots: ['2027-03-28T01:00:00.000Z', '2027-03-29T00:30:00.000Z'],
    },
    {
      night: 'the doubled night of Berlin',
      zone: 'Europe/Berlin',
      cron: '30 2 * * *',
      from: '2026-10-24T12:00:00Z',
      to: '2026-10-26T12:00:00Z',
      slots: ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
    },
    {
      night: 'the missing night of New York',
      zone: 'America/New_York',
      cron: '30 2 * * *',
      from: '2027-03-13T12:00:00Z',
      to: '2027-03-15T12:00:00Z',
      slots: ['2027-03-14T07:00:00.000Z', '2027-03-15T06:30:00.000Z'],
    },
    {
      night: 'the doubled night of New York, where 02:30 comes once',
      zone: 'America/New_York',
      cron: '30 2 * * *',
      from: '2026-10-31T12:00:00Z',
      to: '2026-11-02T12:00:00Z',
      slots: ['2026-11-01T07:30:00.000Z', '2026-11-02T07:30:00.000Z'],
    },
    {
      night: 'the doubled night of New York, where 01:30 comes twice',
      zone: 'America/New_York',
      cron: '30 1 * * *',
      from: '2026-10-31T12:00:00Z',
      to: '2026-11-02T12:00:00Z',
      slots: ['2026-11-01T05:30:00.000Z', '2026-11-02T06:30:00.000Z'],
    },
    {
      night: 'the doubled night, at several times of day',
      zone: 'Europe/Berlin',
      cron: '30 2,14 * * *',
      from: '2026-10-24T20:00:00Z',
      to: '2026-10-25T20:00:00Z',
      slots: ['2026-10-25T00:30:00.000Z', '2026-10-25T13:30:00.000Z'],
    },
    {
      night: 'a leap day',
      zone: 'UTC',
      cron: '0 9 29 2 *',
      from: '2028-02-28T00:00:00Z',
      to: '2028-03-02T00:00:00Z',
      slots: ['2028-02-29T09:00:00.000Z'],
    },
  ])('has one a day on $night', ({ zone, cron, from, to, slots }) => {
    expect(claimed(cron, zone, from, to)).toEqual(slots);
  });

  const weekly = createDueSlot({ cron: '0 9 * * 1', timeZone: 'UTC' });
  const before = new Date('2026-11-20T00:00:00Z');

  it.each<[string, string | undefined, string]>([
    ['2026-11-23T08:59:59.999Z', undefined, 'not yet'],
    ['2026-11-23T09:00:00.000Z', '2026-11-23T09:00:00.000Z', 'in its very millisecond'],
    ['2026-11-23T21:00:00.000Z', '2026-11-23T09:00:00.000Z', 'twelve hours late'],
    ['2026-11-23T21:00:00.001Z', undefined, 'later than that'],
  ])('at %s: %s, %s', (now, slot) => {
    expect(weekly(before, new Date(now))?.toISOString()).toBe(slot);
  });

  it('catches up only the latest of several', () => {
    const hourly = createDueSlot({ cron: '0 * * * *', timeZone: 'UTC' });
    expect(hourly(before, new Date('2026-11-23T09:30:00Z'))?.toISOString()).toBe('2026-11-23T09:00:00.000Z');
  });

  it('is never due again once claimed', () => {
    const slot = new Date('2026-11-23T09:00:00Z');
    expect(weekly(slot, new Date('2026-11-23T09:00:00.001Z'))).toBeUndefined();
  });

  it('never comes for an empty expression, nor for a day that does not exist', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    expect(createDueSlot({ cron: '', timeZone: 'UTC' })(before, now)).toBeUndefined();
    expect(createDueSlot({ cron: '0 0 31 2 *', timeZone: 'UTC' })(before, now)).toBeUndefined();
  });
});
