import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Message } from './blocks.ts';
import { fillModal } from './modal.ts';
import { notice } from './modal-views.ts';
import type { Reply } from './reply.ts';

/**
 * Answers a press in an answer that stands in a modal, as those of App Home do: there, in the place of what was pressed.
 * What Slack does not show there goes the way of `otherwise`.
 */
export function replyInModal(
  client: WebClient,
  log: Logger,
  { id, title }: { readonly id: string; readonly title: string },
  otherwise: Reply,
): Reply {
  const show = async (message: Message): Promise<void> => {
    try {
      await fillModal(client, log, id, title, async () => notice(title, message.blocks));
    } catch (error) {
      log.warn({ err: error }, 'could not show an answer in the modal: sending it as a message');
      await otherwise.send(message);
    }
  };
  // What answers the press takes the place of what was pressed on.
  return { target: otherwise.target, send: show, replace: show, redraw: async () => undefined };
}
