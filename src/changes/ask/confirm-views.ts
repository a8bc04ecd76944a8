import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';

/** A request that nobody could decide is not sent. */
export const NO_APPROVER: readonly KnownBlock[] = [section(`${NOBODY_COULD_DECIDE} :no_entry:`)];

/** Who confirms was an administrator when the form was opened, and is none any more. */
export const NOW_A_REQUEST =
  "This now needs somebody else's approval. Nothing was changed: please say why you want it.";
