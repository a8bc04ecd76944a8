import { actions, button, header, type Message, section } from '../slack/blocks.ts';
import { code, dateTime, mention } from '../slack/mrkdwn.ts';
import { ids } from './audit-ids.ts';
import { type AuditFilter, writeFilter } from './audit-query.ts';
import { entryRows } from './entry-views.ts';
import type { ShownEntry } from './shown-entry.ts';

/** Blocks of a message (docs.slack.dev: blocks), less title, filter and buttons. */
const MOST_ROW_BLOCKS = 50 - 3;

export interface TrailPage {
  readonly filter: AuditFilter;
  readonly entries: readonly ShownEntry[];
  readonly hasOlder: boolean;
}

/** A page of the trail, newest first. */
export function trailMessage({ filter, entries: all, hasOlder: goesOn }: TrailPage): Message {
  const entries = fitting(all);
  const hasOlder = goesOn || entries.length < all.length;
  const oldest = entries.at(-1);
  if (oldest === undefined) return nothingMessage(filter);
  const narrowed = filterText(filter);
  return {
    text: `The latest changes${narrowed}`,
    blocks: [
      header('Changes, newest first'),
      ...(narrowed === '' ? [] : [section(`Changes${narrowed}`)]),
      ...entries.flatMap(entryRows).flat(),
      actions(
        hasOlder ? pageButton('Older', { ...filter, beforeSeq: oldest.seq }) : undefined,
        filter.beforeSeq === undefined
          ? undefined
          : pageButton('Newest', { ...filter, beforeSeq: undefined }),
        button({
          text: 'Export CSV',
          actionId: ids.export,
          value: writeFilter({ ...filter, beforeSeq: undefined }),
        }),
      ),
    ],
  };
}

/** As many of the entries as fit: some are several rows. */
function fitting(entries: readonly ShownEntry[]): readonly ShownEntry[] {
  let blocks = 0;
  return entries.filter((entry) => {
    blocks += entryRows(entry).flat().length;
    return blocks <= MOST_ROW_BLOCKS;
  });
}

const pageButton = (text: string, filter: AuditFilter) =>
  button({ text, actionId: `${ids.page}/${text.toLowerCase()}`, value: writeFilter(filter) });

/** Nothing fits: said so, with what was looked for. */
export function nothingMessage(filter: AuditFilter): Message {
  const narrowed = filterText(filter);
  const text = narrowed === '' ? 'No changes yet.' : `No changes${narrowed}.`;
  return { text, blocks: [section(text)] };
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
