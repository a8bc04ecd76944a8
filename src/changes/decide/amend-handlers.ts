import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { section } from '../../slack/blocks.ts';
import { cutChoice } from '../../slack/choice-value.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, FormValues, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { refusedView } from '../announce/result-views.ts';
import type { Again } from '../ask/confirm-form-handlers.ts';
import { typedAt } from '../ask/typed-at.ts';
import { type Change, emailToGuard } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { withChosenHeirs } from '../confirm/hand-over-facts.ts';
import { asksForHeirs } from '../confirm/hand-over-form.ts';
import { readLeaver } from '../confirm/leaver-facts.ts';
import { type ChangesHandlerParts, showResult } from '../handler-parts.ts';
import { markOf } from '../shown/amended.ts';
import { stepsConcern } from '../steps/steps-of.ts';
import { AMEND_TITLE, amendExtensionView, amendedView, amendView } from './amend-views.ts';
import { endingInstead, extensionIn, extensionInstead, lastingChosen } from './amendment.ts';
import { approveAltered } from './approve-altered-service.ts';
import { alteredReason, reasonsText } from './decide-views.ts';
import { check, decidable, isFromList, isStale, presentFacts, withLeaver } from './decision-parts.ts';
import { withPresentEnd } from './present-end-facts.ts';
import { refreshList } from './request-list-handlers.ts';
import { menuChoices } from './request-views.ts';
import { registerViewing, viewRequest } from './view-handlers.ts';

const amendSchema = z.object({
  changeId: z.string(),
  /** Its mark as the form shows it; a form of a version that knew none has none. */
  seen: z.string().optional(),
  event: z.literal('approve'),
  needsSwap: z.boolean(),
  fromList: z.boolean(),
  /** When it was drawn, and in which zone a date is meant. */
  drawnAtMs: z.number(),
  timeZone: z.string(),
});
type AmendData = z.infer<typeof amendSchema>;

/** A request's menu: `Approve with changes…` and `View`. */
export function registerAmending(parts: ChangesHandlerParts): void {
  const { dispatcher } = parts;
  dispatcher.rawAction(ids.requestMenu, async (arrival) => {
    const [choice, changeId] = cutChoice(arrival.value);
    if (choice !== menuChoices.view)
      return dispatcher.openModal(
        { ...arrival, value: changeId },
        'administrator',
        AMEND_TITLE,
        (interaction) => draw(parts, interaction),
      );
    const interaction = await dispatcher.admit(arrival, 'member');
    await viewRequest(parts, interaction, changeId);
  });
  registerViewing(parts);
  dispatcher.form(
    {
      callbackId: ids.amendForm,
      needs: 'administrator',
      title: AMEND_TITLE,
      data: amendSchema,
      check: (values, data) => checkAmended(values, data, parts.now()),
    },
    (interaction) => submit(parts, interaction),
  );
}

async function draw(parts: ChangesHandlerParts, interaction: Interaction<ActionArrival>): Promise<ModalView> {
  const found = await decidable(parts, interaction, 'approve');
  return 'refused' in found
    ? found.refused
    : drawAmending(parts, interaction, found.change, { fromList: isFromList(interaction) });
}

async function drawAmending(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  change: Change,
  { fromList, ...again }: Again & { readonly fromList: boolean },
): Promise<ModalView> {
  const needsSecond = parts.service.needsApproval(true);
  if (extensionIn(change) !== undefined) {
    const data = dataOf(parts, interaction, change, { fromList, needsSwap: false });
    return amendExtensionView({
      change: await withPresentEnd(parts, change),
      banner: again.banner,
      needsSecond,
      metadata: parts.dispatcher.remember(interaction, data),
    });
  }
  const facts = await presentFacts(parts, change);
  const takesOneSeat = change.steps.length === 1 && stepsConcern(change.steps, 'takes');
  const candidates =
    facts.needsSwap || !takesOneSeat ? facts.candidates : await parts.desk.candidates(emailToGuard(change));
  const data = dataOf(parts, interaction, change, { fromList, needsSwap: facts.needsSwap });
  const leaver = await readLeaver(parts.desk, again.filled ?? {}, emailToGuard(change));
  return amendView({
    change,
    ...again,
    facts: { ...facts, candidates, leaver },
    needsSecond,
    metadata: parts.dispatcher.remember(interaction, data),
  });
}

function dataOf(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  change: Change,
  known: Pick<AmendData, 'fromList' | 'needsSwap'>,
): AmendData {
  const { now, timeZone } = typedAt(parts, interaction);
  const shown = { changeId: change.id, seen: markOf(change) };
  return { ...shown, event: 'approve', ...known, drawnAtMs: now.getTime(), timeZone };
}

const drawnAt = ({ drawnAtMs, timeZone }: AmendData) => ({ now: new Date(drawnAtMs), timeZone });

/** What is wrong with what was chosen, by the blocks of the form. */
function checkAmended(values: FormValues, data: AmendData, now: Date) {
  const ending = endingInstead(values, drawnAt(data), now);
  return ending?.ok === false ? { [ending.block]: ending.problem } : check(values, data);
}

/** Approves what was altered; with four eyes another administrator approves it. */
async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<AmendData>,
): Promise<ModalView> {
  const { data, values } = interaction;
  const change = await parts.service.find(data.changeId);
  if (change === undefined) return refusedView(AMEND_TITLE, 'unknown', undefined, []);
  const { fromList, seen } = data;
  const altered = (present: Change) =>
    drawAmending(parts, interaction, present, { fromList, banner: reasonsText([alteredReason(present)]) });
  if (await isStale(parts, interaction, change, seen)) return altered(change);
  const now = parts.now();
  const ending = endingInstead(values, drawnAt(data), now);
  // Its moment has passed since the form was checked.
  if (ending?.ok === false) return notice(AMEND_TITLE, [section(ending.problem)]);
  const extension = extensionInstead(await withPresentEnd(parts, change), ending);
  if (extension !== undefined && 'problem' in extension)
    return notice(AMEND_TITLE, [section(extension.problem)]);
  const leaver = values[ids.leaver];
  const swap = leaver === undefined ? undefined : await withLeaver(parts, change, leaver);
  if (swap !== undefined && 'refusal' in swap) return notice(AMEND_TITLE, [section(swap.refusal)]);
  const untouched = swap?.steps ?? extension?.steps ?? change.steps;
  const settled = await withChosenHeirs(parts.wallaroo, values, untouched);
  if (!settled.ok)
    return drawAmending(parts, interaction, change, {
      fromList,
      banner: settled.banner,
      filled: values,
    });
  const isChosen = swap !== undefined || extension !== undefined || asksForHeirs(values);
  const lasting = lastingChosen(change, ending, now);
  const decided = await approveAltered(parts, interaction, change, {
    seen,
    swap: isChosen ? settled.steps : undefined,
    lasting,
  });
  if (fromList) await refreshList(parts, interaction);
  if (!decided.ok && decided.reason === 'altered' && decided.change !== undefined)
    return altered(decided.change);
  if (!decided.ok)
    return refusedView(AMEND_TITLE, decided.reason, decided.change, interaction.actor.personKeys);
  return decided.change.state === 'pending'
    ? amendedView(decided.change, parts.approvalsChannel)
    : showResult(parts, interaction, AMEND_TITLE, decided.change);
}
