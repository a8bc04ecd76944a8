import type { AuditEntry } from '../../db/audit-trail.ts';
import type { Change } from '../change.ts';
import type { ChangeEvent } from '../change-event.ts';
import { entryOf, outcomeEntry } from './change-audit.ts';

/** What a person does to a change. */
export type PersonsEvent = ChangeEvent & { readonly by: string };

/** The entry of the trail for what a person did to a change, which is `change` after it. */
export function decisionEntry(change: Change, event: PersonsEvent, now: Date): AuditEntry | undefined {
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
