import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { ChatopsError } from '../errors.ts';
import { plain, section } from './blocks.ts';
import { report, reportBlocks, slackErrorOf } from './boundary.ts';

/** A modal without anything to submit. */
export function notice(title: string, blocks: readonly KnownBlock[]): ModalView {
  return { type: 'modal', title: plain(title, 24), close: plain('Close', 24), blocks: [...blocks] };
}

const loading = (title: string): ModalView => notice(title, [section('Loading…')]);

/** What a submitted modal shows until its work is done. */
export const working = (title: string, text: string): ModalView => notice(title, [section(text)]);

/** The modal could not be opened in the 3 seconds that a trigger lives. */
class TriggerExpiredError extends ChatopsError {
  constructor(cause: unknown) {
    super('views.open: trigger expired', {
      code: 'trigger_expired',
      userMessage: 'That took Slack too long. Please press or type it once more.',
      cause,
    });
  }
}

/**
 * Opens `Loading…` at once, as the trigger lives for 3 seconds, and fills it with what `draw` comes to:
 * on every path, failures included.
 */
export async function openModal(
  client: WebClient,
  { triggerId, log }: { readonly triggerId: string | undefined; readonly log: Logger },
  title: string,
  draw: () => Promise<ModalView>,
): Promise<void> {
  const opened = await open(client, triggerId, loading(title));
  await fillModal(client, log, opened, title, draw);
}

/** The same in the modal that was pressed in, which stays where it is. */
export async function reuseModal(
  client: WebClient,
  log: Logger,
  viewId: string,
  title: string,
  draw: () => Promise<ModalView>,
): Promise<void> {
  await update(client, log, viewId, loading(title));
  await fillModal(client, log, viewId, title, draw);
}

/** Fills the open modal `viewId` with what `draw` comes to; with the report if it fails. */
export async function fillModal(
  client: WebClient,
  log: Logger,
  viewId: string,
  title: string,
  draw: () => Promise<ModalView>,
): Promise<void> {
  const view = await draw().catch((error: unknown) => notice(title, reportBlocks(report(error, log))));
  await update(client, log, viewId, view);
}

async function update(client: WebClient, log: Logger, viewId: string, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    // Closed by the person meanwhile: there is nobody left to show it to.
    if (slackErrorOf(error) !== 'not_found') throw error;
    log.debug({ viewId }, 'modal was closed before it was filled');
  }
}

async function open(client: WebClient, triggerId: string | undefined, view: ModalView): Promise<string> {
  try {
    const opened = await client.views.open({ trigger_id: triggerId ?? '', view });
    if (opened.view?.id !== undefined) return opened.view.id;
    throw new Error('views.open answered without a view');
  } catch (error) {
    const expired = ['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged'];
    if (expired.includes(slackErrorOf(error) ?? '')) throw new TriggerExpiredError(error);
    throw error;
  }
}
