import type { Selectable } from 'kysely';
import type { PostColumns } from './post-columns.ts';

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
  /** JSON: how far the bot's own records were before that list began to be read, of which look, and the seats that it showed as taken. */
  mark: string | null;
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

export type LicenseWarningRow = Selectable<LicenseWarningTable>;
