import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Message } from './blocks.ts';
import type { Trigger } from './interaction.ts';
import { openModal } from './modal.ts';
import { notice } from './modal-views.ts';
import type { Reply } from './reply.ts';

const TITLE = 'Wallaroo';

/**
 * Answers a press in App Home over it, as there is no message to answer beside. A second answer, and one for which Slack
 * opens no modal, goes the way of `otherwise`: as a direct message.
 */
export function replyOverHome(client: WebClient, log: Logger, trigger: Trigger, otherwise: Reply): Reply {
  const send = async (message: Message): Promise<void> => {
    if (!trigger.isFresh) return otherwise.send(message);
    try {
      await openModal(client, { trigger, log }, TITLE, async () => notice(TITLE, message.blocks));
    } catch (error) {
      log.warn({ err: error }, 'could not show an answer over App Home: sending it as a message');
      await otherwise.send(message);
    }
  };
  return { target: otherwise.target, send, replace: send, redraw: async () => undefined };
}
