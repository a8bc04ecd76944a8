import type { Change } from '../changes/change.ts';
import { type ConfirmFacts, FREES_NO_SEAT } from '../changes/confirm/confirmation.ts';
import { refusedPlain } from '../changes/confirm/refused-text.ts';
import { swapFactsOf } from '../changes/confirm/swap-facts.ts';
import { decidingFacts } from '../changes/decide/deciding-facts.ts';
import type { Step } from '../changes/steps/step.ts';
import { stepsConcern, turnsOf } from '../changes/steps/steps-of.ts';
import { takenText } from '../license/license-views.ts';
import type { CommandParts } from './command.ts';
import { effectLines, idleLongest, refused } from './effect.ts';
import { printable } from './plain.ts';
import { resolveOne } from './resolve-who.ts';
import { refuseWithoutSecond } from './second-administrator.ts';

/** What an approval would do. */
export interface ApprovalPlan {
  /** In lines for people. */
  readonly effect: readonly string[];
  readonly facts: ConfirmFacts;
  /** The steps with somebody who leaves in exchange. */
  readonly swap?: readonly Step[];
}

/** Reads what approving `change` would do, with the user who is to leave in exchange, as typed. @throws CommandError where it cannot be. */
export async function approvalPlan(
  parts: CommandParts,
  change: Change,
  exchange: string | undefined,
): Promise<ApprovalPlan> {
  if (exchange !== undefined) return swapPlan(parts, change, exchange);
  const { core } = await parts.office();
  const facts = await decidingFacts(core.desk, change);
  if (facts.refusal !== undefined) throw refused(refusedPlain(facts.refusal));
  if (facts.needsSwap) throw refused(nameSomebody(change, facts));
  const leftOut = (facts.leftOut ?? []).map((refusal) => `  Left out: ${printable(refusedPlain(refusal))}`);
  const concernsUsers = turnsOf(change.steps).length > 0 || stepsConcern(change.steps, 'takes');
  return { facts, effect: concernsUsers ? [...effectLines(facts), ...leftOut] : [] };
}

const isSingle = ({ steps }: Change): boolean => steps.length === 1 && stepsConcern(steps, 'takes');

function nameSomebody({ id }: Change, { before, candidates }: ConfirmFacts): string {
  const full =
    before.kind === 'limited' ? `The license is full: ${takenText(before.taken, before.seats)}.` : '';
  if (candidates.length === 0) return `${full} Nobody who holds a seat may be deactivated from here.`;
  return `${full} Say who leaves in exchange: wallaroo-chatops approve ${id} --exchange <who>\n${idleLongest(candidates)}`;
}

async function swapPlan(parts: CommandParts, change: Change, typed: string): Promise<ApprovalPlan> {
  if (!isSingle(change))
    throw refused('Nobody leaves in exchange for this request: it does not let one user in.');
  const { core } = await parts.office();
  const leaves = await resolveOne(core.users, typed);
  const { facts, steps: swap } = await swapFactsOf(core.desk, change, leaves.id);
  if (facts.refusal !== undefined)
    throw refused(`This exchange is not possible. ${refusedPlain(facts.refusal)}`);
  if (facts.needsSwap) throw refused(FREES_NO_SEAT.sentence);
  if (core.changes.needsApproval(true)) await refuseWithoutSecond(parts, change, swap);
  return { facts, effect: effectLines(facts), swap };
}
