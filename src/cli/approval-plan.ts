import { type Change, emailToGuard, isSeveral } from '../changes/change.ts';
import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import { refusedPlain } from '../changes/confirm/refused-text.ts';
import { kindOfStep, type Step } from '../changes/steps/step.ts';
import { stepsConcern, turnsOf } from '../changes/steps/steps-of.ts';
import { switchStep } from '../changes/steps/switch-user.ts';
import { takenText } from '../license/license-views.ts';
import { labelOf } from '../license/user-text.ts';
import type { CommandParts } from './command.ts';
import { effectLines, refused } from './effect.ts';
import { printable } from './plain.ts';
import { resolveOne } from './resolve-who.ts';

/** What an approval would do. */
export interface ApprovalPlan {
  /** In lines for people. */
  readonly effect: readonly string[];
  /** The steps with somebody who leaves in exchange. */
  readonly swap?: readonly Step[];
}

const MOST_NAMED = 5;

/** Reads what approving `change` would do, with the user who is to leave in exchange, as typed. @throws CommandError where it cannot be. */
export async function approvalPlan(
  parts: CommandParts,
  change: Change,
  exchange: string | undefined,
): Promise<ApprovalPlan> {
  if (exchange !== undefined) return exchangePlan(parts, change, exchange);
  const { core } = await parts.office();
  const facts = await core.desk.ofSteps(change.steps, emailToGuard(change), {
    independent: isSeveral(change),
  });
  if (facts.refusal !== undefined) throw refused(refusedPlain(facts.refusal));
  if (facts.needsSwap) throw refused(isSingle(change) ? nameSomebody(change, facts) : FREES_NONE);
  const leftOut = (facts.leftOut ?? []).map((refusal) => `  Left out: ${printable(refusedPlain(refusal))}`);
  const concernsUsers = turnsOf(change.steps).length > 0 || stepsConcern(change.steps, 'takes');
  return { effect: concernsUsers ? [...effectLines(facts, false), ...leftOut] : [] };
}

const FREES_NONE = 'Every seat is taken, and the user who leaves does not free one.';

const isSingle = ({ steps }: Change): boolean => steps.length === 1 && stepsConcern(steps, 'takes');

function nameSomebody({ id }: Change, { before, candidates }: ConfirmFacts): string {
  const full =
    before.kind === 'limited' ? `The license is full: ${takenText(before.taken, before.seats)}.` : '';
  if (candidates.length === 0) return `${full} Nobody who holds a seat may be deactivated from here.`;
  const named = candidates.slice(0, MOST_NAMED).map(labelOf).join(', ');
  return `${full} Say who leaves in exchange: wallaroo-chatops approve ${id} --exchange <who>\nIdle longest: ${named}`;
}

async function exchangePlan(parts: CommandParts, change: Change, typed: string): Promise<ApprovalPlan> {
  if (!isSingle(change))
    throw refused('Nobody leaves in exchange for this request: it does not let one user in.');
  const { core } = await parts.office();
  const leaves = await resolveOne(core.users, typed);
  const wanted = change.steps.map((step) => kindOfStep(step).unperformed(step));
  const swap = [switchStep({ userId: leaves.id, enabled: false, label: labelOf(leaves) }), ...wanted];
  const facts = await core.desk.ofSteps(swap, emailToGuard(change));
  if (facts.refusal !== undefined)
    throw refused(`This exchange is not possible. ${refusedPlain(facts.refusal)}`);
  if (facts.needsSwap) throw refused(FREES_NONE);
  return { effect: effectLines(facts, false), swap };
}
