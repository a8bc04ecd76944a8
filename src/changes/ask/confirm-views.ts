import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/blocks.ts';

/** A request that nobody could decide is not sent. */
export const NO_APPROVER: readonly KnownBlock[] = [
  section(
    'Nobody could decide this request: this bot has no other administrator at the moment. The people who run the bot can add one with the setting ADMINS. :no_entry:',
  ),
];

/** Who confirms was an administrator when the form was opened, and is none any more. */
export const NOW_A_REQUEST =
  "This now needs somebody else's approval. Nothing was changed: please say why you want it.";
