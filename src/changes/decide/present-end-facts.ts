import { type Change, isComingEnd } from '../change.ts';
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
  if (asked === undefined || timed?.notBefore === undefined || !isComingEnd(timed)) return change;
  return timed.notBefore.getTime() === asked.before.getTime()
    ? change
    : { ...change, steps: [extendStep({ ...asked, before: timed.notBefore })] };
}
