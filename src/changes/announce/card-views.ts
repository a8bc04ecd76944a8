import type { KnownBlock } from '@slack/types';
import { actorText, isSomebody } from '../../slack/actor-text.ts';
import { actions, context, type Message, quote, section } from '../../slack/blocks.ts';
import { openWallaroo } from '../../slack/link-button.ts';
import { code, dateTime, mentionPrincipal } from '../../slack/mrkdwn.ts';
import { spoken } from '../../slack/spoken.ts';
import { againButton } from '../ask/again-views.ts';
import { type Change, isFinal, mayAskAgain, showsUndo, wasPutOff } from '../change.ts';
import { askText } from '../change-texts.ts';
import { plannedEnd } from '../coming-end.ts';
import { orphansComing } from '../steps/hand-over.ts';
import { labelOf, stepsConcern } from '../steps/steps-of.ts';
import { type CardReader, cardButtons } from './card-buttons.ts';
import { directLine, firstDirectLine } from './direct-line-views.ts';
import { factSections, requestText, withReason } from './headline-views.ts';
import { outcomeSections } from './outcome-views.ts';
import { standingText, stateWord } from './standing-text.ts';

export interface CardFacts {
  readonly change: Change;
  readonly reader: CardReader;
  /** `ADMINS` as configured, to be called for a decision. */
  readonly adminPrincipals: readonly string[];
}

const MOST_CALLED = 10;
const LONGEST_REASON = 1500;

/**
 * What the card says before its place in Slack is recorded: always true, and nothing to press. Slack calls people
 * for a new message only, not for one that is rewritten, so those who decide are called here.
 */
export function announcementFace(facts: CardFacts): Message {
  const { change, reader, adminPrincipals } = facts;
  if (isDirect(change) && reader === 'approvers') return firstDirectLine(change);
  // Where Slack lets nobody rewrite it, this is all that its readers get.
  if (isFinal(change.state)) return endedFace(facts);
  const called = change.state === 'pending' && reader === 'approvers' ? calledText(adminPrincipals) : '';
  const blocks = [...headlineBlocks(facts), ...(called === '' ? [] : [context(`for ${called}`)])];
  return { text: spoken(blocks), blocks };
}

function endedFace(facts: CardFacts): Message {
  const blocks = bodyBlocks(facts);
  return { text: `${stateWord(facts.change)}: ${spoken(blocks)}`, blocks };
}

/** The card without its foot and its buttons. */
const bodyBlocks = (facts: CardFacts): readonly KnownBlock[] => [
  ...headlineBlocks(facts),
  ...factSections(facts.change, standingText(facts.change)),
  ...resultLines(facts.change),
];

const isDirect = ({ origin }: Change): boolean => origin === 'direct' || origin === 'undo';

const calledText = (principals: readonly string[]): string =>
  principals.slice(0, MOST_CALLED).map(mentionPrincipal).join(' ');

/** The card of a change in its present state. */
export function cardFace(facts: CardFacts): Message {
  const { change, reader, adminPrincipals } = facts;
  if (isDirect(change) && reader === 'approvers') return directLine(change);
  const buttons = cardButtons(change, isDirect(change) ? 'approvers' : reader);
  const blocks: readonly KnownBlock[] = [
    ...bodyBlocks(facts),
    context(...footer(change, reader, adminPrincipals)),
    ...(buttons.length === 0 ? [] : [actions(...buttons)]),
  ];
  return { text: `${stateWord(change)}: ${spoken(blocks)}`, blocks };
}

const headlineBlocks = ({ change, reader }: CardFacts): readonly KnownBlock[] =>
  change.origin === 'timed'
    ? [section(timedHeadline(change))]
    : withReason(
        isDirect(change) ? `Your change: ${askText(change)}` : requestText(change, reader),
        change,
        LONGEST_REASON,
      );

/** What becomes of somebody whose access was given for a time. */
function timedHeadline(change: Change): string {
  const { steps, state } = change;
  const end = plannedEnd(change);
  const access = `The access of ${code(labelOf(steps))}`;
  const when = end === undefined ? '' : ` ${dateTime(end)}`;
  switch (state) {
    case 'applied':
      return `${access} has ended, as planned.`;
    case 'failed':
      return `${access} should have ended by now.`;
    case 'cancelled':
      return `${access} does not end as planned.`;
    default:
      return `${access} ${wasPutOff(change) ? 'was to end' : 'ends'}${when}.${comingText(steps)}`;
  }
}

/** What nobody active would own once it has ended, behind a space; empty where there is nothing. */
function comingText(steps: Change['steps']): string {
  const coming = orphansComing(steps);
  return coming === undefined ? '' : ` ${coming} :warning:`;
}

function resultLines(change: Change): readonly KnownBlock[] {
  if (change.state === 'denied' && change.decisionReason)
    return [section('*Why*'), quote(change.decisionReason, 1000)];
  if (change.state !== 'applied' && change.state !== 'failed') return [];
  return outcomeSections(change);
}

function footer(change: Change, reader: CardReader, admins: readonly string[]): readonly string[] {
  const called = calledText(admins);
  const isPending = change.state === 'pending';
  return [
    `Change ${code(change.id)}`,
    `asked ${dateTime(change.createdAt)}`,
    ...(change.amendedBy === undefined ? [] : [`changed by ${actorText(change.amendedBy)}`]),
    ...(isPending && change.expiresAt !== undefined ? [`expires ${dateTime(change.expiresAt)}`] : []),
    ...(isPending && reader === 'approvers' && called !== '' ? [`for ${called}`] : []),
    ...(reader === 'approvers' && showsUndo(change) && change.newsAt !== undefined
      ? [`can be undone until ${dateTime(change.newsAt)}`]
      : []),
  ];
}

/**
 * How a change ended, as a message of its own: Slack shows nobody that a card further up was rewritten. The
 * requester can ask again from it; all else is pressed on the card.
 */
export function outcomeMessage(change: Change, reader: CardReader, wallarooUrl: string): Message {
  const headline = change.origin === 'timed' ? timedHeadline(change) : `Your request to ${askText(change)}`;
  const blocks = [
    section(`${headline}\n${standingText(change)}`),
    ...resultLines(change),
    ...(reader === 'requester' && mayAskAgain(change) ? [actions(againButton(change, 'outcome'))] : []),
    ...(letsIn(change) ? [actions(openWallaroo(wallarooUrl))] : []),
  ];
  return { text: `${stateWord(change)}: ${spoken(blocks)}`, blocks };
}

const letsIn = ({ state, steps }: Change): boolean => state === 'applied' && stepsConcern(steps, 'takes');

/** That access ends, in a card's thread, with the moment in the reader's own zone. */
export function reminderMessage(endsAt: Date, steps: Change['steps']): Message {
  const text = `Reminder: access ends ${dateTime(endsAt)}.${comingText(steps)}`;
  return { text: spoken([section(text)]), blocks: [section(text)] };
}

/** One entry of the trail, in a card's thread. */
export function trailMessage(actor: string, outcome: string): Message {
  const said = quote(outcome);
  if (!isSomebody(actor)) return { text: spoken([said]), blocks: [said] };
  const who = actorText(actor);
  return { text: `${who}: ${spoken([said])}`, blocks: [context(who), said] };
}
