import type { AuditEntry } from '../../db/audit-trail.ts';
import type { UserNews } from '../../db/user-news.ts';
import type { Change } from '../change.ts';
import type { ChangeEvent } from '../change-event.ts';
import { keptNews } from '../user-news.ts';
import { entryOf, outcomeEntry } from './change-audit.ts';

/** What a person does to a change. */
export type PersonsEvent = ChangeEvent & { readonly by: string };

/** What is told of what a person did to a change, which is `change` after it: in the trail, and to whose access it is. */
export function decisionTold(
  change: Change,
  event: PersonsEvent,
  { now, notifyUsers = false }: { readonly now: () => Date; readonly notifyUsers?: boolean | undefined },
): { readonly entry: AuditEntry | undefined; readonly news: readonly UserNews[] } {
  const isKept = event.type === 'drop' && notifyUsers;
  return { entry: decisionEntry(change, event, now()), news: isKept ? keptNews(change, now()) : [] };
}

/** The entry of the trail for what a person did to a change, which is `change` after it. */
function decisionEntry(change: Change, event: PersonsEvent, now: Date): AuditEntry | undefined {
  switch (event.type) {
    case 'approve':
      return entryOf(change, 'approved', event.by, now, 'Approved.');
    case 'amend':
      return entryOf(change, 'amended', event.by, now, 'Changed the request.');
    case 'try_again':
      return entryOf(change, 'retried', event.by, now, 'Tried again.');
    case 'deny':
    case 'cancel':
    case 'drop':
      return { ...outcomeEntry(change, now), actor: event.by };
    default:
      return undefined;
  }
}
