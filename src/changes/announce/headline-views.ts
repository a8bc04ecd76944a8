import type { KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { quote, section } from '../../slack/blocks.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';
import { seatsShownText, shownLines } from '../shown/shown-texts.ts';
import type { CardReader } from './card-buttons.ts';

/** Who asks for what, as mrkdwn; the requester reads it of themself. */
export const requestText = (change: Change, reader: CardReader = 'approvers'): string =>
  reader === 'requester'
    ? `You asked to ${askText(change)}`
    : `${actorText(change.requesterId)} asks to ${askText(change)}`;

/** A headline and below it the reason that the requester gave, at most `longest` characters of it. */
export function withReason(headline: string, { reason }: Change, longest?: number): readonly KnownBlock[] {
  if (reason === '') return [section(headline)];
  return [section(`${headline}. Why:`), quote(reason, longest)];
}

/** How it stood when it was asked, as mrkdwn: who is concerned, and what it does to the license. */
export function factLines({ shown, seatsShown }: Change): readonly string[] {
  const seats = seatsShownText(seatsShown);
  return [...(shown === undefined ? [] : shownLines(shown)), ...(seats === undefined ? [] : [seats])];
}
