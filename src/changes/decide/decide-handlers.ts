import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, FormValues, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { refusalText, refusedView } from '../announce/result-views.ts';
import { stepsOf } from '../ask/ask-handlers.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { type ConfirmFacts, kindOfTurns } from '../confirm/confirm-facts.ts';
import { confirmView } from '../confirm/confirm-views.ts';
import {
  type ChangesHandlerParts,
  isAdministrator,
  refreshPressedCard,
  showResult,
} from '../handler-parts.ts';
import type { Turn } from '../steps/step-kind.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { type ChangeEvent, decide, type Exchange } from '../transition.ts';
import { approvePlainView, denyView } from './decide-views.ts';
import { refreshList } from './request-list-handlers.ts';
import { FROM_LIST } from './request-list-views.ts';

const decisionSchema = z.object({
  changeId: z.string(),
  /** `approve`, or `try_again` of one that failed. */
  event: z.enum(['approve', 'try_again', 'deny']),
  needsExchange: z.boolean(),
  fromList: z.boolean(),
});
type DecisionData = z.infer<typeof decisionSchema>;

const TITLE = { approve: 'Approve request', try_again: 'Try again', deny: 'Deny request' } as const;

/** `Approve`, `Deny`, `Cancel` and `Try again`: who presses is checked at the press. */
export function registerDecisions(parts: ChangesHandlerParts): void {
  const { dispatcher, service } = parts;

  dispatcher.modalAction(ids.approve, 'administrator', TITLE.approve, (interaction) =>
    drawDecision(parts, interaction, 'approve'),
  );
  dispatcher.modalAction(ids.tryAgain, 'administrator', TITLE.try_again, (interaction) =>
    tryAgain(parts, interaction),
  );
  dispatcher.modalAction(ids.deny, 'administrator', TITLE.deny, async (interaction) => {
    const found = await decidable(parts, interaction, { type: 'deny', reason: '', ...by(interaction) });
    if ('refused' in found) return found.refused;
    return denyView(found.change, dispatcher.remember(interaction, dataOf(interaction, 'deny', false)));
  });

  dispatcher.form(
    {
      callbackId: ids.approveForm,
      needs: 'administrator',
      title: TITLE.approve,
      data: decisionSchema,
      check,
    },
    (interaction) => carryOut(parts, interaction),
  );
  dispatcher.form(
    { callbackId: ids.denyForm, needs: 'administrator', title: TITLE.deny, data: decisionSchema, check },
    async (interaction) => {
      const reason = interaction.values[ids.reason] ?? '';
      const { changeId } = interaction.data;
      const decided = await service.decide(changeId, { type: 'deny', reason, ...by(interaction) });
      if (interaction.data.fromList) await refreshList(parts, interaction);
      if (!decided.ok) return refusedView(TITLE.deny, decided.reason, decided.change);
      return showResult(parts, interaction, TITLE.deny, decided.change);
    },
  );

  dispatcher.action(ids.cancel, 'member', async (interaction) => {
    const decided = await service.decide(interaction.value, {
      type: 'cancel',
      by: interaction.actor.userId,
    });
    await refreshPressedCard(parts, interaction);
    if (isFromList(interaction)) await refreshList(parts, interaction);
    const text = decided.ok
      ? ':wastebasket: Your request is cancelled.'
      : `:no_entry: ${refusalText(decided.reason, decided.change)}`;
    await interaction.reply.send({ text, blocks: [section(text)] });
  });
}

const by = (interaction: Interaction) => ({
  by: interaction.actor.userId,
  administrator: isAdministrator(interaction),
});

const isFromList = ({ actionId }: ActionArrival): boolean => actionId.endsWith(`/${FROM_LIST}`);

const dataOf = (
  interaction: Interaction<ActionArrival>,
  event: DecisionData['event'],
  needsExchange: boolean,
): DecisionData => ({
  changeId: interaction.value,
  event,
  needsExchange,
  fromList: isFromList(interaction),
});

/** The change as it stands if `event` may happen to it now; else why not, and the pressed card is drawn anew. */
async function decidable(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  event: ChangeEvent & { readonly type: DecisionData['event'] },
): Promise<{ readonly change: Change } | { readonly refused: ModalView }> {
  const change = await parts.service.find(interaction.value);
  const decision = change === undefined ? undefined : decide(change, event, parts.now());
  if (change !== undefined && decision?.ok === true) return { change };
  const reason = decision?.ok === false ? decision.reason : 'unknown';
  interaction.log.warn({ change: interaction.value, event: event.type, reason }, 'decision refused');
  if (reason === 'expired') await parts.service.tellNews();
  await refreshPressedCard(parts, interaction);
  if (isFromList(interaction)) await refreshList(parts, interaction);
  const now = await parts.service.find(interaction.value);
  return { refused: refusedView(TITLE[event.type], reason, now) };
}

/** The same confirmation as for a direct change, with the present facts of the users by id. */
async function drawDecision(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  type: 'approve' | 'try_again',
): Promise<ModalView> {
  const found = await decidable(parts, interaction, { type, ...by(interaction) });
  if ('refused' in found) return found.refused;
  const { change } = found;
  const { dispatcher, desk, rules } = parts;
  const turns = turnsOf(change.steps);
  if (turns.length < change.steps.length)
    return approvePlainView(change, dispatcher.remember(interaction, dataOf(interaction, type, false)));
  const facts = await desk.gather(turns, change.requesterEmail);
  return confirmView({
    kind: kindOfTurns(turns),
    facts,
    rules,
    administrator: true,
    purpose: change,
    reason: '',
    ending: undefined,
    metadata: dispatcher.remember(interaction, dataOf(interaction, type, facts.needsExchange)),
  });
}

/** At once, but where every seat was taken: then the exchange is offered first. */
async function tryAgain(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<ModalView> {
  const failed = await parts.service.find(interaction.value);
  if (failed?.state === 'failed' && failed.kind === 'activate' && failed.failure?.code === 'license_full')
    return drawDecision(parts, interaction, 'try_again');
  const decided = await parts.service.decide(interaction.value, { type: 'try_again', ...by(interaction) });
  await refreshPressedCard(parts, interaction);
  if (!decided.ok) return refusedView(TITLE.try_again, decided.reason, decided.change);
  return showResult(parts, interaction, TITLE.try_again, decided.change);
}

function check(values: FormValues, { event, needsExchange }: DecisionData) {
  if (event === 'deny' && values[ids.reason] === undefined)
    return { [ids.reasonBlock]: 'Please say why: the requester reads it.' };
  if (needsExchange && values[ids.exchange] === undefined)
    return { [ids.exchangeBlock]: 'Please choose whom to deactivate in exchange.' };
  return undefined;
}

async function carryOut(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
): Promise<ModalView> {
  const { changeId, event, fromList } = interaction.data;
  if (event === 'deny') throw new RefusedError('This form is no longer valid. Please open it again.');
  const exchange = await exchangeOf(parts, interaction);
  if (exchange !== undefined && 'refusal' in exchange)
    return notice(TITLE[event], [section(exchange.refusal)]);
  const decided = await parts.service.decide(changeId, { type: event, ...by(interaction), exchange });
  if (fromList) await refreshList(parts, interaction);
  if (!decided.ok) return refusedView(TITLE[event], decided.reason, decided.change);
  return showResult(parts, interaction, TITLE[event], decided.change);
}

/** The exchange that was chosen, checked against the present facts. */
async function exchangeOf(
  { desk, service }: ChangesHandlerParts,
  { data, values }: FormInteraction<DecisionData>,
): Promise<Exchange | { readonly refusal: string } | undefined> {
  const leaves = data.needsExchange ? values[ids.exchange] : undefined;
  const change = leaves === undefined ? undefined : await service.find(data.changeId);
  if (leaves === undefined || change === undefined) return undefined;
  const wanted: readonly Turn[] = [{ userId: leaves, enabled: false }, ...turnsOf(change.steps)];
  const facts: ConfirmFacts = await desk.gather(wanted, change.requesterEmail, { workspaces: false });
  if (facts.refusal !== undefined)
    return { refusal: `:no_entry: This exchange is not possible. ${facts.refusal.sentence}` };
  return { steps: stepsOf(facts) };
}
