import type { KnownBlock, ModalView } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { actions, context, section } from '../../slack/blocks.ts';
import { notice } from '../../slack/modal-views.ts';
import { dateTime } from '../../slack/mrkdwn.ts';
import { type Change, isUndoable, mayTryAgain, mayTryFailed, wasPutOff } from '../change.ts';
import type { Refusal } from '../change-event.ts';
import { askText } from '../change-texts.ts';
import { NOBODY_COULD_APPROVE } from '../no-approver-text.ts';
import { alteredText } from '../shown/shown-texts.ts';
import { ENDING, NOT_LATER } from '../steps/end-outcome.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import { failedSteps } from '../steps/steps-of.ts';
import { tryAgainButton, tryFailedButton, undoButton } from './confirmed-buttons.ts';
import { outcomeSections } from './outcome-views.ts';
import { RETRYING, standingText, waitText, yetText } from './standing-text.ts';

export interface ResultFacts {
  readonly change: Change;
  /** Whether who reads it decides about such a change. */
  readonly administrator: boolean;
  /** As it stands after the change, in one line; absent where it could not be read. */
  readonly license: string | undefined;
  /** Ends that stand as before, as an undo has brought people back. @default none */
  readonly stands?: readonly string[];
  readonly approvalsChannel: string;
  readonly now: Date;
}

/** What came of a submitted confirmation: only what the platform has confirmed. */
export function resultView(title: string, facts: ResultFacts): ModalView {
  return notice(title, [
    ...outcomeBlocks(facts),
    ...(facts.stands ?? []).map((text) => section(text)),
    ...(facts.license === undefined ? [] : [section(facts.license)]),
    ...buttons(facts),
  ]);
}

function outcomeBlocks({ change, approvalsChannel }: ResultFacts): readonly KnownBlock[] {
  switch (change.state) {
    case 'pending':
      return [
        section(`*Request sent:* ${askText(change)}. :hourglass_flowing_sand:`),
        context(`${decidersText(change, approvalsChannel)} You get a direct message with the outcome.`),
      ];
    case 'approved':
    case 'applying':
      return [
        section(`*${yetText(change)}* ${askText(change)}. :hourglass_flowing_sand:`),
        section(
          `${!wasPutOff(change) ? `Another change is under way. ${RETRYING}` : waitText(change)} You get a direct message with the outcome.`,
        ),
      ];
    case 'applied':
      return appliedBlocks(change);
    default:
      return [section(`${askText(change)}`), section(standingText(change)), ...outcomeSections(change)];
  }
}

/** Who decides a request, and where. */
export function decidersText({ shown }: Change, approvalsChannel: string): string {
  const owners = shown?.deciders ?? [];
  if (owners.length === 0) return `The administrators decide in <#${approvalsChannel}>.`;
  const names = owners.map(actorText).join(', ');
  return owners.length === 1
    ? `${names} decides, as an owner of the workspace.`
    : `One of the owners decides: ${names}.`;
}

function appliedBlocks(change: Change): readonly KnownBlock[] {
  const failed = failedSteps(change.steps).length > 0;
  const did = outcomeSections(change, true);
  const lines = did.length === 0 ? [section(`${askText(change)} :white_check_mark:`)] : did;
  return failed ? [section(standingText(change)), ...lines] : lines;
}

function buttons({ change, administrator, now }: ResultFacts): readonly KnownBlock[] {
  if (!administrator) return [];
  if (change.state === 'failed') return mayTryAgain(change) ? [actions(tryAgainButton(change))] : [];
  const presses = [
    ...(isUndoable(change, now) ? [undoButton(change)] : []),
    ...(mayTryFailed(change) ? [tryFailedButton(change)] : []),
  ];
  return presses.length === 0 ? [] : [actions(...presses)];
}

/** The same request is pending already: its first asker is shown. */
export function samePendingView(title: string, change: Change, approvalsChannel: string): ModalView {
  return notice(title, [
    section(`*This request already exists:* ${actorText(change.requesterId)} asks to ${askText(change)}.`),
    section(standingText(change)),
    context(`asked ${dateTime(change.createdAt)}`, decidersText(change, approvalsChannel)),
  ]);
}

/** Why a press on a request did nothing, and who was faster. `reader`: by what keys who pressed is known. */
export function refusedView(
  title: string,
  reason: Refusal | 'unknown',
  change: Change | undefined,
  reader: readonly string[],
): ModalView {
  const standing = change === undefined ? [] : [section(askText(change)), section(standingText(change))];
  return notice(title, [section(`${refusalText(reason, change, reader)} :no_entry:`), ...standing]);
}

export const OWNERS_DECIDE =
  'Only active owners of this workspace and administrators of this bot decide about its members.';

const HAS_EXPIRED = 'This request has expired.';
const EXPIRED = `${HAS_EXPIRED} It can be asked for again.`;

/** What a request has come to that somebody wanted to decide or withdraw: to who did it, it is no news that they were faster. */
function decidedText(change: Change | undefined, reader: readonly string[]): string {
  if (change?.state === 'expired') return change.failure === undefined ? EXPIRED : HAS_EXPIRED;
  if (change?.decidedBy === undefined) return 'This request has been decided.';
  const { decidedBy, origin, state } = change;
  const isRequest = origin === 'request';
  const isOwn = isRequest && reader.includes(decidedBy);
  if (isRequest && state === 'cancelled')
    return isOwn ? 'You have withdrawn it already.' : `${actorText(decidedBy)} has withdrawn this request.`;
  return isOwn
    ? 'You have decided this request already.'
    : `${actorText(decidedBy)} was faster: this request has been decided.`;
}

/** The same as a sentence of mrkdwn. */
export function refusalText(
  reason: Refusal | 'unknown',
  change: Change | undefined,
  reader: readonly string[],
): string {
  switch (reason) {
    case 'unknown':
      return 'This request no longer exists.';
    case 'already_decided':
    case 'not_yet_expired':
      return decidedText(change, reader);
    case 'expired':
      return EXPIRED;
    case 'self_approval':
      return 'Nobody decides their own request. Another administrator has to.';
    case 'own_amendment':
      return 'You changed this request yourself. Another administrator has to approve it.';
    case 'altered':
      return `${alteredText(change ?? {})} Nothing was approved: please look at it again.`;
    case 'no_second':
      return NOBODY_COULD_APPROVE;
    case 'own_activation':
      return 'This is your own account. Nobody approves their own access: another administrator has to.';
    case 'no_email':
      return "Slack does not show me your email, so I can't tell whether this is your own account. Add an email to your Slack profile, or ask somebody else to approve it. If nobody's email is shown, this bot lacks the Slack scope `users:read.email`.";
    case 'decided_before':
      return 'You asked for this or decided it before. With FOUR_EYES another administrator has to try it again.';
    case 'chosen_alone':
      return 'With FOUR_EYES nobody chooses this alone. Ask for the exchange with `/wallaroo swap`: another administrator approves it.';
    case 'not_administrator':
      return onlyMemberships(change?.steps ?? []).length > 0
        ? OWNERS_DECIDE
        : 'Only administrators of this bot decide requests.';
    case 'not_requester':
      return 'Only the person who asked may withdraw a request. Administrators can deny it.';
    case 'same_pending':
      return 'Another request asks for exactly this. Please decide that one.';
    case 'ending':
      return ENDING;
    case 'not_later':
      return NOT_LATER;
    case 'not_failed':
    case 'not_due':
    case 'lost_lease':
      return 'Something else has happened to this change meanwhile. Please look at its card again.';
  }
}
