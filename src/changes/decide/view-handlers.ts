import { RefusedError } from '../../errors.ts';
import { button, type Message } from '../../slack/blocks.ts';
import type { Interaction } from '../../slack/interaction.ts';
import { refusalText } from '../announce/result-views.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import { usersIn } from './request-views.ts';

/** `Previous` and `Next` of the users that `View` lists. */
export function registerViewing(parts: ChangesHandlerParts): void {
  parts.dispatcher.action(ids.requestUsers, 'member', async (interaction) => {
    const [changeId = '', page] = interaction.value.split(':');
    const change = await found(parts, changeId);
    await interaction.reply.replace(await usersOf(parts, interaction, change, Number(page) || 0));
  });
}

/** `View` of a request's menu: the card of the one user that it is about, or a list of several; for memberships their workspaces. */
export async function viewRequest(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  changeId: string,
): Promise<void> {
  const change = await found(parts, changeId);
  for (const workspaceId of new Set(onlyMemberships(change.steps).map((step) => step.workspaceId)))
    await parts.showWorkspace(interaction, workspaceId);
  const [first, ...more] = usersIn(change.steps);
  if (first === undefined) return;
  // One answer: in a modal a second would take the place of the first.
  if (more.length === 0) await interaction.reply.send(await parts.userCard(interaction, first));
  else await interaction.reply.send(await usersOf(parts, interaction, change, 0));
}

async function found({ service }: ChangesHandlerParts, changeId: string): Promise<Change> {
  const change = await service.find(changeId);
  if (change === undefined) throw new RefusedError(refusalText('unknown', undefined, []));
  return change;
}

const usersOf = (
  parts: ChangesHandlerParts,
  interaction: Interaction,
  change: Change,
  page: number,
): Promise<Message> =>
  parts.listUsers(interaction, usersIn(change.steps), {
    title: 'Users of this request',
    page,
    turn: (text, suffix, to) =>
      button({ text, actionId: `${ids.requestUsers}/${suffix}`, value: `${change.id}:${to}` }),
  });
