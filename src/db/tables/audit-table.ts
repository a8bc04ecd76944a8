import type { Generated, Selectable } from 'kysely';

/** The trail: a row for each transition and for each change seen from outside; never altered. */
export interface AuditTable {
  seq: Generated<number>;
  at: number;
  changeId: string | null;
  event: string;
  /** Slack id, an actor such as `cli:ann@host`, `system` or `outside`. */
  actor: string;
  /** Slack id of who asked for the change. */
  requester: string | null;
  /** JSON: the users concerned. */
  subjects: string;
  reason: string;
  before: string | null;
  after: string | null;
  outcome: string;
  /** Makes an entry exist once. */
  once: string;
}

export type AuditRow = Selectable<AuditTable>;
