import { isNamed, seatHolders } from '../../license/seats.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { Change, Step } from '../change.ts';
import { reservedActivations } from '../store/change-store.ts';
import type { ApplyParts } from './apply-parts.ts';
import { PermanentFault } from './permanent-fault.ts';

/**
 * Whether the steps of a change take a seat, which then is free. Counts anew, under the lock of all platform writes:
 * users that the platform shows as active, and seats promised to others whose writes it may not show yet.
 * Reservations are read before the list, so that one that ends in between is seen in the list at least.
 * @throws PermanentFault `license_full`
 */
export async function takesFreeSeat(
  parts: ApplyParts,
  { id, steps }: Pick<Change, 'id' | 'steps'>,
): Promise<boolean> {
  if (parts.license.edition === 'enterprise' || !steps.some(isActivation)) return false;
  const { seats } = parts.license;
  const reserved = await reservedActivations(parts.db, id);
  const users = await parts.wallaroo.listUsers({ fresh: true });
  const deltas = seatDeltas(parts, users, steps);
  if (!deltas.some((delta) => delta > 0)) return false;
  const holders = seatHolders(users, parts.exempt);
  const shown = new Set(holders.flatMap(({ id, email }) => [id, email?.toLowerCase() ?? id]));
  const promised = [...reserved].filter((key) => !shown.has(key)).length;
  const wanted = deltas.reduce((sum, delta) => sum + delta, 0);
  if (holders.length + promised + wanted <= seats) return true;
  throw new PermanentFault(
    'license_full',
    `The license is full: ${holders.length} of ${seats} seats are taken. Deactivate somebody first, or exchange two users with /wallaroo swap.`,
  );
}

const isActivation = (step: Step): boolean =>
  step.type === 'invite' || (step.type === 'switch' && step.enabled);

/** How each step alters the number of seats taken, one after the other, as the platform stands now. */
function seatDeltas(parts: ApplyParts, users: readonly WallarooUser[], steps: readonly Step[]): number[] {
  const enabledById = new Map(users.map(({ id, enabled }) => [id, enabled]));
  const exempt = new Set(users.filter((user) => isNamed(user, parts.exempt)).map(({ id }) => id));
  return steps.map((step) => {
    if (step.type === 'extend') return 0;
    if (step.type === 'invite') return step.userId === undefined ? 1 : 0;
    // Somebody whom the list leaves out may take a seat, and cannot free one.
    const before = enabledById.get(step.userId) ?? false;
    enabledById.set(step.userId, step.enabled);
    if (before === step.enabled || exempt.has(step.userId)) return 0;
    return step.enabled ? 1 : -1;
  });
}
