import type { Interaction } from '../../slack/interaction.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import type { Change } from '../change.ts';
import type { Lasting } from '../change-event.ts';
import type { Decided } from '../change-service.ts';
import { presentIn } from '../confirm/present-facts.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import type { Step } from '../steps/step.ts';
import { by, presentFacts } from './decision-parts.ts';

/** What an administrator chose otherwise than it was asked for. */
interface Altered {
  /** The mark of the request as it was shown to them. */
  readonly seen: string | undefined;
  readonly swap: readonly Step[] | undefined;
  readonly lasting?: Lasting | undefined;
}

/**
 * Approves a request as it was altered; with four eyes it stays pending, and another administrator approves it. Where there is
 * none, nothing is stored: neither who asked nor who altered it could decide it any more.
 */
export async function approveAltered(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  change: Change,
  { seen, swap, lasting }: Altered,
): Promise<Decided> {
  const steps = swap ?? change.steps;
  const needsSecond = parts.service.needsApproval(true) && (swap !== undefined || lasting !== undefined);
  if (!needsSecond)
    return parts.service.decide(change.id, { type: 'approve', seen, ...by(interaction), swap, lasting });
  const facts = await presentFacts(parts, { ...change, steps });
  const { shown, seats } = presentIn(facts, steps);
  const event = { type: 'amend', seen, ...by(interaction), steps, lasting, shown, seats } as const;
  const judged = await parts.service.judge(change, event);
  if (judged.ok && !(await hasApprover(parts, interaction.actor.userId, { steps }, change.requesterKeys))) {
    interaction.log.warn({ change: change.id, event: event.type, reason: 'no_second' }, 'decision refused');
    return { ok: false, reason: 'no_second', change };
  }
  return parts.service.decide(change.id, event);
}
