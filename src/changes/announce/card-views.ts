import type { KnownBlock } from '@slack/types';
import { actorText, isSlackId, isSomebody } from '../../slack/actor-text.ts';
import { actions, button, context, type Message, quote, section } from '../../slack/blocks.ts';
import { code, dateTime, escapeMrkdwn, mentionPrincipal } from '../../slack/mrkdwn.ts';
import { againButton } from '../ask/again-views.ts';
import { type Change, mayAskAgain, showsUndo } from '../change.ts';
import { askFallback, askText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import { didTexts, labelOf } from '../steps/steps-of.ts';
import { requestText, withReason } from './headline-views.ts';

/** Who looks at a card. */
export type CardReader = 'approvers' | 'requester';

export interface CardFacts {
  readonly change: Change;
  readonly reader: CardReader;
  /** `ADMINS` as configured, to be called for a decision. */
  readonly adminPrincipals: readonly string[];
}

const MOST_CALLED = 10;

/**
 * What the card says before its place in Slack is recorded: true for ever, and nothing to press. Slack calls people
 * for a new message only, not for one that is rewritten, so those who decide are called here.
 */
export function announcementFace({ change, reader, adminPrincipals }: CardFacts): Message {
  const text = `New: ${askFallback(change)}. Its card follows.`;
  const called = change.state === 'pending' && reader === 'approvers' ? calledText(adminPrincipals) : '';
  return { text, blocks: [context(text, ...(called === '' ? [] : [`for ${called}`]))] };
}

const calledText = (principals: readonly string[]): string =>
  principals.slice(0, MOST_CALLED).map(mentionPrincipal).join(' ');

/** The card of a change in its present state. Final states have no live buttons but `Undo` and `Try again`. */
export function cardFace({ change, reader, adminPrincipals }: CardFacts): Message {
  const headline = change.origin === 'timed' ? timedHeadline(change) : requestHeadline(change);
  const blocks: readonly (KnownBlock | undefined)[] = [
    ...(change.origin === 'timed' ? [section(headline)] : withReason(headline, change, 1500)),
    section(standingText(change)),
    ...resultLines(change),
    context(...footer(change, reader, adminPrincipals)),
    buttons(change, reader),
  ];
  return {
    text: `${STATE_WORD[change.state]}: ${askFallback(change)}`,
    blocks: blocks.filter((block) => block !== undefined),
  };
}

const STATE_WORD: Readonly<Record<Change['state'], string>> = {
  pending: 'Request',
  approved: 'Approved',
  applying: 'Approved',
  applied: 'Done',
  failed: 'Failed',
  denied: 'Denied',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

function requestHeadline(change: Change): string {
  if (change.origin === 'request') return requestText(change);
  if (!isSlackId(change.requesterId))
    return `${actorText(change.requesterId)} on the command line: ${askText(change)}`;
  return `${change.origin === 'undo' ? 'Undo' : 'Your change'}: ${askText(change)}`;
}

function timedHeadline(change: Change): string {
  const activation = `The timed activation of ${code(labelOf(change.steps))}`;
  if (change.state === 'applied') return `${activation} has ended.`;
  const when = change.notBefore === undefined ? '' : ` ${dateTime(change.notBefore)}`;
  return `${activation} ends${when}. Then the user is deactivated again.`;
}

/** Where a change stands, in one line of mrkdwn: who decided, when, and what came of it. */
export function standingText(change: Change): string {
  const by = change.decidedBy === undefined ? '' : ` by ${actorText(change.decidedBy)}`;
  const at = change.decidedAt === undefined ? '' : `, ${dateTime(change.decidedAt)}`;
  const why = change.failure === undefined ? '' : escapeMrkdwn(change.failure.sentence);
  switch (change.state) {
    case 'pending':
      return `:hourglass_flowing_sand: *Pending*${seatText(change)}`;
    case 'approved':
      return change.origin === 'timed'
        ? ':alarm_clock: *Scheduled*'
        : `:white_check_mark: *Approved*${by}${at}. ${waitText(change)}`;
    case 'applying':
      return `:white_check_mark: *Approved*${by}${at}. Being carried out…`;
    case 'applied':
      return `:white_check_mark: *Done*${change.origin === 'request' ? `, approved${by}` : ''}, ${dateTime(change.appliedAt ?? change.createdAt)}${change.undone ? '. It was *undone* since.' : ''}`;
    case 'failed':
      return `:x: *Failed*${change.origin === 'request' ? ` after approval${by}` : ''}: ${why}`;
    case 'denied':
      return `:no_entry_sign: *Denied*${by}${at}`;
    case 'expired':
      return ':zzz: *Expired*: nobody decided in time.';
    case 'cancelled':
      return `:wastebasket: *Cancelled*${by}${at}${why === '' ? '' : `: ${why}`}`;
  }
}

const waitText = (change: Change): string =>
  change.attempts > 0 && change.notBefore !== undefined
    ? `It is not done yet and is tried again by itself (${change.attempts} ${change.attempts === 1 ? 'try' : 'tries'} so far). ${escapeMrkdwn(change.lastFault?.sentence ?? '')}`.trim()
    : 'Being carried out…';

function seatText({ seatsShown: { taken, after, seats } }: Change): string {
  return seats === undefined ? '' : ` · license: ${taken} of ${seats} seats → ${after} of ${seats}`;
}

function resultLines(change: Change): readonly KnownBlock[] {
  if (change.state === 'denied' && change.decisionReason)
    return [section('*Reason of the denial*'), quote(change.decisionReason, 1000)];
  if (change.state !== 'applied' && change.state !== 'failed') return [];
  const lines = didTexts(change.steps);
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

function footer(change: Change, reader: CardReader, admins: readonly string[]): readonly string[] {
  const called = calledText(admins);
  return [
    `Change ${code(change.id)}`,
    `asked ${dateTime(change.createdAt)}`,
    ...(change.state === 'pending' && change.expiresAt !== undefined
      ? [`lapses ${dateTime(change.expiresAt)}`]
      : []),
    ...(change.state === 'pending' && reader === 'approvers' && called !== '' ? [`for ${called}`] : []),
    ...(reader === 'approvers' && showsUndo(change) && change.newsAt !== undefined
      ? [`can be undone until ${dateTime(change.newsAt)}`]
      : []),
  ];
}

function buttons(change: Change, reader: CardReader): KnownBlock | undefined {
  const value = change.id;
  if (change.origin === 'timed' && change.state === 'approved')
    return actions(
      button({ text: 'Extend', actionId: ids.extend, value }),
      // An administrator's word: only they have the button.
      reader === 'approvers' ? button({ text: 'Keep', actionId: ids.keep, value }) : undefined,
    );
  if (change.state === 'pending')
    return reader === 'approvers'
      ? actions(
          button({ text: 'Approve', actionId: ids.approve, value, style: 'primary' }),
          button({ text: 'Deny', actionId: ids.deny, value, style: 'danger' }),
        )
      : actions(button({ text: 'Cancel', actionId: ids.cancel, value }));
  if (reader !== 'approvers') return mayAskAgain(change) ? actions(againButton(change, 'card')) : undefined;
  if (change.state === 'failed') return actions(button({ text: 'Try again', actionId: ids.tryAgain, value }));
  return showsUndo(change) ? actions(button({ text: 'Undo', actionId: ids.undo, value })) : undefined;
}

/**
 * How a change ended, as a message of its own: Slack shows nobody that a card further up was rewritten. Whoever asked can
 * ask again from it; all else is pressed on the card.
 */
export function outcomeMessage(change: Change, reader: CardReader): Message {
  const asked = change.origin === 'request' ? 'Your request to ' : '';
  const headline = change.origin === 'timed' ? timedHeadline(change) : `${asked}${askText(change)}`;
  return {
    text: `${STATE_WORD[change.state]}: ${askFallback(change)}`,
    blocks: [
      section(`${headline}\n${standingText(change)}`),
      ...resultLines(change),
      ...(reader === 'requester' && mayAskAgain(change) ? [actions(againButton(change, 'outcome'))] : []),
    ],
  };
}

/** One entry of the trail, in a card's thread. */
export function trailMessage(actor: string, outcome: string): Message {
  const who = isSomebody(actor) ? actorText(actor) : 'By itself';
  return { text: `${who}: ${escapeMrkdwn(outcome)}`, blocks: [context(who), quote(outcome)] };
}
