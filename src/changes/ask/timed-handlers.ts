import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { dateTime } from '../../slack/mrkdwn.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { ids } from '../changes-ids.ts';
import { plannedEnd, whyEndStays } from '../coming-end.ts';
import { type ChangesHandlerParts, refreshPressedCard, showAsked } from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { ENDING, PASSED } from '../steps/end-outcome.ts';
import { extendStep, NOTHING_TO_EXTEND } from '../steps/extend-activation.ts';
import { labelOf, turnsOf } from '../steps/steps-of.ts';
import { type ExtendData, extendSchema, newEnd, noLaterText } from './extend-form.ts';
import { extendView, EXTEND_TITLE as TITLE } from './extend-views.ts';
import { needsAnother, stayingOf } from './staying-facts.ts';
import { typedAt } from './typed-at.ts';

export interface Timed {
  /** Opens the form for the timed activation whose end the value names. */
  readonly openExtend: (arrival: ActionArrival) => Promise<void>;
}

/** `Extend` on the notice that a timed activation ends, and wherever its end is told. */
export function registerTimed(parts: ChangesHandlerParts): Timed {
  const { dispatcher } = parts;

  const draw = (interaction: Interaction<ActionArrival>) => drawExtend(parts, interaction, interaction.value);
  dispatcher.modalAction(ids.extend, 'member', TITLE, draw);

  dispatcher.form(
    {
      callbackId: ids.extendForm,
      needs: 'member',
      title: TITLE,
      data: extendSchema,
      check: (values, data) => {
        const end = newEnd(values, data, parts.now());
        return end.ok ? undefined : { [end.block]: end.problem };
      },
    },
    (interaction) => extend(parts, interaction),
  );

  return {
    openExtend: (arrival) => dispatcher.openModal(arrival, 'member', TITLE, draw),
  };
}

/** The form that asks for more time for the timed activation that this change ends. @throws RefusedError when it has ended. */
export async function drawExtend(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  changeId: string,
): Promise<ModalView> {
  const { dispatcher, service } = parts;
  const timed = await service.find(changeId);
  const stays = timed === undefined ? 'unknown' : whyEndStays(timed);
  if (timed === undefined || stays !== undefined) {
    await refreshPressedCard(parts, interaction);
    throw new RefusedError(stays === 'ending' ? ENDING : NOTHING_TO_EXTEND.sentence);
  }
  const asRequest = await needsAnother(parts, interaction, timed);
  if (asRequest && !(await hasApprover(parts, interaction.actor.userId, stayingOf(timed))))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const { now, timeZone } = typedAt(parts, interaction);
  const data: ExtendData = {
    changeId: timed.id,
    newId: parts.newId(),
    drawnAtMs: now.getTime(),
    timeZone,
    endsAtMs: plannedEnd(timed)?.getTime(),
  };
  return extendView(timed, asRequest, dispatcher.remember(interaction, data));
}

async function extend(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<ExtendData>,
): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const timed = await parts.service.find(data.changeId);
  const stays = timed === undefined ? 'unknown' : whyEndStays(timed);
  const before = timed && plannedEnd(timed);
  if (timed === undefined || before === undefined || stays !== undefined)
    return notice(TITLE, [section(stays === 'ending' ? ENDING : NOTHING_TO_EXTEND.sentence)]);
  const end = newEnd(values, data, parts.now());
  if (!end.ok) return notice(TITLE, [section(end.problem)]);
  const until = end.until(before);
  if (until <= before) return notice(TITLE, [section(noLaterText(dateTime(before)))]);
  if (until <= parts.now()) return notice(TITLE, [section(PASSED)]);
  const asked = await parts.service.ask({
    id: data.newId,
    steps: [
      extendStep({
        changeId: timed.id,
        label: labelOf(timed.steps),
        userId: turnsOf(timed.steps)[0]?.userId,
        until,
        before,
      }),
    ],
    reason: '',
    seatsShown: { ...timed.seatsShown, after: timed.seatsShown.taken, seats: undefined },
    requester: { ...actor, administrator: !(await needsAnother(parts, interaction, timed)) },
  });
  return showAsked(parts, interaction, TITLE, asked);
}
