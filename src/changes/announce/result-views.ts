import type { KnownBlock, ModalView } from '@slack/types';
import { type LicenseLines, licenseBlocks } from '../../license/license-desk.ts';
import { actorText } from '../../slack/actor-text.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { notice } from '../../slack/modal-views.ts';
import { dateTime, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { type Change, isUndoable } from '../change.ts';
import type { Refusal } from '../change-event.ts';
import { askText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import { didTexts } from '../steps/steps-of.ts';
import { standingText } from './card-views.ts';

export interface ResultFacts {
  readonly change: Change;
  readonly administrator: boolean;
  /** As it stands after the change; absent where it could not be read. */
  readonly license: LicenseLines | undefined;
  readonly approvalsChannel: string;
  readonly now: Date;
}

/** What came of a submitted confirmation: only what the platform has confirmed. */
export function resultView(title: string, facts: ResultFacts): ModalView {
  return notice(title, [
    ...outcomeBlocks(facts),
    ...licenseBlocks(facts.license ?? NOTHING),
    ...buttons(facts),
  ]);
}

const NOTHING: LicenseLines = { meter: undefined, warning: undefined };

function outcomeBlocks({ change, approvalsChannel }: ResultFacts): readonly KnownBlock[] {
  switch (change.state) {
    case 'pending':
      return [
        section(`:hourglass_flowing_sand: *Request sent:* ${askText(change)}.`),
        context(
          `The administrators decide in <#${approvalsChannel}>. You get a direct message with the outcome.`,
        ),
      ];
    case 'approved':
    case 'applying':
      return [
        section(`:hourglass_flowing_sand: *Not done yet:* ${askText(change)}.`),
        section(
          `${escapeMrkdwn(change.lastFault?.sentence ?? 'Another change is under way.')} It is tried again by itself; you get a direct message with the outcome.`,
        ),
      ];
    case 'applied':
      return [section(appliedText(change))];
    default:
      return [
        section(`${askText(change)}`),
        section(standingText(change)),
        ...didTexts(change.steps).map((text) => section(text)),
      ];
  }
}

function appliedText(change: Change): string {
  const did = didTexts(change.steps);
  return (did.length === 0 ? [askText(change)] : did).map((text) => `:white_check_mark: ${text}`).join('\n');
}

function buttons({ change, administrator, now }: ResultFacts): readonly KnownBlock[] {
  if (!administrator) return [];
  if (change.state === 'failed')
    return [actions(button({ text: 'Try again', actionId: ids.tryAgain, value: change.id }))];
  if (!isUndoable(change, now)) return [];
  return [actions(button({ text: 'Undo', actionId: ids.undo, value: change.id }))];
}

/** The same request is pending already: its first asker is shown. */
export function samePendingView(title: string, change: Change, approvalsChannel: string): ModalView {
  return notice(title, [
    section(`*This request exists already:* ${actorText(change.requesterId)} asks to ${askText(change)}.`),
    section(standingText(change)),
    context(`asked ${dateTime(change.createdAt)} · it is decided in <#${approvalsChannel}>`),
  ]);
}

/** Why a press on a request did nothing, and who was faster. */
export function refusedView(
  title: string,
  reason: Refusal | 'unknown',
  change: Change | undefined,
): ModalView {
  const standing = change === undefined ? [] : [section(askText(change)), section(standingText(change))];
  return notice(title, [section(`:no_entry: ${refusalText(reason, change)}`), ...standing]);
}

/** The same as a sentence of mrkdwn. */
export function refusalText(reason: Refusal | 'unknown', change: Change | undefined): string {
  switch (reason) {
    case 'unknown':
      return 'This request is not known any more.';
    case 'already_decided':
    case 'not_yet_expired':
      return change?.decidedBy === undefined
        ? 'This request is decided already.'
        : `${actorText(change.decidedBy)} was faster: this request is decided already.`;
    case 'expired':
      return 'This request has expired. It can be asked for again.';
    case 'self_approval':
      return 'Nobody decides their own request. Another administrator has to.';
    case 'not_administrator':
      return 'Only administrators of this bot decide requests.';
    case 'not_requester':
      return 'Only the person who asked may cancel a request. Administrators can deny it.';
    case 'not_failed':
    case 'not_due':
    case 'lost_lease':
      return 'Something else has happened to this change meanwhile.';
  }
}
