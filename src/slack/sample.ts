import type { View } from '@slack/types';
import type { Message } from './blocks.ts';

/** One of what the bot draws, with made-up data. */
export type Sample = {
  /** What people would call it, as `card of a request`. */
  readonly name: string;
} & ({ readonly message: Pick<Message, 'blocks'> } | { readonly view: View });
