import { actions, button, header, type Message, section } from '../slack/blocks.ts';
import { code, dateTime, mention } from '../slack/mrkdwn.ts';
import { ids } from './audit-ids.ts';
import { type AuditFilter, writeFilter } from './audit-query.ts';
import { entryRow } from './entry-views.ts';
import type { ShownEntry } from './shown-entry.ts';

export interface TrailPage {
  readonly filter: AuditFilter;
  readonly entries: readonly ShownEntry[];
  readonly hasOlder: boolean;
}

/** A page of the trail, newest first. */
export function trailMessage({ filter, entries, hasOlder }: TrailPage): Message {
  const oldest = entries.at(-1);
  if (oldest === undefined) return nothingMessage(filter);
  const narrowed = filterText(filter);
  return {
    text: `The latest changes${narrowed}`,
    blocks: [
      header('Changes, newest first'),
      ...(narrowed === '' ? [] : [section(`Changes${narrowed}`)]),
      ...entries.flatMap(entryRow),
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
