import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import { type EndBroughtBack, endsBroughtBack } from '../apply/ends-brought-back.ts';
import { type Change, isSeveral, isUndoable, undoIdOf } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { type ConfirmFacts, kindOfTurns } from '../confirm/confirmation.ts';
import { withChosenHeirs } from '../confirm/hand-over-facts.ts';
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
import { NO_SECOND } from '../no-approver-text.ts';
import { withHandOvers } from '../steps/hand-over.ts';
import type { Step } from '../steps/step.ts';
import { turnsOf, undoingSteps } from '../steps/steps-of.ts';
import type { Again } from './confirm-form-handlers.ts';
import { UNDO_TITLE as TITLE, undoView } from './undo-views.ts';

const undoSchema = z.object({ changeId: z.string() });
type UndoData = z.infer<typeof undoSchema>;

/**
 * `Undo` of an applied change: a change of its own, checked like any other. At one press, unless it leaves workspaces without
 * an active owner: then a form asks who takes over.
 */
export function registerUndo(parts: ChangesHandlerParts): void {
  parts.dispatcher.modalAction(ids.undo, deciders(parts), TITLE, (interaction) => undo(parts, interaction));
  parts.dispatcher.form(
    // Nobody but administrators deactivates anybody, and without that nothing is asked.
    { callbackId: ids.undoForm, needs: 'administrator', title: TITLE, data: undoSchema },
    (interaction) => submit(parts, interaction),
  );
}

interface Undoing {
  readonly change: Change;
  readonly steps: readonly Step[];
  readonly facts: ConfirmFacts;
  readonly ends: readonly EndBroughtBack[];
}

async function undo(parts: ChangesHandlerParts, interaction: Interaction<ActionArrival>): Promise<ModalView> {
  const found = await undoable(parts, interaction, interaction.value);
  if ('view' in found) {
    await refreshPressedCard(parts, interaction);
    return found.view;
  }
  if ((found.facts.orphans ?? []).length > 0) return draw(parts, interaction, found);
  return askToUndo(parts, interaction, found, withHandOvers(found.steps, []));
}

async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<UndoData>,
): Promise<ModalView> {
  const { data, values } = interaction;
  const found = await undoable(parts, interaction, data.changeId);
  if ('view' in found) return found.view;
  const settled = await withChosenHeirs(parts.wallaroo, values, found.steps);
  if (!settled.ok) return draw(parts, interaction, found, { banner: settled.banner, filled: values });
  return askToUndo(parts, interaction, found, settled.steps);
}

/** What undoes the change, and how it stands with that now; or why it cannot be undone. */
async function undoable(
  parts: ChangesHandlerParts,
  { actor, log }: Interaction,
  changeId: string,
): Promise<Undoing | { readonly view: ModalView }> {
  const change = await parts.service.find(changeId);
  if (change === undefined || !isUndoable(change, parts.now())) {
    log.warn({ change: changeId, state: change?.state }, 'undo refused');
    return {
      view: notice(TITLE, [
        section(
          'This can no longer be undone: Undo works once, for ten minutes. Make the opposite change instead.',
        ),
      ]),
    };
  }
  const steps = undoingSteps(change.steps);
  if (parts.service.needsApproval(true) && !(await hasDecider(parts, actor, steps)))
    return { view: notice(TITLE, [section(NOBODY_ELSE)]) };
  const independent = isIndependent(change, steps);
  const facts = await parts.desk.ofSteps(steps, actor.email ?? null, { independent });
  const ends = await endsBroughtBack(parts.db, { parentId: change.id, steps });
  const hindrance =
    overText(ends, parts.now(), independent ? turnsOf(steps).length : 1) ??
    (facts.needsSwap
      ? 'Every seat is taken by now. Deactivate somebody first.'
      : facts.refusal && refusedText(facts.refusal));
  return hindrance === undefined
    ? { change, steps, facts, ends }
    : { view: notice(TITLE, [section(`Nothing was undone. ${hindrance} :no_entry:`)]) };
}

/** That an access was to end by now, if so many were: who is brought back would be put out again at once. */
function overText(ends: readonly EndBroughtBack[], now: Date, most: number): string | undefined {
  const [first, ...more] = ends.filter(({ at }) => at <= now);
  if (first === undefined || 1 + more.length < most) return undefined;
  return `The access of ${code(first.label)} was to end ${dateTime(first.at)}, and that has passed. Activate the user to let them in.`;
}

/** When an undo brings nobody back any more; of several, each for themself, the last counts. */
function lapsesAt({ change, steps, ends }: Pick<Undoing, 'change' | 'steps' | 'ends'>): Date | undefined {
  const times = ends.map(({ at }) => at.getTime());
  if (!isIndependent(change, steps)) return times.length === 0 ? undefined : new Date(Math.min(...times));
  return times.length < turnsOf(steps).length ? undefined : new Date(Math.max(...times));
}

const isIndependent = (change: Change, steps: readonly Step[]): boolean =>
  isSeveral(change) && steps.length > 1;

function draw(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  { change, steps, facts }: Undoing,
  again: Again = {},
): ModalView {
  const data: UndoData = { changeId: change.id };
  return undoView(parts.service.needsApproval(isAdministrator(interaction)), {
    kind: kindOfTurns(turnsOf(steps)),
    facts,
    metadata: parts.dispatcher.remember(interaction, data),
    ...again,
  });
}

async function askToUndo(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  found: Undoing,
  steps: readonly Step[],
): Promise<ModalView> {
  const { change, steps: undoing, facts } = found;
  const asked = await parts.service.ask({
    id: undoIdOf(change),
    steps,
    independent: isIndependent(change, undoing),
    reason: `Undo of change ${change.id}`,
    seatsShown: presentIn(facts, steps).seats,
    lapsesAt: lapsesAt(found),
    parentId: change.id,
    requester: { ...interaction.actor, administrator: isAdministrator(interaction) },
  });
  return showAsked(parts, interaction, TITLE, asked);
}

const NOBODY_ELSE = `Nothing was undone. ${NO_SECOND} :no_entry:`;
