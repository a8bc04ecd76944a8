import type { Logger } from 'pino';
import type { RecordMark } from '../db/record-mark.ts';
import type { Db } from '../db/tables.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { OwnWrite } from './outside-changes.ts';

export interface WatchParts {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => Date;
  /** For pauses, which a changed clock must not make longer, ms. */
  readonly monotonicMs: () => number;
  /** Where warnings are posted. */
  readonly channel: string;
  /** How often to look, ms; 0: only after the bot's own changes. */
  readonly intervalMs: number;
  readonly rules: LicenseRules;
  /** All users, from a list that begins to be read after the call. */
  readonly listUsersFresh: () => Promise<readonly WallarooUser[]>;
  /** One user as the platform has them now; `undefined`: there is none of this id. */
  readonly getUser: (id: string) => Promise<WallarooUser | undefined>;
  /** How far the bot's own records are now. */
  readonly markRecords: () => Promise<RecordMark>;
  /** The bot's own writes that were settled after that point, and those not settled yet. */
  readonly ownWrites: (since: RecordMark) => Promise<readonly OwnWrite[]>;
}
