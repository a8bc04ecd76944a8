import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import { ids } from '../changes-ids.ts';
import type { Leaver } from './confirmation.ts';
import { type AskingForHeirs, handOverBlocks, isHandOverBlock } from './hand-over-views.ts';

/** What is known of who was chosen to leave in exchange, and who takes over what they own; none where nobody was. */
export const leaverFactBlocks = (
  leaver: Leaver | undefined,
  asking: AskingForHeirs,
): readonly KnownBlock[] =>
  leaver === undefined
    ? []
    : [{ ...section(leaver.text), block_id: ids.leaverFacts }, ...handOverBlocks(leaver.orphans, asking)];

/** The form with these blocks right below the choice of who leaves, in place of those about somebody else. */
export const withLeaver = (
  blocks: readonly KnownBlock[],
  facts: readonly KnownBlock[],
): readonly KnownBlock[] =>
  blocks
    .filter((block) => block.block_id !== ids.leaverFacts && !isHandOverBlock(block))
    .flatMap((block) => (block.block_id === ids.leaverBlock ? [block, ...facts] : [block]));
