import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { unescaped } from '../texts/plain-text.ts';
import { isAway, slackErrorOf } from './boundary.ts';
import type { AlterBlocks } from './interaction.ts';

/** Slack's words for a form that is closed, or that shows something else by now. */
const GONE = ['not_found', 'hash_conflict'];

/**
 * Draws the form that was pressed in again, with other blocks around its inputs: what people filled in stays, as Slack keeps
 * it by block and action id. One that was sent, closed or drawn again meanwhile is left alone, and so is it while Slack has
 * trouble: what is missing in it is asked for when it is sent.
 */
export async function redrawForm(
  client: WebClient,
  log: Logger,
  drawn: ViewOutput,
  alter: AlterBlocks,
): Promise<void> {
  const { callback_id, private_metadata, title, submit, close, blocks, hash } = asSent(drawn);
  const view = { type: 'modal', callback_id, private_metadata, title, blocks: alter(blocks as KnownBlock[]) };
  const buttons = { ...(submit === null ? {} : { submit }), ...(close === null ? {} : { close }) };
  try {
    await client.views.update({ view_id: drawn.id, hash, view: { ...view, ...buttons } as ModalView });
  } catch (error) {
    if (GONE.includes(slackErrorOf(error) ?? '')) return;
    if (!isAway(error)) throw error;
    log.warn({ err: error }, 'Slack did not draw a form again: it stays as it is');
  }
}

/** As we sent it: Slack hands plain text back escaped, which may be longer than it takes (slackapi/bolt-python#513). */
function asSent<T>(handed: T): T {
  if (Array.isArray(handed)) return handed.map(asSent) as T;
  if (typeof handed !== 'object' || handed === null) return handed;
  const fields = Object.entries(handed).map(([name, value]) => [name, asSent(value)]);
  const sent = Object.fromEntries(fields);
  return sent.type === 'plain_text' ? { ...sent, text: unescaped(String(sent.text)) } : sent;
}
