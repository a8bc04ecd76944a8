import type { ModalView } from '@slack/types';
import { plain, section } from '../../slack/blocks.ts';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { plannedEnd } from '../coming-end.ts';
import { longerBlocks } from '../confirm/ending-views.ts';
import { labelOf } from '../steps/steps-of.ts';

export const EXTEND_TITLE = 'Extend activation';

/**
 * Asks how much longer a timed activation is to last; `timed` is the change that ends it. `asRequest`: somebody else has to
 * approve it.
 */
export function extendView(timed: Change, asRequest: boolean, metadata: string): ModalView {
  const at = plannedEnd(timed);
  const end = at === undefined ? '' : ` It ends ${dateTime(at)}.`;
  return {
    type: 'modal',
    callback_id: ids.extendForm,
    private_metadata: metadata,
    title: plain(EXTEND_TITLE, 24),
    submit: plain(asRequest ? 'Send request' : 'Extend', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`The timed activation of ${code(labelOf(timed.steps))}.${end}`),
      ...longerBlocks(timed.durationMs),
    ],
  };
}
