import type { Generated, Kysely, Selectable } from 'kysely';

/** Moments are integers, milliseconds since 1970 UTC; structured values are JSON text: alike on both databases. */
export interface Tables {
  change: ChangeTable;
  card: CardTable;
  audit: AuditTable;
  lease: LeaseTable;
  schedule_start: ScheduleStartTable;
  digest_run: DigestRunTable;
  snooze: SnoozeTable;
  watch: WatchTable;
  license_warning: LicenseWarningTable;
  home_viewer: HomeViewerTable;
  instance: InstanceTable;
}

export type Db = Kysely<Tables>;
export type ChangeRow = Selectable<ChangeTable>;
export type CardRow = Selectable<CardTable>;
export type AuditRow = Selectable<AuditTable>;
export type DigestRunRow = Selectable<DigestRunTable>;
export type LicenseWarningRow = Selectable<LicenseWarningTable>;
export type HomeViewerRow = Selectable<HomeViewerTable>;

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
  /** 1 once another change has undone it. */
  undone: number;
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

/** Since when the bot knows a schedule: earlier slots are not caught up. */
export interface ScheduleStartTable {
  /** Channel, cron expression and time zone together. */
  name: string;
  at: number;
}

/** One digest: claimed by the key, then posted. */
export interface DigestRunTable {
  /** `scheduled` or `asked`. */
  kind: string;
  channel: string;
  /** The scheduled moment, or when it was asked for. */
  slot: number;
  window_from: number;
  window_to: number;
  /** What the digest says, as a hash: to tell whether the next one says the same. */
  essence: string | null;
  /** Null until posted, and for ever where there was nothing to say. */
  ts: string | null;
  /** 1 once it is posted, or was left out because there was nothing to say. */
  done: number;
  /** Counts what it is to be drawn anew for. */
  revision: number;
  /** The revision that the message agrees with. */
  shown_revision: number;
  attempts: number;
  not_before: number;
}

/** An idle user whom an administrator keeps: not suggested until then. */
export interface SnoozeTable {
  user_id: string;
  /** Slack id. */
  kept_by: string;
  kept_at: number;
  until: number;
}

/** The instance as it was seen last. */
export interface WatchTable {
  name: string;
  /** Counts the looks: the precondition of storing one. */
  revision: number;
  /** When the list of users seen last began to be read. */
  looked_at: number;
  /** When somebody should look again. */
  next_look_at: number;
  /** How far the license was taken: `free`, `near`, `full` or `over`. */
  level: string;
  /** JSON: `[id, active, label]` of each user. */
  users: string;
}

/** A warning in the license channel: posted once, then rewritten as seats are taken and come free. */
export interface LicenseWarningTable {
  /** The look that saw the rise. */
  id: number;
  channel: string;
  raised_at: number;
  /** The level that the count rose to. */
  level: string;
  /** JSON: the meter as it is to be shown. */
  meter: string;
  /** `live`, `cleared` (seats came free) or `superseded` (a later warning is posted). */
  state: string;
  changed_at: number;
  revision: number;
  /** The revision that the message agrees with; -1 until posted. */
  shown_revision: number;
  ts: string | null;
  attempts: number;
  not_before: number;
}

/** Somebody who opened App Home: published when they ask for it, and when a change concerns them. */
export interface HomeViewerTable {
  /** Slack id. */
  user_id: string;
  /** As Slack's payload named it. */
  team_id: string | null;
  /** 1 if they were an administrator when their Home was drawn last: then every change concerns them. */
  administrator: number;
  opened_at: number;
  /** Counts openings and presses of `Refresh`, and those that were answered. */
  asked: number;
  answered: number;
  /** The last audit entry that is surely in what they see. */
  seen_seq: number;
  /** When it was last compared with what it should show. */
  looked_at: number;
  /** A digest of what it shows; null until published. */
  shown: string | null;
  /** Slack's own mark of what is published. */
  hash: string | null;
  attempts: number;
  not_before: number;
  /** Until then one process has it to itself. */
  claimed_until: number;
}

/** A process of the bot that uses this database. */
export interface InstanceTable {
  id: string;
  /** Within which `pid` means something. */
  machine: string;
  pid: number;
  seen_at: number;
}
