import { takenText } from '../../license/license-views.ts';
import { isNamed, seatHolders } from '../../license/seats.ts';
import { count } from '../../slack/mrkdwn.ts';
import { inSlices } from '../../slices.ts';
import { indexedById } from '../../wallaroo/by-id.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { Change } from '../change.ts';
import { kindOfStep } from '../steps/step.ts';
import type { SeatLedger } from '../steps/step-kind.ts';
import { emailsInvited, seatsTakenBy } from '../steps/steps-of.ts';
import { reservedActivations } from '../store/find-changes.ts';
import type { ApplyParts } from './apply-parts.ts';
import { expectNewcomers } from './expect-newcomers.ts';
import { keysShown } from './keys-shown.ts';
import { PermanentFault } from './permanent-fault.ts';

/** Whether the steps of a change take a seat, and whether it is free. */
export type SeatCount =
  | { readonly verdict: 'none_taken' }
  | { readonly verdict: 'free'; readonly taken: number; readonly seats: number }
  | { readonly verdict: 'full'; readonly fault: PermanentFault };

/**
 * Counts seats on the platform, under the lock of all its writes: users that it shows as active, and seats promised to
 * others whose writes it may not show yet. Reservations are read before the list, so that one that ends in between is
 * seen in the list at least.
 */
export async function countSeats(
  parts: ApplyParts,
  { id, steps }: Pick<Change, 'id' | 'steps'>,
): Promise<SeatCount> {
  if (parts.license.edition === 'enterprise' || seatsTakenBy(steps).length === 0)
    return { verdict: 'none_taken' };
  const { seats } = parts.license;
  const reserved = await reservedActivations(parts.db, id);
  const users = await parts.wallaroo.listUsers({ fresh: true });
  await expectNewcomers(parts, users);
  const ledger = await ledgerOf(parts, users, new Set(emailsInvited(steps)));
  const deltas = steps.map((step) => kindOfStep(step).seatDelta(step, ledger));
  if (!deltas.some((delta) => delta > 0)) return { verdict: 'none_taken' };
  const holders = seatHolders(users, parts.exempt);
  const promised = await promisedTo(parts, reserved, users);
  const wanted = deltas.reduce((sum, delta) => sum + delta, 0);
  if (holders.length + promised + wanted <= seats) return { verdict: 'free', taken: holders.length, seats };
  const free = Math.max(0, seats - holders.length - promised);
  const sentence = wanted > 1 ? tooManyText(wanted, free, seats) : fullText(holders.length, seats);
  return { verdict: 'full', fault: new PermanentFault('license_full', sentence) };
}

const fullText = (taken: number, seats: number): string =>
  taken > seats
    ? `More users are active than the license allows: ${takenText(taken, seats)}. Deactivate users until the limit holds again.`
    : `The license is full: ${takenText(taken, seats)}. Deactivate somebody first, or exchange two users with /wallaroo swap.`;

/** That Wallaroo has fewer seats than the bot was told. */
export const fewerSeatsText = ({ taken, seats }: Extract<SeatCount, { verdict: 'free' }>): string =>
  `Wallaroo takes no more users: it says its license is full, although LICENSE_SEATS is ${seats} and only ${count(taken, 'seat')} ${taken === 1 ? 'is' : 'are'} taken. Deactivate somebody first, and compare LICENSE_SEATS with your license.`;

/** That several take more seats than are free, and how many would fit. */
const tooManyText = (wanted: number, free: number, seats: number): string =>
  `These users take ${wanted} seats, and ${free} of ${seats} ${free === 1 ? 'is' : 'are'} free: ${free === 0 ? 'none of them fits' : `at most ${free} of them ${free === 1 ? 'fits' : 'fit'}`}. Nothing was changed.`;

/** How many seats are promised to others whom the list does not show as settled yet; who is exempt is promised none. */
async function promisedTo(
  { exempt }: Pick<ApplyParts, 'exempt'>,
  reserved: ReadonlySet<string>,
  users: readonly WallarooUser[],
): Promise<number> {
  const isSettled = (user: WallarooUser) => user.enabled || isNamed(user, exempt);
  const settled = await inSlices(keysShown(users, reserved, isSettled));
  return [...reserved].filter((key) => !settled.has(key) && !isNamed({ email: key, username: key }, exempt))
    .length;
}

async function ledgerOf(
  { exempt }: Pick<ApplyParts, 'exempt'>,
  users: readonly WallarooUser[],
  invited: ReadonlySet<string>,
): Promise<SeatLedger> {
  const byId = await inSlices(indexedById(users));
  // Somebody who is there was invited by a try whose answer was lost, or by others.
  const shown = await inSlices(keysShown(users, invited));
  const turned = new Map<string, boolean>();
  return {
    turn: (userId, enabled) => {
      const user = byId.get(userId);
      // Somebody whom the list leaves out may take a seat, and cannot free one.
      const before = turned.get(userId) ?? user?.enabled ?? false;
      turned.set(userId, enabled);
      if (before === enabled || (user !== undefined && isNamed(user, exempt))) return 0;
      return enabled ? 1 : -1;
    },
    join: (email) => (shown.has(email.toLowerCase()) || isNamed({ email, username: email }, exempt) ? 0 : 1),
  };
}
