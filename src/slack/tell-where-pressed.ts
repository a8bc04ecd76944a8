import type { WebClient } from '@slack/web-api';
import { type Report, reportBlocks, reportMessage } from './boundary.ts';
import type { Arrival } from './interaction.ts';
import { fillModal, openModal } from './modal.ts';
import { notice } from './modal-views.ts';

const NOT_DONE = 'Not done';

/** Tells a person what went wrong where they pressed: in the modal, beside the message, or over App Home; else by direct message. */
export async function tellWherePressed(client: WebClient, arrival: Arrival, told: Report): Promise<void> {
  const { log, reply, trigger, view } = arrival;
  const draw = async () => notice(NOT_DONE, reportBlocks(told));
  try {
    if (view?.type === 'modal') return await fillModal(client, log, view.id, NOT_DONE, draw);
    if (reply.target.responseUrl === undefined && trigger.isFresh)
      return await openModal(client, arrival, NOT_DONE, draw);
  } catch (error) {
    log.warn({ err: error }, 'could not show a refusal where somebody pressed: sending it as a message');
  }
  await reply.send(reportMessage(told));
}
