import type { KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { lineSections, quote, section } from '../../slack/blocks.ts';
import { cutMrkdwn } from '../../slack/mrkdwn.ts';
import { type Change, isSeveral } from '../change.ts';
import { askText } from '../change-texts.ts';
import { seatsShownText, shownLines } from '../shown/shown-texts.ts';
import type { CardReader } from './card-buttons.ts';

/** Who asks for what, as mrkdwn; the requester reads it of themself. */
export const requestText = (change: Change, reader: CardReader = 'approvers'): string =>
  reader === 'requester'
    ? `You asked to ${askText(change)}`
    : `${actorText(change.requesterId)} asks to ${askText(change)}`;

/** What leaves room in a section for the words that lead to the reason. */
const LONGEST_HEADLINE = 2900;

/** A headline and below it the reason that the requester gave, at most `longest` characters of it. */
export function withReason(headline: string, { reason }: Change, longest?: number): readonly KnownBlock[] {
  if (reason === '') return [section(headline)];
  return [section(`${cutMrkdwn(headline, LONGEST_HEADLINE)}. Why:`), quote(reason, longest)];
}

/** Characters of what a card says of the users concerned. */
const MOST_FACTS = 7000;

/** Below `first` how a pending request stood when it was asked. */
export const factSections = (change: Change, first: string): readonly KnownBlock[] =>
  lineSections([first, ...(change.state === 'pending' ? factLines(change) : [])], MOST_FACTS);

/** How it stood when it was asked, as mrkdwn: who is concerned, and what it does to the license, which no number of users hides. */
export function factLines(change: Change): readonly string[] {
  const users = change.shown === undefined ? [] : shownLines(change.shown);
  const seats = seatsText(change) ?? [];
  return isSeveral(change) ? [seats, users].flat() : [users, seats].flat();
}

function seatsText({ seatsShown }: Change): string | undefined {
  const text = seatsShownText(seatsShown);
  return text !== undefined && seatsShown.leftOpen === true
    ? `${text}. Who leaves is chosen at the approval.`
    : text;
}
