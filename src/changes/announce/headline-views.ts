import type { KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { quote, section } from '../../slack/blocks.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';

/** Who asks for what, as mrkdwn. */
export const requestText = (change: Change): string =>
  `${actorText(change.requesterId)} asks to ${askText(change)}`;

/** A headline and below it the reason that the requester gave, at most `longest` characters of it. */
export function withReason(headline: string, { reason }: Change, longest?: number): readonly KnownBlock[] {
  if (reason === '') return [section(headline)];
  return [section(`${headline}. Reason:`), quote(reason, longest)];
}
