import type { WallarooUser, WorkspaceMembership } from './user.ts';

/** What a write of `enabled` did, from the readings before and after it. */
export interface EnabledWrite {
  readonly before: WallarooUser;
  readonly after: WallarooUser;
}

/** The account that the bot works with, from its own access token (contract §3.5). */
export interface BotAccount {
  readonly userId: string;
  readonly username: string;
  /** Realm roles: `admin` makes a platform administrator (contract §2.5). */
  readonly realmRoles: readonly string[];
  /** What it may do with users: its roles of the client `master-realm`, e.g. `manage-users`. */
  readonly managementRoles: readonly string[];
}

/** Awaited right before a write goes out, after all reading: where it rejects, nothing is written, and the call rejects with the same. */
export type AtWrite = () => Promise<void>;

/**
 * The Wallaroo instance. Every call has a time limit and rejects with a `WallarooError` only:
 * `WallarooRefused` (it said no), `WallarooUnreachable` (could not ask), `WallarooUnreadable`
 * (reply not understood).
 */
export interface WallarooClient {
  /**
   * All users, sorted by username, with last sign-in and realm roles. Answers may be a few seconds old
   * and are shared by concurrent callers; `fresh` asks the platform again, after any listing under way. Rejects with
   * `partial_list` when what the platform sends cannot be whole, and with `list_cut` when it may end early and the
   * bot's account may not read the rest, unless `evenIfCut` says that a part is good enough: never to count by.
   */
  listUsers(options?: {
    readonly fresh?: boolean;
    readonly evenIfCut?: boolean;
  }): Promise<readonly WallarooUser[]>;
  /** The one user with exactly this email, ignoring case; never a partial match (contract §4.2). Rejects with code `ambiguous_email` if several share it. */
  findUserByEmail(email: string): Promise<WallarooUser | undefined>;
  /** The user as the platform has it now, past every cache; without last sign-in and realm roles. */
  getUser(id: string): Promise<WallarooUser | undefined>;
  /**
   * Sets `enabled` and nothing else, then reads back (contract §4.5). Writes nothing when it is so
   * already. Never repeats a write: on an ambiguous failure it reads back, and rejects only if the
   * state is not the wanted one or cannot be read (code `outcome_unknown`). Through the platform's API also
   * with `no_email` or `ambiguous_email`, before anything is written.
   */
  setUserEnabled(id: string, enabled: boolean, atWrite?: AtWrite): Promise<EnabledWrite>;
  /**
   * Invites a new user (contract §5.2); the echoed initial password is dropped before this resolves. Rejects
   * with `conflict` if the email is taken; the words of a 403 decide between `license_full`, `missing_permission`,
   * `user_management_unsupported` and, where they say none of these, `unexplained_refusal`.
   */
  inviteUser(email: string, atWrite?: AtWrite): Promise<{ readonly id: string }>;
  /** Not archived workspaces of which the user is a member, by name. */
  workspacesOf(userId: string): Promise<readonly WorkspaceMembership[]>;
  /**
   * Whether the user is a platform administrator (contract §2.5), also through a group, as Keycloak has it now;
   * `undefined` where it does not tell the bot's account.
   */
  isPlatformAdministrator(id: string): Promise<boolean | undefined>;
  account(): Promise<BotAccount>;
}
