import type { Selectable } from 'kysely';
import type { PostColumns } from './post-columns.ts';

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

export type DigestRunRow = Selectable<DigestRunTable>;
