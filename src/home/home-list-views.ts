import type { KnownBlock } from '@slack/types';
import { context, section, sizeOf } from '../slack/blocks.ts';
import type { FirstRows, Rows } from './home-shown.ts';

/** What a list may take. */
export interface Room {
  readonly blocks: number;
  readonly bytes: number;
}

/** Of the 100 blocks and 250 kB that Slack takes for a Home tab (docs.slack.dev: surfaces/app-home, views.publish). */
const PENDING_ROOM = { blocks: 40, bytes: 60_000 };
export const IDLE_ROOM = { blocks: 15, bytes: 40_000 };
export const RECENT_ROOM = { blocks: 12, bytes: 40_000 };

/** Pending requests, or the sentence that there are none. */
export const pendingBlocks = ({ total, rows }: FirstRows, none: string): readonly KnownBlock[] =>
  total === 0
    ? [section(none)]
    : listed(rows, total, PENDING_ROOM, '`/wallaroo requests` lists the pending ones.');

/** As many of the rows as there is room for, the first being the most telling, and the rest counted. */
export function listed(rows: Rows, total: number, room: Room, whereAll?: string): readonly KnownBlock[] {
  const shown: KnownBlock[] = [];
  let used = 0;
  for (const row of rows) {
    if (shown.length + row.length > room.blocks || sizeOf([...shown, ...row]) > room.bytes) break;
    shown.push(...row);
    used += 1;
  }
  return used < total && whereAll !== undefined
    ? [...shown, context(`… and ${total - used} more: ${whereAll}`)]
    : shown;
}
