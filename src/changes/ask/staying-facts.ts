import { isKnown } from '../../access/person-keys.ts';
import type { Interaction } from '../../slack/interaction.ts';
import { readBeneficiaries } from '../beneficiary-facts.ts';
import { beneficiaryKeys, type Change, isRequestOf, whyOwnAccess } from '../change.ts';
import { plannedEnd } from '../coming-end.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';
import { keepStep } from '../steps/keep-active.ts';
import { labelOf, turnsOf } from '../steps/steps-of.ts';

/** Whom a later end, or none, lets stay. */
export const stayingOf = (timed: Change) => ({
  steps: [
    keepStep({
      changeId: timed.id,
      label: labelOf(timed.steps),
      userId: turnsOf(timed.steps)[0]?.userId,
      before: plannedEnd(timed),
    }),
  ],
});

/**
 * Whether somebody else has to approve that who acts stays longer: with four eyes always, else where another decided when
 * their own access ends.
 */
export async function needsAnother(
  { service, wallaroo }: ChangesHandlerParts,
  interaction: Interaction,
  timed: Change,
): Promise<boolean> {
  if (service.needsApproval(isAdministrator(interaction))) return true;
  const { personKeys } = interaction.actor;
  if (isRequestOf(timed, personKeys) && timed.decidedBy === timed.requesterId) return false;
  const staying = stayingOf(timed);
  const letIn = [...beneficiaryKeys(staying), ...(await readBeneficiaries(wallaroo, staying))];
  return whyOwnAccess(letIn, personKeys, !isKnown(personKeys)) !== undefined;
}
