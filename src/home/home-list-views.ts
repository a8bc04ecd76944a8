import type { KnownBlock } from '@slack/types';
import { context, section } from '../slack/blocks.ts';
import { type FirstRows, type Room, type Rows, rowsWithin } from '../slack/rows.ts';

/** At most, of the 100 blocks and 250 kB that Slack takes for a Home tab (docs.slack.dev: surfaces/app-home, views.publish). */
export const PENDING_ROOM = { blocks: 40, bytes: 60_000 };
export const IDLE_ROOM = { blocks: 15, bytes: 40_000 };
export const RECENT_ROOM = { blocks: 12, bytes: 40_000 };

/** Pending requests, or the sentence that there are none. */
export const pendingBlocks = ({ total, rows }: FirstRows, room: Room, none: string): readonly KnownBlock[] =>
  total === 0 ? [section(none)] : listed(rows, total, room, '`/wallaroo requests` lists the pending ones.');

/** As many of the rows as there is room for, the first being the most telling, and the rest counted. */
export function listed(rows: Rows, total: number, room: Room, whereAll?: string): readonly KnownBlock[] {
  const shown = rowsWithin(rows, room);
  const rest = total - shown.length;
  return rest > 0 && whereAll !== undefined
    ? [...shown.flat(), context(`… and ${rest} more: ${whereAll}`)]
    : shown.flat();
}
