import { type Level, levelOf, type Meter } from './seats.ts';

/** "4 of 5 seats"; for Enterprise, which has no limit, just the count. */
export function seatsText(meter: Meter): string {
  if (meter.kind === 'unlimited') return `${meter.taken} active ${meter.taken === 1 ? 'user' : 'users'}`;
  return `${meter.taken} of ${meter.seats} ${meter.seats === 1 ? 'seat' : 'seats'}`;
}

/** "4 of 5 seats → 5 of 5"; `undefined` for Enterprise: no meter. */
export function forecastText(before: Meter, after: Meter): string | undefined {
  if (before.kind === 'unlimited' || after.kind === 'unlimited') return undefined;
  return `${seatsText(before)} → ${after.taken} of ${after.seats}`;
}

const BAR: Readonly<Record<Level, string>> = {
  free: ':large_green_square:',
  near: ':large_yellow_square:',
  full: ':large_orange_square:',
  over: ':large_red_square:',
};
const MOST_SQUARES = 20;

/** The license meter as mrkdwn; `undefined` for Enterprise. */
export function meterText(meter: Meter): string | undefined {
  if (meter.kind === 'unlimited') return undefined;
  const squares = Math.min(meter.seats, MOST_SQUARES);
  const filled = Math.min(squares, Math.ceil((meter.taken / meter.seats) * squares));
  const bar = BAR[levelOf(meter)].repeat(filled) + ':white_large_square:'.repeat(squares - filled);
  return `${bar}  *${seatsText(meter)} taken*`;
}
