import { sql } from 'kysely';
import * as z from 'zod';
import { type AuditEntry, type AuditEvent, type AuditSubject, OUTCOMES } from './audit-trail.ts';
import { concerns, type Looked, wantedOf } from './looks-for.ts';
import type { AuditRow } from './tables/audit-table.ts';
import type { Db } from './tables.ts';

/** An entry with its place in the trail: the larger `seq`, the newer. */
export type StoredAudit = AuditEntry & { readonly seq: number };

/** Which entries; what is left out does not narrow. */
export interface AuditQuery extends Looked {
  /** From this moment on. */
  readonly since?: Date | undefined;
  /** Before this moment. */
  readonly until?: Date | undefined;
  readonly events?: readonly AuditEvent[] | undefined;
  /** Only how changes ended, one entry for each: what was tried again tells how that went, not how it failed before. */
  readonly ends?: boolean | undefined;
  /** Older than the entry with this `seq`: the next page. */
  readonly beforeSeq?: number | undefined;
  readonly most: number;
}

/** The trail, newest first. */
export async function readAudit(db: Db, query: AuditQuery): Promise<readonly StoredAudit[]> {
  if (query.events?.length === 0) return [];
  const wanted = wantedOf(query.who);
  const found: StoredAudit[] = [];
  let beforeSeq = query.beforeSeq;
  while (true) {
    const rows = await selectRows(db, { ...query, beforeSeq }, wanted);
    const entries = rows.map(fromRow);
    found.push(...entries.filter((entry) => concerns(query, entry)));
    beforeSeq = entries.at(-1)?.seq;
    if (rows.length < query.most || found.length >= query.most) return found.slice(0, query.most);
  }
}

/** A superset of what `concerns` lets through: the names of subjects stand inside JSON text. */
function selectRows(db: Db, query: AuditQuery, wanted: readonly string[] | undefined): Promise<AuditRow[]> {
  const { since, until, events, ends, beforeSeq, most } = query;
  let rows = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(most);
  if (since !== undefined) rows = rows.where('at', '>=', since.getTime());
  if (until !== undefined) rows = rows.where('at', '<', until.getTime());
  if (events !== undefined) rows = rows.where('event', 'in', events);
  if (ends === true)
    rows = rows
      .where('event', 'in', OUTCOMES)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('audit as later')
              .select('later.seq')
              .whereRef('later.changeId', '=', 'audit.changeId')
              .whereRef('later.seq', '>', 'audit.seq')
              .where('later.event', '=', 'retried'),
          ),
        ),
      );
  if (beforeSeq !== undefined) rows = rows.where('seq', '<', beforeSeq);
  if (query.subject !== undefined) {
    const { userId, label } = query.subject;
    rows = rows.where((where) => where.or([named(userId.toLowerCase()), named(label.toLowerCase())]));
  }
  if (wanted !== undefined)
    rows = rows.where((where) =>
      where.or(
        wanted.flatMap((text) => [
          sql<boolean>`lower(actor) = ${text}`,
          sql<boolean>`lower(requester) = ${text}`,
          named(text),
        ]),
      ),
    );
  return rows.execute();
}

/** Whether a name or an id, in small letters, may stand among the subjects. */
const named = (text: string) => sql<boolean>`lower(subjects) like ${pattern(text)} escape '!'`;

/**
 * Wildcards are escaped. What JSON writes otherwise, and letters of which the databases have other lower cases than
 * we, stand for anything.
 */
const pattern = (text: string): string =>
  `%${text.replace(/[!%_]/g, '!$&').replace(/[^ -~]|["\\ki]/g, '%')}%`;

const subjectSchema = z.object({
  userId: z.string().optional(),
  label: z.string(),
  failed: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  outcome: z.string().optional(),
});
const subjectsSchema = z.array(subjectSchema);

const toSubject = ({ userId, label, ...more }: z.output<typeof subjectSchema>): AuditSubject => ({
  userId,
  label,
  ...more,
});

function fromRow(row: AuditRow): StoredAudit {
  return {
    seq: row.seq,
    at: new Date(row.at),
    changeId: row.changeId ?? undefined,
    event: row.event as AuditEvent,
    actor: row.actor,
    requester: row.requester ?? undefined,
    subjects: subjectsSchema.parse(JSON.parse(row.subjects)).map(toSubject),
    reason: row.reason,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    outcome: row.outcome,
    once: row.once,
  };
}
