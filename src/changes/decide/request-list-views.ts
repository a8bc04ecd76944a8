import type { KnownBlock } from '@slack/types';
import { actions, context, header, type Message, section } from '../../slack/blocks.ts';
import { dateTime } from '../../slack/mrkdwn.ts';
import { roomBeside, rowsWithin } from '../../slack/rows.ts';
import { spoken } from '../../slack/spoken.ts';
import { factLines, requestText, withReason } from '../announce/headline-views.ts';
import { type Change, isRequestOf } from '../change.ts';
import { decisionButtons, withdrawButton } from './request-views.ts';

/** Who looks at a list of requests. */
export interface RequestViewer {
  readonly personKeys: readonly string[];
  readonly administrator: boolean;
  /** Ids of the requests that they decide as an owner of a workspace. */
  readonly asOwner?: ReadonlySet<string>;
}

/** Marks a press that came from the list, so that the list is drawn again after it. */
export const FROM_LIST = 'list';
const MOST_ROWS = 15;
const MOST_FACTS = 8;

/** One pending request with the buttons that this viewer has. `origin` tells presses from different places apart. */
export function requestRow(change: Change, viewer: RequestViewer, origin: string): readonly KnownBlock[] {
  const own = isRequestOf(change, viewer.personKeys);
  const decides = mayDecide(viewer, change) && !own;
  return [
    ...withReason(requestText(change, own ? 'requester' : 'approvers'), change, 300),
    context(...fewFacts(factLines(change)), timesText(change)),
    actions(
      ...(decides ? decisionButtons(change, origin) : []),
      own ? withdrawButton(change, origin) : undefined,
    ),
  ];
}

/** Whether it is theirs to decide, unless they asked for it themself. */
const mayDecide = ({ administrator, asOwner }: RequestViewer, { id }: Change): boolean =>
  administrator || asOwner?.has(id) === true;

/** As many as fit into one block beside the times (Slack: context block, 10 elements). */
function fewFacts(facts: readonly string[]): readonly string[] {
  const rest = facts.length - MOST_FACTS;
  return rest <= 0 ? facts : [...facts.slice(0, MOST_FACTS), `… and ${rest} more`];
}

const timesText = ({ createdAt, expiresAt }: Change): string =>
  `asked ${dateTime(createdAt)}${expiresAt === undefined ? '' : ` · expires ${dateTime(expiresAt)}`}`;

/** Pending requests: everybody's for administrators; their own, and those they decide as an owner, for others; oldest first. */
export function requestsMessage(changes: readonly Change[], viewer: RequestViewer): Message {
  const decides = changes.some((change) => mayDecide(viewer, change));
  const title = viewer.administrator || decides ? 'Pending requests' : 'Your pending requests';
  const drawn = changes.slice(0, MOST_ROWS).map((change) => requestRow(change, viewer, FROM_LIST));
  const shown = rowsWithin(drawn, roomBeside([header(title)]));
  const rest = changes.length - shown.length;
  const blocks = [
    header(title),
    ...(changes.length === 0 ? [section('No request is waiting.')] : shown.flat()),
    ...(rest > 0 ? [context(`… and ${rest} more, once these are decided.`)] : []),
  ];
  return { text: spoken(blocks), blocks };
}
