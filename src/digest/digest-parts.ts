import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Db } from '../db/tables.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { AccountFault, PendingRequest } from './digest.ts';
import type { Schedule } from './slots.ts';

/** What digests are made of. */
export interface DigestParts extends Schedule {
  readonly db: Db;
  /** Without repetitions of its own: the next pass is the repetition. */
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
  /** Where digests are posted. */
  readonly channel: string;
  /** Whether to post on schedule when there is nothing new to say. */
  readonly whenUnchanged: boolean;
  readonly idleDays: number;
  readonly rules: LicenseRules;
  readonly listUsers: () => Promise<readonly WallarooUser[]>;
  /** Whom a change may deactivate, among these users. */
  readonly mayBeDeactivated: (users: readonly WallarooUser[]) => Promise<(user: WallarooUser) => boolean>;
  /** Oldest first. */
  readonly pendingRequests: () => Promise<readonly PendingRequest[]>;
  /** Active accounts that cannot work. */
  readonly accountFaults: (users: readonly WallarooUser[]) => readonly AccountFault[];
  /** Where the Keycloak console answers, without `/auth`. */
  readonly authUrl: string;
}
