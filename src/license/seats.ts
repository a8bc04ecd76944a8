/** What the license rules need of a user. */
export interface SeatCandidate {
  readonly email: string | undefined;
  readonly username: string;
  readonly enabled: boolean;
}

/** What the license allows. No call of the platform tells it, so it is a setting (contract §8). */
export type License =
  | { readonly edition: 'enterprise' }
  | { readonly edition: 'community'; readonly seats: number; readonly warnAt: number };

/** Emails or usernames, ignoring case. */
export type Names = ReadonlySet<string>;

export const namesOf = (entries: readonly string[]): Names =>
  new Set(entries.map((entry) => entry.toLowerCase()));

/** Whether a user goes by one of the names: by email or by username. */
export const isNamed = (user: Pick<SeatCandidate, 'email' | 'username'>, names: Names): boolean =>
  names.size > 0 &&
  (names.has(user.username.toLowerCase()) ||
    (user.email !== undefined && names.has(user.email.toLowerCase())));

/** A seat is taken by every enabled user, exempt ones aside. */
const takesSeat = (user: SeatCandidate, exempt: Names): boolean => user.enabled && !isNamed(user, exempt);

/** Of each list, as long as it is in use: every answer tells the seats, and there may be tens of thousands of users. */
const counted = new WeakMap<
  readonly SeatCandidate[],
  { readonly exempt: Names; readonly holders: readonly SeatCandidate[] }
>();

/** Those who take a seat; the same list for the same list, which is never altered. */
export function seatHolders<U extends SeatCandidate>(users: readonly U[], exempt: Names): readonly U[] {
  const known = counted.get(users);
  if (known?.exempt === exempt) return known.holders as readonly U[];
  const holders = users.filter((user) => takesSeat(user, exempt));
  counted.set(users, { exempt, holders });
  return holders;
}

/** Seats taken, beside what the license allows. */
export type Meter =
  | { readonly kind: 'unlimited'; readonly taken: number }
  | { readonly kind: 'limited'; readonly taken: number; readonly seats: number; readonly warnAt: number };

export function meterOf(license: License, taken: number): Meter {
  return license.edition === 'enterprise'
    ? { kind: 'unlimited', taken }
    : { kind: 'limited', taken, seats: license.seats, warnAt: license.warnAt };
}

/** The meter after `delta` seats more (or fewer) are taken. */
export const forecast = (meter: Meter, delta: number): Meter => ({ ...meter, taken: meter.taken + delta });

/** Where the meter stands: `near` from the warning threshold on, `over` when somebody went past the limit elsewhere. */
export type Level = 'free' | 'near' | 'full' | 'over';

export function levelOf(meter: Meter): Level {
  if (meter.kind === 'unlimited') return 'free';
  if (meter.taken > meter.seats) return 'over';
  if (meter.taken === meter.seats) return 'full';
  return meter.taken >= meter.warnAt ? 'near' : 'free';
}
