import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import { isOver, OVER_LIMIT } from '../changes/confirm/confirmation.ts';
import type { Turn } from '../changes/steps/step-kind.ts';
import type { CommandParts } from './command.ts';

/** The present facts of several users at once; with who could leave, where the seats do not suffice for all. */
export async function severalFacts(parts: CommandParts, turns: readonly Turn[]): Promise<ConfirmFacts> {
  const { core } = await parts.office();
  const facts = await core.desk.ofSeveral(turns, undefined);
  const { before, after } = facts;
  if (after.taken <= before.taken || !isOver(after)) return facts;
  if (isOver(before)) return { ...facts, refusal: OVER_LIMIT };
  const candidates = await core.desk.candidates(undefined);
  return { ...facts, refusal: undefined, needsSwap: true, candidates };
}
