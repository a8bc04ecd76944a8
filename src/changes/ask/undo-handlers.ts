import type { ModalView } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { isSeveral, isUndoable } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { presentIn } from '../confirm/present-facts.ts';
import { refusedText } from '../confirm/refused-text.ts';
import { deciders } from '../decide/decision-parts.ts';
import {
  type ChangesHandlerParts,
  hasDecider,
  isAdministrator,
  refreshPressedCard,
  showAsked,
} from '../handler-parts.ts';
import { undoingSteps } from '../steps/steps-of.ts';

const TITLE = 'Undo';

/** `Undo` of an applied change: a change of its own, checked like any other. */
export function registerUndo(parts: ChangesHandlerParts): void {
  parts.dispatcher.modalAction(ids.undo, deciders(parts), TITLE, (interaction) => undo(parts, interaction));
}

async function undo(parts: ChangesHandlerParts, interaction: Interaction<ActionArrival>): Promise<ModalView> {
  const change = await parts.service.find(interaction.value);
  if (change === undefined || !isUndoable(change, parts.now())) {
    interaction.log.warn({ change: interaction.value, state: change?.state }, 'undo refused');
    await refreshPressedCard(parts, interaction);
    return notice(TITLE, [section('This can no longer be undone. Undo works once, for ten minutes.')]);
  }
  const { actor } = interaction;
  const steps = undoingSteps(change.steps);
  if (parts.service.needsApproval(true) && !(await hasDecider(parts, actor, steps)))
    return notice(TITLE, [section(NOBODY_ELSE)]);
  const independent = isSeveral(change) && steps.length > 1;
  const facts = await parts.desk.ofSteps(steps, actor.email ?? null, { workspaces: false, independent });
  const hindrance = facts.needsSwap
    ? 'Every seat is taken by now.'
    : facts.refusal && refusedText(facts.refusal);
  if (hindrance !== undefined) return notice(TITLE, [section(`Nothing was undone. ${hindrance} :no_entry:`)]);
  const asked = await parts.service.ask({
    // One undo for each change, however often it is pressed.
    id: `${change.id}-U`,
    steps,
    independent,
    reason: `Undo of change ${change.id}`,
    seatsShown: presentIn(facts, steps).seats,
    parentId: change.id,
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  return showAsked(parts, interaction, TITLE, asked);
}

const NOBODY_ELSE =
  'Nothing was undone. Another administrator would have to approve it, and there is none at the moment. :no_entry:';
