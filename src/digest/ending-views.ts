import type { KnownBlock } from '@slack/types';
import type { TimedEnd, TimedEnds } from '../license/active-until.ts';
import { button, context, section } from '../slack/blocks.ts';
import { dateTime } from '../slack/mrkdwn.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids } from './digest-ids.ts';
import { personText } from './suggestion-views.ts';

/** Whose access ends, soonest first, each with `Extend`: at most so many. */
export function endingRows(
  users: readonly WallarooUser[],
  ends: TimedEnds,
  most: number,
): readonly KnownBlock[] {
  const ending = users
    .flatMap((user) => {
      const end = ends.get(user.id);
      return end === undefined ? [] : [{ user, end }];
    })
    .sort((a, b) => a.end.at.getTime() - b.end.at.getTime());
  if (ending.length === 0) return [];
  const rest = ending.length - most;
  return [
    section('*Access that ends*'),
    ...ending.slice(0, most).map(endingRow),
    ...(rest > 0 ? [context(`… and ${rest} more: \`/wallaroo users active\` lists all.`)] : []),
  ];
}

const endingRow = ({ user, end }: { readonly user: WallarooUser; readonly end: TimedEnd }) =>
  section(
    `${personText(user)} · active until ${dateTime(end.at)}`,
    button({ text: 'Extend', actionId: ids.extend, value: end.changeId }),
  );
