import { count } from '../slack/mrkdwn.ts';
import { type Level, levelOf, type Meter } from './seats.ts';

/** "4 of 5 seats"; for Enterprise, which has no limit, just the count. */
export function seatsText(meter: Meter): string {
  if (meter.kind === 'unlimited') return `${meter.taken} active ${meter.taken === 1 ? 'user' : 'users'}`;
  return `${meter.taken} of ${meter.seats} ${meter.seats === 1 ? 'seat' : 'seats'}`;
}

/** "4 of 5 seats are taken". */
export const takenText = (taken: number, seats: number): string =>
  `${taken} of ${count(seats, 'seat')} ${taken === 1 ? 'is' : 'are'} taken`;

/** "Seats: 4 → 5 of 5, the last one": what a change does to the license, in one line; `undefined` for Enterprise. */
export function forecastText(before: Meter, after: Meter): string | undefined {
  if (before.kind === 'unlimited' || after.kind === 'unlimited') return undefined;
  const isFilled = after.taken - before.taken > 1 && levelOf(after) === 'full';
  const standing = isFilled ? ALL_TAKEN : after.taken > before.taken ? standingText(after) : overText(after);
  return `Seats: ${before.taken} → ${after.taken} of ${after.seats}${standing}`;
}

/** "Seats: 5 of 5, all taken": how the license stands, in one line; `undefined` for Enterprise. */
export function seatsLine(meter: Meter): string | undefined {
  if (meter.kind === 'unlimited') return undefined;
  const standing = levelOf(meter) === 'full' ? ALL_TAKEN : standingText(meter);
  return `Seats: ${meter.taken} of ${meter.seats}${standing}`;
}

const ALL_TAKEN = ', all taken';

type Limited = Extract<Meter, { kind: 'limited' }>;

/** What is to be warned of once a seat was taken; '' while there is nothing. */
function standingText(meter: Limited): string {
  const level = levelOf(meter);
  if (level === 'full') return ', the last one';
  if (level !== 'near') return overText(meter);
  const left = meter.seats - meter.taken;
  return `, ${left} left`;
}

const overText = ({ taken, seats }: Limited): string => (taken > seats ? `, ${taken - seats} too many` : '');

const BAR: Readonly<Record<Level, string>> = {
  free: ':large_green_square:',
  near: ':large_yellow_square:',
  full: ':large_orange_square:',
  over: ':large_red_square:',
};
const MOST_SQUARES = 10;

/** The license meter as mrkdwn; `undefined` for Enterprise. */
export function meterText(meter: Meter): string | undefined {
  if (meter.kind === 'unlimited') return undefined;
  const squares = Math.min(meter.seats, MOST_SQUARES);
  // The last square fills with the last seat.
  const most = meter.taken < meter.seats ? squares - 1 : squares;
  const filled = Math.min(most, Math.ceil((meter.taken / meter.seats) * squares));
  const bar = BAR[levelOf(meter)].repeat(filled) + ':white_large_square:'.repeat(squares - filled);
  return `*${seatsText(meter)} taken*  ${bar}`;
}
