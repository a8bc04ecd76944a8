import type { KnownBlock } from '@slack/types';
import { MESSAGE_BUDGET, sizeOf } from './blocks.ts';

/** Things of a list, each as the blocks that belong together. */
export type Rows = readonly (readonly KnownBlock[])[];

export interface FirstRows {
  /** How many there are, of which `rows` may be the first. */
  readonly total: number;
  readonly rows: Rows;
}

/** What rows may take. */
export interface Room {
  readonly blocks: number;
  /** As `sizeOf` counts them. */
  readonly bytes: number;
}

/** Blocks of a message (docs.slack.dev: reference/block-kit/blocks). */
const MOST_BLOCKS = 50;
/** The line that counts what there is no room for. */
const REST = 1;

/** What a message has left beside these blocks, and beside a line that counts the rest. */
export const roomBeside = (blocks: readonly KnownBlock[]): Room => ({
  blocks: MOST_BLOCKS - REST - blocks.length,
  bytes: MESSAGE_BUDGET - sizeOf(blocks),
});

/** As many of the first rows as there is room for, each of them whole. */
export function rowsWithin(rows: Rows, room: Room): Rows {
  const shown: (readonly KnownBlock[])[] = [];
  const taken: KnownBlock[] = [];
  for (const row of rows) {
    taken.push(...row);
    if (taken.length > room.blocks || sizeOf(taken) > room.bytes) break;
    shown.push(row);
  }
  return shown;
}
