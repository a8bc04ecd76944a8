import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { unescaped } from '../texts/plain-text.ts';
import { slackErrorOf } from './boundary.ts';
import type { AlterBlocks } from './interaction.ts';

/** Slack's words for a form that is closed, or that shows something else by now. */
const GONE = ['not_found', 'hash_conflict'];

/**
 * Draws the form that was pressed in again, with other blocks around its inputs: what people filled in stays, as Slack keeps
 * it by block and action id. One that was sent, closed or drawn again meanwhile is left alone.
 */
export async function redrawForm(client: WebClient, drawn: ViewOutput, alter: AlterBlocks): Promise<void> {
  const { callback_id, private_metadata, title, submit, close, blocks, hash } = asSent(drawn);
  const view = { type: 'modal', callback_id, private_metadata, title, blocks: alter(blocks as KnownBlock[]) };
  const buttons = { ...(submit === null ? {} : { submit }), ...(close === null ? {} : { close }) };
  try {
    await client.views.update({ view_id: drawn.id, hash, view: { ...view, ...buttons } as ModalView });
  } catch (error) {
    if (!GONE.includes(slackErrorOf(error) ?? '')) throw error;
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
