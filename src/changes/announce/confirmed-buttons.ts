import type { Button } from '@slack/types';
import { button, plain } from '../../slack/blocks.ts';
import { plainOf } from '../../texts/plain-of.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import { seatsShownText } from '../shown/shown-texts.ts';
import { triableSteps, undoingSteps } from '../steps/steps-of.ts';

// Buttons that change users without a form, and so ask once more (Slack: confirmation dialog, 100/300/30 characters).

/** `Undo`, with what it does to the license. */
export function undoButton(change: Change): Button {
  const { taken, after } = change.seatsShown;
  const undone = { steps: undoingSteps(change.steps), durationMs: undefined, endsAt: undefined };
  const seats = seatsShownText({ ...change.seatsShown, taken: after, after: taken });
  return confirmed('Undo', ids.undo, change, {
    title: 'Undo this change?',
    text: `This will ${plainOf(askText(undone))}.${seats === undefined ? '' : ` ${seats}.`}`,
  });
}

/** `Try again` of a change that failed. */
export const tryAgainButton = (change: Change): Button =>
  confirmed('Try again', ids.tryAgain, change, {
    title: 'Try this change again?',
    text: `This will ${plainOf(askText(change))}.`,
  });

/** `Try again` of those that failed, of several that were done in part. */
export function tryFailedButton(change: Change): Button {
  const steps = triableSteps(change.steps);
  return confirmed('Try again', ids.tryFailed, change, {
    title: `Try ${steps.length === 1 ? 'the one' : `the ${steps.length}`} that failed again?`,
    text: `This will ${plainOf(askText({ ...change, steps }))}.`,
  });
}

const confirmed = (
  text: string,
  actionId: string,
  { id }: Change,
  dialog: { readonly title: string; readonly text: string },
): Button => ({
  ...button({ text, actionId, value: id }),
  confirm: {
    title: plain(dialog.title, 100),
    text: plain(dialog.text, 300),
    confirm: plain(text, 30),
    deny: plain('Cancel', 30),
  },
});
