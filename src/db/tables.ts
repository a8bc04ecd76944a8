import type { Generated, Kysely, Selectable } from 'kysely';

/** Moments are integers, milliseconds since 1970 UTC; structured values are JSON text: alike on both databases. */
export interface Tables {
  change: ChangeTable;
  card: CardTable;
  audit: AuditTable;
  lease: LeaseTable;
  scheduleStart: ScheduleStartTable;
  digestRun: DigestRunTable;
  snooze: SnoozeTable;
  watch: WatchTable;
  licenseWarning: LicenseWarningTable;
  homeViewer: HomeViewerTable;
  /** Named as long ago: older versions of the bot may run beside this one. */
  instance: ReplicaTable;
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
  twinKey: string;
  /** JSON: seats as shown when it was asked for. */
  snapshot: string;
  reason: string;
  requesterId: string;
  requesterEmail: string | null;
  decidedBy: string | null;
  decidedAt: number | null;
  decisionReason: string | null;
  createdAt: number;
  expiresAt: number | null;
  notBefore: number | null;
  attempts: number;
  leaseOwner: string | null;
  leaseUntil: number | null;
  /** 1 while an activation of it may take a seat that the platform's list does not show yet. */
  seatReserved: number;
  appliedAt: number | null;
  /** JSON: why it failed or came to nothing. */
  failure: string | null;
  /** JSON: the passing fault of the latest try. */
  lastFault: string | null;
  durationMs: number | null;
  noticeAt: number | null;
  parentId: string | null;
  /** 1 once another change has undone it. */
  undone: number;
}

/** What a row is claimed by, so that one process at a time works on it. */
interface ClaimColumns {
  /** Names the claim in force; null where nobody has the row. */
  claim: string | null;
  /** Claims since the last success. */
  attempts: number;
  /** When it is due again; until then a claim holds, and so does a wait after a failure. */
  notBefore: number;
}

/** A message of ours that is kept true to something: posted once, then updated. */
interface PostColumns extends ClaimColumns {
  /** Where Slack put it; null until posted. */
  ts: string | null;
  /** The revision of its subject that the message agrees with; -1 until posted. */
  shownRevision: number;
  /** A digest of what the message shows; null: unknown. */
  shown: string | null;
  /** 1 when it cannot be reached any more: deleted, archived, person left. */
  gone: number;
}

/** A message that follows a change. */
export interface CardTable extends PostColumns {
  changeId: string;
  /** `approvals` or `dm:U…`. */
  place: string;
  /** What to post to: a channel's id, or a person's for a DM. */
  destination: string;
  /** Null until posted. */
  channel: string | null;
  /** The last audit entry told in its thread. */
  toldSeq: number;
}

/** The trail: a row for each transition and for each change seen from outside; never altered. */
export interface AuditTable {
  seq: Generated<number>;
  at: number;
  changeId: string | null;
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
export interface DigestRunTable extends PostColumns {
  /** `scheduled` or `asked`. */
  kind: string;
  channel: string;
  /** The scheduled moment, or when it was asked for. */
  slot: number;
  windowFrom: number;
  windowTo: number;
  /** What the digest says, as a hash: to tell whether the next one says the same. */
  essence: string | null;
  /** 1 once it is posted, or was left out because there was nothing to say. */
  done: number;
  /** Counts what it is to be drawn again for. */
  revision: number;
}

/** An idle user whom an administrator keeps: not suggested until then. */
export interface SnoozeTable {
  userId: string;
  /** Slack id. */
  keptBy: string;
  keptAt: number;
  until: number;
}

/** The instance as it was seen last. */
export interface WatchTable {
  name: string;
  /** Counts the looks: the precondition of storing one. */
  revision: number;
  /** When the list of users seen last began to be read. */
  lookedAt: number;
  /** When somebody should look again. */
  nextLookAt: number;
  /** How far the license was taken: `free`, `near`, `full` or `over`. */
  level: string;
  /** JSON: `[id, active, label]` of each user. */
  users: string;
}

/** A warning in the license channel: posted once, then rewritten as seats are taken and come free. */
export interface LicenseWarningTable extends PostColumns {
  /** The look that saw the rise. */
  id: number;
  channel: string;
  raisedAt: number;
  /** The level that the count rose to. */
  level: string;
  /** JSON: the meter as it is to be shown. */
  meter: string;
  /** `live`, `cleared` (seats came free) or `superseded` (a later warning is posted). */
  state: string;
  changedAt: number;
  revision: number;
}

/** Somebody who opened App Home: published when they ask for it, and when a change concerns them. */
export interface HomeViewerTable extends ClaimColumns {
  /** Slack id. */
  userId: string;
  /** As Slack's payload named it. */
  teamId: string | null;
  /** 1 if they were an administrator when their Home was drawn last: then every change concerns them. */
  administrator: number;
  openedAt: number;
  /** Counts openings and presses of `Refresh`, and those that were answered. */
  asked: number;
  answered: number;
  /** The last audit entry that is surely in what they see. */
  seenSeq: number;
  /** When it was last compared with what it should show. */
  lookedAt: number;
  /** A digest of what it shows; null until published. */
  shown: string | null;
  /** Slack's own mark of what is published. */
  hash: string | null;
  /** Always 0: versions before 1.0 look at it. It can go when none of them runs beside this one any more. */
  claimedUntil: number;
}

/** A process of the bot that uses this database. */
export interface ReplicaTable {
  id: string;
  /** Within which `pid` means something. */
  machine: string;
  pid: number;
  seenAt: number;
}
