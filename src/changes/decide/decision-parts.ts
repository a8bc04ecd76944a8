import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { RefusedError } from '../../errors.ts';
import type { ActionArrival, FormValues, Interaction } from '../../slack/interaction.ts';
import { CHOOSE_LEAVER } from '../../texts/said-often.ts';
import { OWNERS_DECIDE, refusedView } from '../announce/result-views.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import type { ConfirmFacts } from '../confirm/confirmation.ts';
import { refusedText } from '../confirm/refused-text.ts';
import { swapFactsOf } from '../confirm/swap-facts.ts';
import { type ChangesHandlerParts, isAdministrator, refreshPressedCard } from '../handler-parts.ts';
import { isAlteredSince, markOf, readShownValue } from '../shown/amended.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import type { Step } from '../steps/step.ts';
import { insertCard } from '../store/card-store.ts';
import { decidingFacts } from './deciding-facts.ts';
import { refreshList } from './request-list-handlers.ts';
import { FROM_LIST } from './request-list-views.ts';

/** What the form of a decision remembers until it is submitted. */
export const decisionSchema = z.object({
  changeId: z.string(),
  /** Its mark as the form shows it; a form of a version that knew none has none. */
  seen: z.string().optional(),
  /** `approve`, or `try_again` of one that failed. */
  event: z.enum(['approve', 'try_again', 'deny']),
  needsSwap: z.boolean(),
  fromList: z.boolean(),
});
export type DecisionData = z.infer<typeof decisionSchema>;

export const TITLE = { approve: 'Approve request', try_again: 'Try again', deny: 'Deny request' } as const;

export const by = (interaction: Interaction) => ({
  by: interaction.actor.userId,
  byKeys: interaction.actor.personKeys,
  administrator: isAdministrator(interaction),
});

/** Administrators, and owners of all the workspaces that the pressed change is about. */
export const deciders =
  (parts: ChangesHandlerParts) =>
  async ({ actor, value }: Interaction<ActionArrival>): Promise<boolean> => {
    const { service } = parts;
    const change = await service.find(readShownValue(value).changeId);
    if (change === undefined || onlyMemberships(change.steps).length === 0) return false;
    if (await service.decides({ ...actor, administrator: false }, change.steps)) return true;
    if (change.shown?.deciders?.includes(actor.userId)) await callAdministrators(parts, change);
    throw new RefusedError(OWNERS_DECIDE);
  };

/** Who was asked as an owner is none any more: the request goes to the administrators, too, who have no card of it. */
async function callAdministrators({ db, kick }: ChangesHandlerParts, { id, state }: Change): Promise<void> {
  if (state !== 'pending') return;
  await insertCard(db, id, { place: 'approvals', destination: '' });
  kick();
}

export const isFromList = ({ actionId }: ActionArrival): boolean => actionId.endsWith(`/${FROM_LIST}`);

export const dataOf = (
  interaction: Interaction<ActionArrival>,
  event: DecisionData['event'],
  { needsSwap }: Pick<ConfirmFacts, 'needsSwap'> = { needsSwap: false },
): DecisionData => ({
  changeId: readShownValue(interaction.value).changeId,
  event,
  needsSwap,
  fromList: isFromList(interaction),
});

/** How it stands now with what a change would do. @throws RefusedError when a user is gone. */
export const presentFacts = ({ desk }: ChangesHandlerParts, change: Change): Promise<ConfirmFacts> =>
  decidingFacts(desk, change);

/** The steps of the change with somebody who leaves in exchange, checked against the present facts. */
export async function withLeaver(
  { desk }: ChangesHandlerParts,
  change: Change,
  leaver: string,
): Promise<{ readonly steps: readonly Step[] } | { readonly refusal: string }> {
  const { facts, steps } = await swapFactsOf(desk, change, leaver, { workspaces: false });
  if (facts.refusal !== undefined)
    return { refusal: `This exchange is not possible. ${refusedText(facts.refusal)} :no_entry:` };
  return { steps };
}

/** The change as it stands if this event may happen to it now; else why not, and the pressed card is drawn again. */
export async function decidable(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  type: DecisionData['event'],
): Promise<{ readonly change: Change } | { readonly refused: ModalView }> {
  const { changeId } = readShownValue(interaction.value);
  const change = await parts.service.find(changeId);
  // Of what was altered since, the form is to show how it stands now.
  const decision = change && (await parts.service.judge(change, eventOf(interaction, type, markOf(change))));
  if (change !== undefined && decision?.ok === true) return { change };
  const reason = decision?.ok === false ? decision.reason : 'unknown';
  interaction.log.warn({ change: changeId, event: type, reason }, 'decision refused');
  if (reason === 'expired') await parts.service.tellNews();
  await refreshPressedCard(parts, interaction);
  if (isFromList(interaction)) await refreshList(parts, interaction);
  const now = await parts.service.find(changeId);
  return { refused: refusedView(TITLE[type], reason, now, interaction.actor.personKeys) };
}

const eventOf = (interaction: Interaction, type: DecisionData['event'], seen: string | undefined) => ({
  type,
  seen,
  reason: '',
  ...by(interaction),
});

/** Whether who acts could approve `change` had nobody altered it since the form was drawn, which bears the mark `seen`. */
export async function isStale(
  { service }: ChangesHandlerParts,
  interaction: Interaction,
  change: Change,
  seen: string | undefined,
): Promise<boolean> {
  if (!isAlteredSince(change, seen)) return false;
  const judged = await service.judge(change, { type: 'approve', seen, ...by(interaction) });
  return !judged.ok && judged.reason === 'altered';
}

/** What is still to be said or chosen, by the blocks of the form. */
export function check(values: FormValues, { event, needsSwap }: Pick<DecisionData, 'event' | 'needsSwap'>) {
  if (event === 'deny' && values[ids.reason] === undefined)
    return { [ids.reasonBlock]: 'Please say why: the requester reads it.' };
  if (needsSwap && values[ids.leaver] === undefined) return { [ids.leaverBlock]: CHOOSE_LEAVER };
  return undefined;
}
