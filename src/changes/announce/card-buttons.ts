import type { ActionsBlockElement } from '@slack/types';
import { button } from '../../slack/blocks.ts';
import { againButton } from '../ask/again-views.ts';
import { type Change, mayAskAgain, mayTryAgain, mayTryFailed, showsUndo } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { whyEndStays } from '../coming-end.ts';
import { decisionButtons, withdrawButton } from '../decide/request-views.ts';
import { tryAgainButton, tryFailedButton, undoButton } from './confirmed-buttons.ts';

/** Who looks at a card. */
export type CardReader = 'approvers' | 'requester';

/** What can be pressed on a card. Of what has ended only `Undo` and `Try again`. */
export function cardButtons(change: Change, reader: CardReader): readonly ActionsBlockElement[] {
  const value = change.id;
  if (whyEndStays(change) === undefined)
    return [
      button({ text: 'Extend', actionId: ids.extend, value }),
      // An administrator's word: only they have the button.
      ...(reader === 'approvers' ? [button({ text: 'Keep', actionId: ids.keep, value })] : []),
    ];
  if (change.state === 'pending')
    return reader === 'approvers' ? decisionButtons(change) : [withdrawButton(change)];
  if (reader !== 'approvers') return mayAskAgain(change) ? [againButton(change, 'card')] : [];
  if (change.state === 'failed') return mayTryAgain(change) ? [tryAgainButton(change)] : [];
  return [
    ...(showsUndo(change) ? [undoButton(change)] : []),
    ...(mayTryFailed(change) ? [tryFailedButton(change)] : []),
  ];
}
