import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { slackErrorOf } from './boundary.ts';
import type { AlterBlocks } from './interaction.ts';

/** Slack's words for a form that is closed, or that shows something else by now. */
const GONE = ['not_found', 'hash_conflict'];

/**
 * Draws the form that was pressed in again, with other blocks around its inputs: what people filled in stays, as Slack keeps
 * it by block and action id. One that was sent, closed or drawn again meanwhile is left alone.
 */
export async function redrawForm(client: WebClient, drawn: ViewOutput, alter: AlterBlocks): Promise<void> {
  const { callback_id, private_metadata, title, submit, close, blocks, hash } = drawn;
  const view = { type: 'modal', callback_id, private_metadata, title, blocks: alter(blocks as KnownBlock[]) };
  const buttons = { ...(submit === null ? {} : { submit }), ...(close === null ? {} : { close }) };
  try {
    await client.views.update({ view_id: drawn.id, hash, view: { ...view, ...buttons } as ModalView });
  } catch (error) {
    if (!GONE.includes(slackErrorOf(error) ?? '')) throw error;
  }
}
