import type { KnownBlock } from '@slack/types';
import type { NameOf } from '../license/known-names.ts';
import { labelOf } from '../license/user-text.ts';
import {
  actions,
  button,
  context,
  header,
  MESSAGE_BUDGET,
  type Message,
  section,
  sizeOf,
} from '../slack/blocks.ts';
import { code, count, dateTime, mention } from '../slack/mrkdwn.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids } from './audit-ids.ts';
import { type AuditFilter, writeFilter } from './audit-query.ts';
import { rowBlocks } from './entry-views.ts';
import type { TrailRow } from './trail-rows.ts';

/** Blocks of a message (docs.slack.dev: blocks). */
const MOST_BLOCKS = 50;

export interface TrailPage {
  readonly filter: AuditFilter;
  readonly rows: readonly TrailRow[];
  readonly hasOlder: boolean;
  readonly nameOf: NameOf;
  /** Offered where there is nothing. @default nobody */
  readonly nearest?: readonly WallarooUser[] | undefined;
}

/** A page of the trail, newest first: as many of the rows as fit into a message, and the rest behind `Older`. */
export function trailMessage(page: TrailPage): Message {
  const { filter, rows, nearest } = page;
  if (rows.length === 0) return nothingMessage(filter, nearest);
  let shown = rows.length;
  while (shown > 1 && !fits(blocksOf(page, shown))) shown -= 1;
  return { text: `The latest changes${filterText(filter)}`, blocks: blocksOf(page, shown) };
}

const fits = (blocks: readonly KnownBlock[]): boolean =>
  blocks.length <= MOST_BLOCKS && sizeOf(blocks) <= MESSAGE_BUDGET;

function blocksOf({ filter, rows: all, hasOlder, nameOf }: TrailPage, most: number): readonly KnownBlock[] {
  const rows = all.slice(0, most);
  const oldest = rows.length < all.length || hasOlder ? rows.at(-1) : undefined;
  const narrowed = filterText(filter);
  return [
    header('Changes, newest first'),
    ...(narrowed === '' ? [] : [section(`Changes${narrowed}`)]),
    ...unsoughtBlocks(filter),
    ...rows.flatMap((row) => rowBlocks(row, nameOf)),
    actions(
      oldest === undefined ? undefined : pageButton('Older', { ...filter, ...behind(oldest) }),
      filter.beforeSeq === undefined ? undefined : pageButton('Newest', fromNewest(filter)),
      button({ text: 'Export CSV', actionId: ids.export, value: writeFilter(fromNewest(filter)) }),
    ),
  ];
}

/** Where the page behind this row begins: it may be another row of the same change. */
const behind = ({ seq, part }: TrailRow): Pick<AuditFilter, 'beforeSeq' | 'shown'> =>
  part.nth < part.of
    ? { beforeSeq: seq + 1, shown: { seq, rows: part.nth } }
    : { beforeSeq: seq, shown: undefined };

const fromNewest = (filter: AuditFilter): AuditFilter => ({
  ...filter,
  beforeSeq: undefined,
  shown: undefined,
});

const pageButton = (text: string, filter: AuditFilter) =>
  button({ text, actionId: `${ids.page}/${text.toLowerCase()}`, value: writeFilter(filter) });

/** Nothing fits: said so, with what was looked for, and the `nearest` users where nobody is called so. */
export function nothingMessage(filter: AuditFilter, nearest: readonly WallarooUser[] = []): Message {
  const narrowed = filterText(filter);
  const text = narrowed === '' ? 'No changes yet.' : `No changes${narrowed}.`;
  return { text, blocks: [section(text), ...unsoughtBlocks(filter), ...nearestBlocks(filter, nearest)] };
}

/** The users who may be meant: a press shows what became of them. */
const nearestBlocks = ({ sinceMs }: AuditFilter, nearest: readonly WallarooUser[]): readonly KnownBlock[] =>
  nearest.length === 0
    ? []
    : [
        context('No user is called that. The nearest:'),
        actions(
          ...nearest.map((user, index) => {
            const subject = { userId: user.id, label: labelOf(user) };
            const actionId = `${ids.page}/near-${index}`;
            return button({ text: subject.label, actionId, value: writeFilter({ subject, sinceMs }) });
          }),
        ),
      ];

/** A button holds only so many users. */
function unsoughtBlocks({ unsought, text = '' }: AuditFilter): readonly KnownBlock[] {
  if (unsought === undefined) return [];
  const more = `${count(unsought, 'more user')} ${unsought === 1 ? 'is' : 'are'}`;
  return [context(`${more} called ${code(text)} and not searched for here: type more of the name.`)];
}

/** " for `ann` since …" as mrkdwn; '' for the whole trail. */
function filterText({ slackUserId, text, subject, sinceMs }: AuditFilter): string {
  const named = text ?? subject?.label;
  const who =
    slackUserId !== undefined ? mention(slackUserId) : named !== undefined ? code(named) : undefined;
  return [
    who === undefined ? '' : ` for ${who}`,
    sinceMs === undefined ? '' : ` since ${dateTime(new Date(sinceMs))}`,
  ].join('');
}
