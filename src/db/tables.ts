import type { Generated, Kysely, Selectable } from 'kysely';

/** Moments are integers, milliseconds since 1970 UTC; structured values are JSON text: alike on both databases. */
export interface Tables {
  change: ChangeTable;
  card: CardTable;
  audit: AuditTable;
  lease: LeaseTable;
}

export type Db = Kysely<Tables>;
export type ChangeRow = Selectable<ChangeTable>;
export type CardRow = Selectable<CardTable>;
export type AuditRow = Selectable<AuditTable>;

export interface ChangeTable {
  id: string;
  kind: string;
  origin: string;
  state: string;
  /** Counts every stored alteration: the precondition of a transition, and what cards compare with. */
  revision: number;
  /** JSON: the ordered steps. */
  steps: string;
  /** The same for identical requests; unique among pending ones. */
  twin_key: string;
  /** JSON: seats as shown when it was asked for. */
  snapshot: string;
  reason: string;
  requester_id: string;
  requester_email: string | null;
  decided_by: string | null;
  decided_at: number | null;
  decision_reason: string | null;
  created_at: number;
  expires_at: number | null;
  not_before: number | null;
  attempts: number;
  lease_owner: string | null;
  lease_until: number | null;
  /** 1 while an activation of it may take a seat that the platform's list does not show yet. */
  seat_reserved: number;
  applied_at: number | null;
  /** JSON: why it failed or came to nothing. */
  failure: string | null;
  /** JSON: the passing fault of the latest try. */
  last_fault: string | null;
  duration_ms: number | null;
  notice_at: number | null;
  parent_id: string | null;
}

/** A message of ours that follows a change: posted once, then updated. */
export interface CardTable {
  change_id: string;
  /** `approvals` or `dm:U…`. */
  place: string;
  /** What to post to: a channel's id, or a person's for a DM. */
  destination: string;
  /** Where Slack put it; null until posted. */
  channel: string | null;
  ts: string | null;
  /** The revision of the change that the message agrees with. */
  shown_revision: number;
  /** A digest of what the message shows; null until posted. */
  shown: string | null;
  /** The last audit entry told in its thread. */
  told_seq: number;
  /** 1 when it cannot be reached any more: deleted, archived, person left. */
  gone: number;
  attempts: number;
  not_before: number;
}

/** The trail: a row for each transition and for each change seen from outside; never altered. */
export interface AuditTable {
  seq: Generated<number>;
  at: number;
  change_id: string | null;
  event: string;
  /** Slack id, `system` or `outside`. */
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

/** A named lock with an end, so that it frees itself when its owner dies. */
export interface LeaseTable {
  name: string;
  owner: string;
  until: number;
}
