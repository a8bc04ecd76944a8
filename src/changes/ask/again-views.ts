import type { Button, KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { actions, button, context, quote, section } from '../../slack/blocks.ts';
import { dateTime, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';

/** `Request again`, for what came to nothing or has ended. `origin` tells presses from different places apart. */
export const againButton = ({ id }: Pick<Change, 'id'>, origin: string): Button =>
  button({ text: 'Request again', actionId: `${ids.requestAgain}/${origin}`, value: id });

const LONGEST_WHY = 300;

/** A request of one's own that came to nothing: what became of it, and a way to ask once more. */
export function lostRow(change: Change, origin: string): readonly KnownBlock[] {
  return [
    section(`You asked to ${askText(change)}. ${becameText(change)}`),
    ...(change.state === 'denied' && change.decisionReason
      ? [quote(change.decisionReason, LONGEST_WHY)]
      : []),
    context(`asked ${dateTime(change.createdAt)}`),
    actions(againButton(change, origin)),
  ];
}

function becameText({ state, decidedBy, failure }: Change): string {
  switch (state) {
    case 'denied':
      return `*Denied*${decidedBy === undefined ? '' : ` by ${actorText(decidedBy)}`}.`;
    case 'expired':
      return '*Expired*: nobody decided in time.';
    case 'cancelled':
      return '*Withdrawn*.';
    default:
      return `*Failed*: ${escapeMrkdwn(failure?.sentence ?? 'it could not be done.')}`;
  }
}
