import type { Db } from '../db/tables.ts';
import type { TimedEnds } from '../license/active-until.ts';
import type { IdleSince } from '../license/idle.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { PostParts } from '../posts/keep-posts.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Work } from '../work.ts';
import type { AccountFault, Ownerless, PendingRequest } from './digest.ts';
import type { Schedule } from './slots.ts';

/** What posted digests are made of. */
export interface DigestParts extends DigestSources, Schedule, PostParts {
  /** Where digests are posted. */
  readonly channel: string;
  /** Whether to post on schedule when there is nothing new to say. */
  readonly whenUnchanged: boolean;
}

/** From what a digest is computed. */
export interface DigestSources {
  readonly db: Db;
  readonly now: () => Date;
  readonly idleDays: number;
  readonly rules: LicenseRules;
  readonly listUsers: () => Promise<readonly WallarooUser[]>;
  /** Whom a change may deactivate, among these users. */
  readonly mayBeDeactivated: (users: readonly WallarooUser[]) => Promise<(user: WallarooUser) => boolean>;
  /** Since when a user has given no sign of life; `undefined` where nobody knows. */
  readonly idleSince: () => Promise<IdleSince>;
  /** When timed activations end, by the id of the user. */
  readonly activeUntil: () => Promise<TimedEnds>;
  /** Oldest first. */
  readonly pendingRequests: () => Promise<readonly PendingRequest[]>;
  /** Active accounts whose uploads may fail. */
  readonly accountFaults: (users: readonly WallarooUser[]) => Work<readonly AccountFault[]>;
  /** Workspaces without an active owner; `undefined` where Wallaroo does not tell. */
  readonly ownerless: () => Promise<Ownerless | undefined>;
  /** Where the Keycloak console answers, without `/auth`. */
  readonly authUrl: string;
}
