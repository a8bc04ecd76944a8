import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byIdleness, idleSince, sortedByIdleness } from '../../src/license/idle.ts';
import { licenseLines, readMeter } from '../../src/license/license-desk.ts';
import { forecastText, meterText, seatsLine } from '../../src/license/license-views.ts';
import { forecast, levelOf, meterOf, namesOf, seatHolders } from '../../src/license/seats.ts';
import { warningText } from '../../src/license/warning-text.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { anyUser, plainUser } from '../support/any-data.ts';

const reader = (administrator: boolean) => ({ administrator, administrators: '<@U0ADA>' });
const usersOf = (active: number, exempt: number, inactive: number) => [
  ...Array.from({ length: active }, (_, n) => plainUser(n)),
  ...Array.from({ length: exempt }, (_, n) =>
    plainUser(100 + n, { username: `robot${n}`, email: undefined }),
  ),
  ...Array.from({ length: inactive }, (_, n) => plainUser(200 + n, { enabled: false })),
];

const byId = (a: WallarooUser, b: WallarooUser): number => (a.id < b.id ? -1 : 1);

/** The license in the plainest words: what is read with `taken` of `seats`, warned of from `warnAt` on. */
function modelOf(taken: number, seats: number, warnAt: number) {
  const kind =
    taken > seats
      ? 'Over the license limit'
      : taken === seats
        ? 'License full'
        : taken >= warnAt
          ? 'License nearly full'
          : undefined;
  return { kind, free: taken < seats, meter: `${taken} of ${seats} ${seats === 1 ? 'seat' : 'seats'} taken` };
}

describe('the license', () => {
  it('reads as a plain model says, from 0 to 12 users, 1 to 10 seats and any threshold', () => {
    for (let seats = 1; seats <= 10; seats += 1)
      for (let warnAt = 0; warnAt <= seats; warnAt += 1)
        for (let taken = 0; taken <= 12; taken += 1)
          for (const administrator of [true, false]) {
            const model = modelOf(taken, seats, warnAt);
            const license = { edition: 'community', seats, warnAt } as const;
            const meter = meterOf(license, taken);
            expect(meterText(meter)).toContain(model.meter);
            expect(meterText(meter)?.match(/:\w+_square:/g)).toHaveLength(seats);
            expect(['full', 'over'].includes(levelOf(meter))).toBe(!model.free);
            const warning = warningText(meter, reader(administrator));
            if (model.kind === undefined) expect(warning).toBeUndefined();
            else expect(warning).toContain(model.kind);
            expect(warning?.includes('<@U0ADA>') ?? false).toBe(!administrator && model.kind !== undefined);
          }
  });

  it('counts every active user but exempt ones, and tells a change ahead', () => {
    const few = fc.nat({ max: 12 });
    fc.assert(
      fc.property(
        few,
        fc.nat({ max: 3 }),
        few,
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(-1, 0, 1),
        (active, exempt, inactive, seats, delta) => {
          const license = { edition: 'community', seats, warnAt: Math.max(1, seats - 1) } as const;
          const rules = {
            license,
            exempt: namesOf(['ROBOT0', 'robot1', 'robot2']),
            administrators: '<@U0ADA>',
          };
          const meter = readMeter(rules, usersOf(active, exempt, inactive));
          expect(meter.taken).toBe(active);
          const after = forecast(meter, delta);
          expect(forecastText(meter, after)?.replace(/,.*/, '')).toBe(
            `Seats: ${active} → ${active + delta} of ${seats}`,
          );
          const lines = licenseLines(rules, meter, true);
          expect(lines.warning === undefined).toBe(modelOf(active, seats, license.warnAt).kind === undefined);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    [4, 5, 'Seats: 4 → 5 of 5, the last one'],
    [3, 5, 'Seats: 3 → 5 of 5, all taken'],
    [3, 4, 'Seats: 3 → 4 of 5, 1 left'],
    [2, 3, 'Seats: 2 → 3 of 5'],
    [5, 4, 'Seats: 5 → 4 of 5'],
    [5, 5, 'Seats: 5 → 5 of 5'],
    [7, 6, 'Seats: 7 → 6 of 5, 1 too many'],
  ])('says in one line what a change does to it: %i → %i', (before, after, line) => {
    const meter = (taken: number) => meterOf({ edition: 'community', seats: 5, warnAt: 4 }, taken);
    expect(forecastText(meter(before), meter(after))).toBe(line);
  });

  it.each([
    [3, 'Seats: 3 of 5'],
    [4, 'Seats: 4 of 5, 1 left'],
    [5, 'Seats: 5 of 5, all taken'],
    [6, 'Seats: 6 of 5, 1 too many'],
  ])('says in one line how it stands: %i', (taken, line) => {
    expect(seatsLine(meterOf({ edition: 'community', seats: 5, warnAt: 4 }, taken))).toBe(line);
  });

  it('has no meter, no forecast and no warning on Enterprise', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), (taken) => {
        const meter = meterOf({ edition: 'enterprise' }, taken);
        expect([meterText(meter), warningText(meter, reader(true)), forecastText(meter, meter)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
        expect(levelOf(meter)).toBe('free');
      }),
      { numRuns: 300 },
    );
  });

  it('puts those idle longest first, by whatever sign of life came last, then those of whom none is known', () => {
    const day = 86_400_000;
    const now = new Date('2026-11-25T12:00:00Z').getTime();
    const letIns = fc.dictionary(fc.constantFrom('0', '1', '2'), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(fc.array(anyUser, { maxLength: 10 }), letIns, (users, daysAgo) => {
        const letIn = new Map(
          Object.entries(daysAgo).map(([at, days]) => [
            users[Number(at)]?.id ?? '',
            new Date(now - days * day),
          ]),
        );
        const since = (user: WallarooUser) => idleSince(user, letIn);
        const sorted = byIdleness(users, since);
        expect([...sorted].sort(byId)).toEqual([...users].sort(byId));
        const times = sorted.map((user) => since(user) ?? Number.POSITIVE_INFINITY);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  it('sorts a long list by idleness in small steps, and once for all who ask', () => {
    const users = Array.from({ length: 10_000 }, (_, n) => plainUser(n));
    const since = (user: WallarooUser) => user.createdMs;
    const stepsOf = () => {
      const work = sortedByIdleness(users, since);
      let steps = 1;
      while (work.next().done !== true) steps += 1;
      return steps;
    };
    expect(stepsOf()).toBeGreaterThan(100);
    expect(stepsOf()).toBe(1);
    expect(byIdleness(users, since)).toBe(byIdleness(users, since));
  });

  it('has ten squares at most, of which the last fills with the last seat', () => {
    for (const [seats, taken, filled] of [
      [40, 0, 0],
      [40, 1, 1],
      [40, 39, 9],
      [40, 40, 10],
      [40, 41, 10],
      [10, 9, 9],
    ] as const) {
      const text = meterText(meterOf({ edition: 'community', seats, warnAt: seats }, taken));
      expect(text?.match(/:\w+_square:/g)).toHaveLength(10);
      expect(text?.match(/:white_large_square:/g) ?? []).toHaveLength(10 - filled);
    }
  });

  it('counts one seat as one, in warnings too', () => {
    const warn = (taken: number, seats: number, warnAt: number) =>
      warningText(meterOf({ edition: 'community', seats, warnAt }, taken), reader(true));
    expect(warn(1, 1, 1)).toContain('the only seat is taken (1 of 1)');
    expect(warn(2, 1, 1)).toContain('2 active users for 1 seat (1 too many)');
    expect(warn(1, 2, 1)).toContain('1 of 2 seats is taken, 1 is left');
  });
});

it('counts a list of users once, however often their seats are told', () => {
  const users = [plainUser(1), plainUser(2, { enabled: false })];
  const exempt = namesOf(['nobody']);
  expect(seatHolders(users, exempt)).toBe(seatHolders(users, exempt));
  expect(seatHolders(users, namesOf([users[0]?.username ?? '']))).toEqual([]);
  expect(seatHolders(users, exempt)).toEqual([users[0]]);
});
