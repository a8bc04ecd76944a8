import { isNamed, type Names, seatHolders } from '../../license/seats.ts';
import { inSlices } from '../../slices.ts';
import { indexedById } from '../../wallaroo/by-id.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { Change, SeatsShown } from '../change.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import type { SeatUse } from '../steps/step-kind.ts';
import { stepsConcern } from '../steps/steps-of.ts';
import type { ApplyParts } from './apply-parts.ts';

/**
 * The seats before and after a change that is done, by the list that was read for it since `lockedAt`: none is read for this
 * alone, which takes long among many users. Without one no number is told, as others may have taken seats since somebody
 * asked. `undefined` of what concerns no seat, or has no limit.
 */
export async function seatsApplied(
  { license, exempt, wallaroo }: Pick<ApplyParts, 'exempt' | 'license' | 'wallaroo'>,
  { steps, seatsShown }: Pick<Change, 'seatsShown' | 'steps'>,
  lockedAt: Date | undefined,
): Promise<SeatsShown | undefined> {
  const concernsSeats = stepsConcern(steps, 'takes') || stepsConcern(steps, 'frees');
  if (license.edition === 'enterprise' || !concernsSeats) return undefined;
  const list = wallaroo.lastUsers();
  if (list === undefined || lockedAt === undefined || list.asOf < lockedAt)
    return { taken: seatsShown.taken, after: seatsShown.after };
  const byId = await inSlices(indexedById(list.users));
  const { seats, warnAt } = license;
  return { ...countAround(steps, { byId, holders: seatHolders(list.users, exempt), exempt }), seats, warnAt };
}

interface Counted {
  readonly byId: ReadonlyMap<string, WallarooUser>;
  readonly holders: readonly WallarooUser[];
  readonly exempt: Names;
}

/** Those of the list whom the steps did not turn, and with them those who were before or are after: it may be of any moment between. */
function countAround(
  steps: readonly Step[],
  { byId, holders, exempt }: Counted,
): Pick<SeatsShown, 'after' | 'taken'> {
  const uses = steps
    .filter((step) => kindOfStep(step).altered(step))
    .map((step) => kindOfStep(step).seat(step))
    .filter((use) => use !== undefined);
  const turned = new Set(uses.flatMap(keysOf));
  const rest = holders.filter(
    ({ id, email, username }) =>
      ![id, email?.toLowerCase(), username.toLowerCase()].some((key) => key !== undefined && turned.has(key)),
  ).length;
  const takesSeat = (use: SeatUse): boolean =>
    !keysOf(use).some((key) => isNamed(byId.get(key) ?? { email: key, username: key }, exempt));
  const of = (effect: SeatUse['effect']): number =>
    uses.filter((use) => use.effect === effect && takesSeat(use)).length;
  return { taken: rest + of('frees'), after: rest + of('takes') };
}

/** Ids of users, and of somebody invited also the email: a list may show them before the change knows their id. */
const keysOf = ({ key, invited }: SeatUse): readonly string[] =>
  invited === undefined ? [key] : [key, invited];
