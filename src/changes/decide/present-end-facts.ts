import { type Change, isComingEnd } from '../change.ts';
import { plannedEnd } from '../coming-end.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import { extendStep } from '../steps/extend-activation.ts';
import { extensionIn } from './amendment.ts';

/** A request for more time as it stands now: others may have moved the end since it was asked for. Any other as it is. */
export async function withPresentEnd(
  { service }: Pick<ChangesHandlerParts, 'service'>,
  change: Change,
): Promise<Change> {
  const asked = extensionIn(change);
  const timed = asked && (await service.find(asked.changeId));
  if (asked === undefined || timed === undefined) return change;
  const before = plannedEnd(timed);
  if (before === undefined || !isComingEnd(timed)) return change;
  return before.getTime() === asked.before.getTime()
    ? change
    : { ...change, steps: [extendStep({ ...asked, before })] };
}
