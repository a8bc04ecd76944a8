import { isKnown } from '../../access/person-keys.ts';
import type { Interaction } from '../../slack/interaction.ts';
import { readBeneficiaries } from '../beneficiary-facts.ts';
import { beneficiaryKeys, type Change, isRequestOf, whyOwnAccess } from '../change.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';
import { keepStep } from '../steps/keep-active.ts';
import { labelOf, turnsOf } from '../steps/steps-of.ts';

/** Whom a later end, or none, lets stay. */
export const stayingOf = ({ id, steps, notBefore }: Change) => ({
  steps: [
    keepStep({
      changeId: id,
      label: labelOf(steps),
      userId: turnsOf(steps)[0]?.userId,
      before: notBefore,
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
