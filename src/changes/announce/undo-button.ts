import type { Button } from '@slack/types';
import { button, plain } from '../../slack/blocks.ts';
import { plainOf } from '../../slack/plain-of.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import { seatsShownText } from '../shown/shown-texts.ts';
import { undoingSteps } from '../steps/steps-of.ts';

/** `Undo`, which asks once more, with what it does to the license (Slack: confirmation dialog, 100/300/30 characters). */
export const undoButton = (change: Change): Button => ({
  ...button({ text: 'Undo', actionId: ids.undo, value: change.id }),
  confirm: {
    title: plain('Undo this change?', 100),
    text: plain(undoText(change), 300),
    confirm: plain('Undo', 30),
    deny: plain('Cancel', 30),
  },
});

function undoText({ steps, seatsShown }: Change): string {
  const { taken, after } = seatsShown;
  const does = plainOf(askText({ steps: undoingSteps(steps), durationMs: undefined, endsAt: undefined }));
  const seats = seatsShownText({ ...seatsShown, taken: after, after: taken });
  return `This will ${does}.${seats === undefined ? '' : ` ${seats}.`}`;
}
