import { section } from '../../slack/blocks.ts';
import { refusalText, refusedView } from '../announce/result-views.ts';
import { ids } from '../changes-ids.ts';
import { type ChangesHandlerParts, refreshPressedCard, showResult } from '../handler-parts.ts';
import { registerApproval } from './approve-handlers.ts';
import { denyView } from './decide-views.ts';
import {
  by,
  check,
  dataOf,
  decidable,
  deciders,
  decisionSchema,
  isFromList,
  TITLE,
} from './decision-parts.ts';
import { refreshList } from './request-list-handlers.ts';

/** `Approve`, `Deny`, `Withdraw` and `Try again`: who presses is checked at the press. */
export function registerDecisions(parts: ChangesHandlerParts): void {
  const { dispatcher, service } = parts;

  registerApproval(parts);
  dispatcher.modalAction(ids.deny, deciders(parts), TITLE.deny, async (interaction) => {
    const found = await decidable(parts, interaction, 'deny');
    if ('refused' in found) return found.refused;
    return denyView(found.change, dispatcher.remember(interaction, dataOf(interaction, 'deny')));
  });

  dispatcher.form(
    { callbackId: ids.denyForm, needs: 'member', title: TITLE.deny, data: decisionSchema, check },
    async (interaction) => {
      const reason = interaction.values[ids.reason] ?? '';
      const { changeId } = interaction.data;
      const decided = await service.decide(changeId, { type: 'deny', reason, ...by(interaction) });
      if (interaction.data.fromList) await refreshList(parts, interaction);
      if (!decided.ok)
        return refusedView(TITLE.deny, decided.reason, decided.change, interaction.actor.personKeys);
      return showResult(parts, interaction, TITLE.deny, decided.change);
    },
  );

  dispatcher.action(ids.cancel, 'member', async (interaction) => {
    const decided = await service.decide(interaction.value, {
      type: 'cancel',
      by: interaction.actor.userId,
      byKeys: interaction.actor.personKeys,
    });
    await refreshPressedCard(parts, interaction);
    if (isFromList(interaction)) await refreshList(parts, interaction);
    const text = decided.ok
      ? 'Your request is withdrawn. :wastebasket:'
      : `${refusalText(decided.reason, decided.change, interaction.actor.personKeys)} :no_entry:`;
    await interaction.reply.send({ text, blocks: [section(text)] });
  });
}
