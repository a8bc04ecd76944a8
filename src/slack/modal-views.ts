import type { KnownBlock, ModalView } from '@slack/types';
import { plain, section } from './blocks.ts';

/** A modal without anything to submit. */
export function notice(title: string, blocks: readonly KnownBlock[]): ModalView {
  return { type: 'modal', title: plain(title, 24), close: plain('Close', 24), blocks: [...blocks] };
}

/** What an opened modal shows until it is filled. */
export const loading = (title: string): ModalView => notice(title, [section('Loading…')]);

/** What a submitted modal shows until its work is done. */
export const working = (title: string, text: string): ModalView => notice(title, [section(text)]);
