import type { Button, KnownBlock } from '@slack/types';
import type { IdleSince } from '../license/idle.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { Verdict } from '../slack/actor.ts';
import type { FirstRows, Rows } from '../slack/rows.ts';
import type { WallarooUser } from '../wallaroo/user.ts';

/** Where the facts of Home come from. */
export interface HomeSources {
  readonly rules: LicenseRules;
  readonly listUsers: () => Promise<readonly WallarooUser[]>;
  /** Since when a user has given no sign of life. */
  readonly idleSince: () => Promise<IdleSince>;
  /**
   * For several viewers, for whom the requests are read once: pending ones with their buttons, oldest first; all of them, or
   * a member's own and those that they decide.
   */
  readonly pendingRows: () => (viewer: {
    readonly personKeys: readonly string[];
    readonly administrator: boolean;
  }) => Promise<FirstRows>;
  /** Reads the workspaces; resolves to what somebody sees of their own. */
  readonly workspaceBlocks: () => Promise<(viewer: Verdict) => Promise<readonly KnownBlock[]>>;
  /** The viewer's own user, with what they can do about it. */
  readonly ownBlocks: (
    viewer: Pick<Verdict, 'email' | 'role' | 'personKeys'>,
  ) => Promise<readonly KnownBlock[]>;
  /** Some of the users, in this order, each with a menu. `email` is of who looks. */
  readonly holderRows: (
    users: readonly WallarooUser[],
    holders: readonly WallarooUser[],
    email: string | undefined,
  ) => Promise<Rows>;
  /** What one may press to start, by role. */
  readonly buttons: (administrator: boolean) => readonly Button[];
  /** Suggestions for idle users, idle longest first: how many there are, and at most so many of them drawn. */
  readonly idleRows: (now: Date, most: number) => Promise<FirstRows>;
  /** The latest changes, newest first. */
  readonly recentRows: () => Promise<Rows>;
}
