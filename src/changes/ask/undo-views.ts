import type { ModalView } from '@slack/types';
import { plain } from '../../slack/blocks.ts';
import { ids } from '../changes-ids.ts';
import { type Confirmation, confirmView } from '../confirm/confirm-views.ts';

export const UNDO_TITLE = 'Undo';

/** What an undo has no use for: it is for now, and the change that it undoes is its reason. */
const NOT_ASKED: readonly string[] = [ids.reasonBlock, ids.durationBlock, ids.endDateBlock];

/** The confirmation of an undo that leaves workspaces without an active owner: who takes over. */
export function undoView(
  asRequest: boolean,
  confirmation: Pick<Confirmation, 'kind' | 'facts' | 'metadata' | 'banner' | 'filled'>,
): ModalView {
  const view = confirmView({
    ...confirmation,
    administrator: true,
    purpose: asRequest ? 'request' : 'direct',
    reason: '',
    ending: undefined,
    title: UNDO_TITLE,
    submit: UNDO_TITLE,
  });
  if (view.submit === undefined) return view;
  return {
    ...view,
    callback_id: ids.undoForm,
    title: plain(UNDO_TITLE, 24),
    blocks: view.blocks.filter(({ block_id }) => !NOT_ASKED.includes(block_id ?? '')),
  };
}
