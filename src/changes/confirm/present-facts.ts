import { ChatopsError } from '../../errors.ts';
import { valueWithin } from '../../jobs/time-limit.ts';
import { type Change, isSeveral } from '../change.ts';
import type { Present } from '../shown/differences.ts';
import type { Step } from '../steps/step.ts';
import { stepsConcern } from '../steps/steps-of.ts';
import type { ConfirmDesk } from './confirm-facts.ts';
import { type ConfirmFacts, seatsShownOf } from './confirmation.ts';

/** How long somebody who asks waits for what their card is to show, ms. */
const PATIENCE_MS = 5000;

/** What is so now of what the card of a change of these steps shows; seats only where it concerns them. */
export function presentIn(facts: ConfirmFacts, steps: readonly Step[]): Present {
  const { taken, after, ...limit } = seatsShownOf(facts);
  const concernsSeats = stepsConcern(steps, 'takes') || stepsConcern(steps, 'frees');
  // Where every seat is taken somebody else leaves in exchange, whom the approval names.
  const afterwards = facts.needsSwap ? { after: taken, leftOpen: true } : { after };
  return {
    seats: { taken, ...afterwards, ...(concernsSeats ? limit : {}) },
    shown: facts.shown,
    ends: facts.ends,
  };
}

/** The same for a change that is being asked for; `undefined` where Wallaroo does not say: that keeps nobody from asking. */
export async function presentOf(
  desk: Pick<ConfirmDesk, 'ofSteps'>,
  { kind, steps, requesterEmail }: Pick<Change, 'kind' | 'steps' | 'requesterEmail'>,
): Promise<Present | undefined> {
  const independent = isSeveral({ kind });
  const facts = await valueWithin(PATIENCE_MS, () =>
    desk.ofSteps(steps, requesterEmail, { independent }).catch(noneIfExpected),
  );
  return facts === undefined ? undefined : presentIn(facts, steps);
}

/** A user who is gone or a platform that does not answer is told of at the decision. */
function noneIfExpected(error: unknown): undefined {
  if (error instanceof ChatopsError) return undefined;
  throw error;
}
