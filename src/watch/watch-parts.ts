import type { Logger } from 'pino';
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
  /** The bot's own writes that were settled since then, and those not settled yet. */
  readonly ownWrites: (since: Date) => Promise<readonly OwnWrite[]>;
}
