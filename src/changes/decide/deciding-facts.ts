import { type Change, emailToGuard, isSeveral } from '../change.ts';
import type { ConfirmDesk } from '../confirm/confirm-facts.ts';
import { type ConfirmFacts, FREES_NO_SEAT } from '../confirm/confirmation.ts';

/** How it stands now with what a change would do, and what keeps it from being approved. @throws RefusedError when a user is gone. */
export async function decidingFacts(
  desk: Pick<ConfirmDesk, 'ofSteps'>,
  change: Change,
): Promise<ConfirmFacts> {
  const independent = isSeveral(change);
  const facts = await desk.ofSteps(change.steps, emailToGuard(change), { independent });
  return facts.needsSwap && change.steps.length > 1
    ? { ...facts, needsSwap: false, refusal: FREES_NO_SEAT }
    : facts;
}
