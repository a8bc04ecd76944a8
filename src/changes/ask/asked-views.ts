import type { KnownBlock, ModalView } from '@slack/types';
import type { Message } from '../../slack/blocks.ts';
import { decidersText, resultView, samePendingView } from '../announce/result-views.ts';
import type { Change } from '../change.ts';
import { askText } from '../change-texts.ts';

/** What came of asking for one's own access with one press. */
export interface AskedFacts {
  readonly change: Change;
  /** The same was asked before, and waits. */
  readonly isSame: boolean;
  readonly approvalsChannel: string;
  readonly now: Date;
}

const TITLE = 'Request access';

/** What a form of ours shows, for a message: it is drawn of known blocks only. */
const blocksOf = ({ blocks }: ModalView): readonly KnownBlock[] => blocks as readonly KnownBlock[];

/** What came of asking, as a message. */
export function askedMessage({ change, isSame, approvalsChannel, now }: AskedFacts): Message {
  if (isSame)
    return {
      text: `This request already exists: ${askText(change)}`,
      blocks: blocksOf(samePendingView(TITLE, change, approvalsChannel)),
    };
  const facts = { change, administrator: false, license: undefined, approvalsChannel, now };
  return {
    text: `Request sent: ${askText(change)}. ${decidersText(change, approvalsChannel)}`,
    blocks: blocksOf(resultView(TITLE, facts)),
  };
}
