import type { Button, KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { actions, button, context, quote, section } from '../../slack/blocks.ts';
import { code, dateTime, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import { ACCESS_ENDED } from '../steps/end-outcome.ts';
import { inviteSteps } from '../steps/invite-user.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { labelOf, turnsOf } from '../steps/steps-of.ts';

/** `Request again`, for what came to nothing or has ended. `origin` tells presses from different places apart. */
export const againButton = ({ id }: Pick<Change, 'id'>, origin: string): Button =>
  button({ text: 'Request again', actionId: `${ids.requestAgain}/${origin}`, value: id });

/** Whether what was asked for is still otherwise: a user may have been let in since by somebody else. */
export function isStillWanted(change: Change, users: readonly WallarooUser[]): boolean {
  const turns = turnsOf(change.steps);
  const invited = inviteSteps(change);
  if (change.failure?.code === ACCESS_ENDED) return change.steps.some((step) => isOut(step, users));
  // Something else than users: nobody can tell here.
  if (turns.length + invited.length === 0) return true;
  const isOtherwise = turns.some(({ userId, enabled }) => {
    const user = users.find(({ id }) => id === userId);
    const wanted = change.origin === 'timed' ? true : enabled;
    return user !== undefined && user.enabled !== wanted;
  });
  return (
    isOtherwise || invited.some(({ email }) => !users.some((user) => user.enabled && hasEmail(user, email)))
  );
}

const isOut = (step: Step, users: readonly WallarooUser[]): boolean => {
  const { userId } = kindOfStep(step).subject(step);
  return users.some(({ id, enabled }) => id === userId && !enabled);
};

const hasEmail = (user: WallarooUser, email: string): boolean =>
  user.email?.toLowerCase() === email.toLowerCase();

const LONGEST_WHY = 300;

/** A request of one's own that came to nothing, or has ended: what became of it, and a way to ask once more. */
export function lostRow(change: Change, origin: string): readonly KnownBlock[] {
  return [
    section(becameOf(change)),
    ...(change.state === 'denied' && change.decisionReason
      ? [quote(change.decisionReason, LONGEST_WHY)]
      : []),
    context(`asked ${dateTime(change.createdAt)}`),
    actions(againButton(change, origin)),
  ];
}

const becameOf = (change: Change): string =>
  change.origin === 'timed'
    ? `The access of ${code(labelOf(change.steps))} that you asked for has *ended*, as planned.`
    : `You asked to ${askText(change)}. ${becameText(change)}`;

function becameText({ state, decidedBy, failure }: Change): string {
  switch (state) {
    case 'denied':
      return `*Denied*${decidedBy === undefined ? '' : ` by ${actorText(decidedBy)}`}.`;
    case 'expired':
      return `*Expired*: ${failure === undefined ? 'nobody decided in time.' : escapeMrkdwn(failure.sentence)}`;
    case 'cancelled':
      return '*Withdrawn*.';
    default:
      return `*Failed*: ${escapeMrkdwn(failure?.sentence ?? 'it could not be done.')}`;
  }
}
