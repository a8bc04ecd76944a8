import type { Message } from '../../slack/blocks.ts';
import type { Subcommand } from '../../slack/command-router.ts';
import type { Interaction } from '../../slack/interaction.ts';
import { ids } from '../changes-ids.ts';
import { type ChangesHandlerParts, deciderOf } from '../handler-parts.ts';
import { requestsMessage } from './request-list-views.ts';
import { requestsReader } from './requests-service.ts';

/** `/wallaroo requests`. */
export function registerRequests(parts: ChangesHandlerParts): readonly Subcommand[] {
  parts.dispatcher.action(ids.requests, 'member', async (interaction) => {
    await interaction.reply.send(await requestsOf(parts, interaction));
  });
  return [
    {
      name: 'requests',
      usage: 'requests',
      about: 'shows the pending requests',
      needs: 'member',
      isAlone: true,
      answer: 'message',
      run: async (interaction) => interaction.reply.send(await requestsOf(parts, interaction)),
    },
  ];
}

async function requestsOf(parts: ChangesHandlerParts, interaction: Interaction): Promise<Message> {
  const { changes, viewer } = await requestsReader(parts)(deciderOf(interaction));
  return requestsMessage(changes, viewer);
}

/** Draws the list of requests again in the message that was pressed on; one that stood in a modal has made way for the answer. */
export async function refreshList(parts: ChangesHandlerParts, interaction: Interaction): Promise<void> {
  await interaction.reply.redraw(() => requestsOf(parts, interaction));
}
