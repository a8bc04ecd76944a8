import { actorText } from '../../slack/actor-text.ts';
import { dateTime, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { plainOutcome } from '../../texts/plain-text.ts';
import { passesUnaided } from '../../wallaroo/sentences.ts';
import { withoutAdvice } from '../advice-texts.ts';
import { type Change, wasPutOff } from '../change.ts';
import { TAKING_BACK, WITHDRAWN } from '../change-texts.ts';
import { besideHandOvers } from '../steps/hand-over.ts';
import { failedSteps } from '../steps/steps-of.ts';

/** The first word of a change's notification, by the state that it is in. */
export function stateWord({ state, origin, steps }: Pick<Change, 'state' | 'origin' | 'steps'>): string {
  if (state === 'applied' && failedSteps(steps).length > 0) return 'Done in part';
  if (state !== 'approved' && state !== 'applying') return STATE_WORD[state];
  if (origin === 'timed') return state === 'approved' ? 'Reminder' : 'Under way';
  return origin === 'request' ? 'Approved' : 'Not done yet';
}

const STATE_WORD = {
  pending: 'Request',
  applied: 'Done',
  failed: 'Failed',
  denied: 'Denied',
  expired: 'Expired',
  cancelled: 'Cancelled',
} as const;

/** An entry of the trail as its thread tells it, plain: one that ends the change begins with how. */
export function entryText(
  entry: { readonly event: string; readonly outcome: string },
  { steps }: Pick<Change, 'steps'>,
): string {
  const { event } = entry;
  const outcome = plainOutcome(entry);
  switch (event) {
    case 'applied':
    case 'expired':
      return `${stateWord({ state: event, origin: 'request', steps })}. ${outcome}`;
    case 'failed':
      return `${STATE_WORD.failed}: ${outcome}`;
    case 'cancelled':
      return outcome === WITHDRAWN ? outcome : `${STATE_WORD.cancelled}. ${outcome}`;
    default:
      return outcome;
  }
}

/** Where a change stands, in one line of mrkdwn: who decided, when, and the outcome. */
export function standingText(change: Change): string {
  const by = change.decidedBy === undefined ? '' : ` by ${actorText(change.decidedBy)}`;
  const at = change.decidedAt === undefined ? '' : `, ${dateTime(change.decidedAt)}`;
  const why = change.failure === undefined ? '' : escapeMrkdwn(change.failure.sentence);
  switch (change.state) {
    case 'pending':
      return '*Pending* :hourglass_flowing_sand:';
    case 'approved':
    case 'applying':
      return underWayText(change, `${by}${at}`);
    case 'applied':
      return appliedText(change, by);
    case 'failed':
      return `*Failed*${change.origin === 'request' ? ` after approval${by}` : ''}: ${why} :x:`;
    case 'denied':
      return `*Denied*${by}${at} :no_entry_sign:`;
    case 'expired':
      return `*Expired*: ${why === '' ? 'nobody decided in time.' : why} :zzz:`;
    case 'cancelled':
      return `*${change.origin === 'request' ? 'Withdrawn' : 'Cancelled'}*${by}${at}${why === '' ? '' : `: ${why}`} :wastebasket:`;
  }
}

function appliedText({ steps, origin, appliedAt, createdAt, undone }: Change, by: string): string {
  const mark = failedSteps(steps).length === 0 ? ':white_check_mark:' : ':warning:';
  const approved = origin === 'request' ? `, approved${by}` : '';
  return `${doneText(steps)}${approved}, ${dateTime(appliedAt ?? createdAt)}${undone ? '. It has since been *undone*.' : ` ${mark}`}`;
}

/** Of several of which some failed, how many are done. */
export function doneText(steps: Change['steps']): string {
  const failed = failedSteps(steps).length;
  const all = besideHandOvers(steps).length;
  return failed === 0 ? '*Done*' : `*Done for ${all - failed} of ${all}*`;
}

/** What was given up is not going to be done. */
export const yetText = ({ failure }: Change): string =>
  failure === undefined ? 'Not done yet:' : 'Not done:';

/** Approved is only what somebody approved; done is nothing of it yet. */
function underWayText(change: Change, approved: string): string {
  if (change.origin === 'timed' && !wasPutOff(change)) return '*Scheduled* :alarm_clock:';
  const yet = yetText(change);
  const lead = change.origin === 'request' ? `*Approved*${approved}. ${yet}` : `*${yet}*`;
  return `${lead} ${waitText(change)} :hourglass_flowing_sand:`;
}

/** Why something is not done yet, and that the bot goes on. */
export function waitText({ failure, lastFault }: Change): string {
  const retrying =
    lastFault === undefined || passesUnaided(lastFault.code) ? RETRYING : 'Retrying automatically.';
  if (failure !== undefined)
    return `${escapeMrkdwn(withoutAdvice(failure.sentence))} ${TAKING_BACK} ${retrying}`;
  if (lastFault === undefined) return 'under way.';
  return `${escapeMrkdwn(withoutAdvice(lastFault.sentence))} ${retrying}`;
}

export const RETRYING = 'Retrying automatically; nothing for you to do.';
