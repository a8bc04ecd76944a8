import type { ConfirmFacts, ConfirmRefusal } from './confirmation.ts';
import { type MembershipFact, shownMembership } from './memberships.ts';

/** The facts of a change with what it does to memberships. */
export function withMemberships(facts: ConfirmFacts, memberships: readonly MembershipFact[]): ConfirmFacts {
  if (memberships.length === 0) return facts;
  return {
    ...facts,
    memberships,
    refusal: facts.refusal ?? membershipRefusal(memberships, facts.subjects.length === 0),
    shown: { ...facts.shown, memberships: memberships.flatMap(shownMembership) },
  };
}

/** The first reason that keeps them from being; `alone`: the change does nothing else. */
function membershipRefusal(
  memberships: readonly MembershipFact[],
  alone: boolean,
): ConfirmRefusal | undefined {
  const hindered = memberships.find(({ refusal }) => refusal !== undefined);
  if (hindered?.refusal !== undefined) return { label: hindered.step.label, sentence: hindered.refusal };
  const [first] = memberships;
  return alone && first !== undefined && memberships.every(({ isSo }) => isSo)
    ? { label: first.step.label, sentence: 'It is like this already: there is nothing to do.' }
    : undefined;
}
