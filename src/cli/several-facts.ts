import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import { isOver, OVER_LIMIT } from '../changes/confirm/confirmation.ts';
import { orphansAmong } from '../changes/confirm/hand-over.ts';
import type { Turn } from '../changes/steps/step-kind.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import type { CommandParts } from './command.ts';

/** The present facts of several users at once; with who could leave, where the seats do not suffice for all. */
export async function severalFacts(parts: CommandParts, turns: readonly Turn[]): Promise<ConfirmFacts> {
  const { core } = await parts.office();
  const facts = await withOrphans(parts, await core.desk.ofSeveral(turns, undefined), turns);
  const { before, after } = facts;
  if (after.taken <= before.taken || !isOver(after)) return facts;
  if (isOver(before)) return { ...facts, refusal: OVER_LIMIT };
  const candidates = await core.desk.candidates(undefined);
  return { ...facts, refusal: undefined, needsSwap: true, candidates };
}

/** With the workspaces that are left without an active OWNER. */
export async function withOrphans(
  parts: CommandParts,
  facts: ConfirmFacts,
  turns: readonly Turn[],
): Promise<ConfirmFacts> {
  if (facts.orphans !== undefined || turns.every(({ enabled }) => enabled)) return facts;
  const { wallaroo } = await parts.office();
  const [workspaces, users, { userId: botUserId }] = await Promise.all([
    wallaroo.workspaces().catch(orIfDown([])),
    wallaroo.listUsers(),
    wallaroo.account(),
  ]);
  return { ...facts, orphans: orphansAmong(workspaces, users, turns, { settled: [], botUserId }) };
}
