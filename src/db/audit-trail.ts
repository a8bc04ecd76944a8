import type { Db } from './tables.ts';

/** Who did something when nobody in Slack did. */
export const SYSTEM = 'system';
export const OUTSIDE = 'outside';

/** The events of the trail: the last five end a change. */
export type AuditEvent =
  | 'requested'
  | 'approved'
  | 'amended'
  | 'reminded'
  | 'postponed'
  | 'retried'
  | 'extended'
  | 'snoozed'
  | 'observed'
  | 'applied'
  | 'failed'
  | 'denied'
  | 'expired'
  | 'cancelled';

/** Events that end a change, or stand for one that others made. */
export const OUTCOMES: readonly AuditEvent[] = [
  'applied',
  'failed',
  'denied',
  'expired',
  'cancelled',
  'observed',
];

export interface AuditSubject {
  readonly userId: string | undefined;
  /** Email or username at that time. */
  readonly label: string;
  /** Why nothing became of it for this one, where the change was done for others. */
  readonly failed?: string | undefined;
  /** `active`, `inactive`, … of this one, where the entry concerns several. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** What was done for this one, where that is not the same for all. */
  readonly outcome?: string | undefined;
}

export interface AuditEntry {
  readonly at: Date;
  readonly changeId: string | undefined;
  readonly event: AuditEvent;
  /** Who did it: a Slack id, an actor such as `cli:ann@host`, `system` or `outside`. */
  readonly actor: string;
  /** Who asked: a Slack id, or an actor such as `cli:ann@host`. */
  readonly requester: string | undefined;
  readonly subjects: readonly AuditSubject[];
  readonly reason: string;
  /** `active`, `inactive`, … of each subject, in order. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** One sentence. */
  readonly outcome: string;
  /** Of entries with the same text here only the first is kept. */
  readonly once: string;
}

/** Entries in one statement: a database takes some thousand values at a time, and making it must not keep others waiting. */
const AT_A_TIME = 200;

/** Adds to the trail, in the transaction of what it records. */
export const appendAudit = (db: Db, entry: AuditEntry): Promise<void> => appendAll(db, [entry]);

/** Adds any number of entries, in order, and calls `alive` after each statement. */
export async function appendAll(
  db: Db,
  entries: readonly AuditEntry[],
  alive: () => void = () => undefined,
): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_A_TIME) {
    await appendSome(db, entries.slice(from, from + AT_A_TIME));
    alive();
  }
}

async function appendSome(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  await db
    .insertInto('audit')
    .values(
      entries.map((entry) => ({
        at: entry.at.getTime(),
        changeId: entry.changeId ?? null,
        event: entry.event,
        actor: entry.actor,
        requester: entry.requester ?? null,
        subjects: JSON.stringify(entry.subjects),
        reason: entry.reason,
        before: entry.before ?? null,
        after: entry.after ?? null,
        outcome: entry.outcome,
        once: entry.once,
      })),
    )
    .onConflict((conflict) => conflict.column('once').doNothing())
    .execute();
}
