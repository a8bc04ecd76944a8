import type { OwnMembership, WallarooUser, WorkspaceRole } from './user.ts';
import type { Workspace } from './workspace.ts';

/** What a write of `enabled` did, from the readings before and after it. */
export interface EnabledWrite {
  readonly before: WallarooUser;
  readonly after: WallarooUser;
}

/** What a write of a membership did, from the readings of its workspace before and after it. */
export interface MembershipWrite {
  readonly before: Workspace;
  readonly after: Workspace;
}

/** How an account should be (contract §2.2, §7.4). */
export interface AccountFix {
  /** `undefined`: none, as before a fix that is undone. */
  readonly email: string | undefined;
  /** Written only where the realm lets usernames be edited; `undefined` leaves it as it is. */
  readonly username: string | undefined;
  /** Confirming also drops the pending action `VERIFY_EMAIL`, unless it is wanted. */
  readonly emailVerified: boolean;
  /** Whether `VERIFY_EMAIL` is to be pending, as before a fix that is undone; a realm may know no such action. @default as `emailVerified` leaves it */
  readonly asksToVerify?: boolean | undefined;
}

/** What a fix did, from the readings of the user before and after it: a username that the realm keeps is in `after` as before. */
export interface AccountWrite {
  readonly before: WallarooUser;
  readonly after: WallarooUser;
}

/** An account made in Keycloak, and what became of the mail with which its owner sets a password. */
export type CreatedAccount = { readonly id: string } & (
  | { readonly mailSent: true }
  | {
      readonly mailSent: false;
      /** `no_mail_server`: the realm has none. `not_sent`: Keycloak could not send it. `unknown`: it did not say. */
      readonly why: 'no_mail_server' | 'not_sent' | 'unknown';
      /** For an administrator: why, and what to do now. */
      readonly reason: string;
    }
);

/** The account that the bot works with, from its own access token (contract §3.5). */
export interface BotAccount {
  readonly userId: string;
  readonly username: string;
  /** Realm roles: `admin` makes a platform administrator (contract §2.5). */
  readonly realmRoles: readonly string[];
  /** What it may do with users: its roles of the client `master-realm`, e.g. `manage-users`. */
  readonly managementRoles: readonly string[];
  /** For whom GraphQL takes it: `admin_user`, who sees everybody's workspaces, or `user`; `undefined` where the token does not say. */
  readonly hasuraRole: string | undefined;
}

/** All users as they were at a moment. */
export interface KnownList {
  readonly users: readonly WallarooUser[];
  readonly asOf: Date;
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
  /** The last whole list that the platform told, however old: for reading only, while it tells no newer one. */
  lastUsers(): KnownList | undefined;
  /** Another process has changed users: no list that was begun before this call is given to anybody who asks after. */
  forgetUsers(): void;
  /** The one user with exactly this email, ignoring case; never a partial match (contract §4.2). Rejects with code `ambiguous_email` if several share it. */
  findUserByEmail(email: string): Promise<WallarooUser | undefined>;
  /** The user as the platform has it now, past every cache; without last sign-in and realm roles. */
  getUser(id: string): Promise<WallarooUser | undefined>;
  /** Those of these users whom the platform has now. Last sign-in and realm roles may be missing. */
  usersNow(ids: readonly string[]): Promise<readonly WallarooUser[]>;
  /**
   * Sets `enabled` and nothing else, then reads back (contract §4.5). Writes nothing when it is so
   * already. Never repeats a write that may have been done: on an ambiguous failure it reads back, and rejects
   * only if the state is not the wanted one or cannot be read (code `outcome_unknown`). Through the platform's API also
   * with `no_email` or `ambiguous_email`, before anything is written.
   */
  setUserEnabled(id: string, enabled: boolean, atWrite?: AtWrite): Promise<EnabledWrite>;
  /**
   * Invites a new user (contract §5.2); the echoed initial password is dropped before this resolves. Rejects
   * with `conflict` if the email is taken; the words of a 403 decide between `license_full`, `missing_permission`,
   * `user_management_unsupported` and, where they say none of these, `unexplained_refusal`.
   */
  inviteUser(email: string, atWrite?: AtWrite): Promise<{ readonly id: string }>;
  /**
   * Makes the account in Keycloak (contract §4.6, §13) and has Keycloak mail its owner to set a password and confirm
   * the email: the way where `inviteUser` rejects with `user_management_unsupported`. Sets no password. Rejects with
   * `conflict` if an account has this email or username; once the account is there, resolves whatever becomes of the
   * mail. A lost answer is found by email.
   */
  inviteInKeycloak(email: string, atWrite?: AtWrite): Promise<CreatedAccount>;
  /**
   * Sets email, username and confirmation, and nothing else (contract §4.5): the whole record goes back to Keycloak, and
   * is read back as by `setUserEnabled`. Writes nothing when it is so already. Rejects, before anything is written, with
   * `conflict` if another user goes by that email or username, with `read_only_user` for a user of a directory, and with
   * `kept_account` for the built-in `admin` and the bot's own account.
   */
  fixAccount(id: string, fix: AccountFix, atWrite?: AtWrite): Promise<AccountWrite>;
  /** Whether the realm lets usernames be edited; `undefined` where Keycloak does not tell the bot's account. */
  mayEditUsernames(): Promise<boolean | undefined>;
  /**
   * Ends all sessions of the user in Keycloak (contract §13): in browsers, and refresh tokens. Harmless to repeat. An access
   * token already issued goes on working where nobody asks Keycloak, for at most `accessTokenLifeMs`. Rejects with
   * `not_found` or `missing_permission` (it takes the role `manage-users`, whatever `WALLAROO_USERS_VIA`).
   */
  endSessions(id: string, atWrite?: AtWrite): Promise<void>;
  /**
   * The longest life, in milliseconds, of an access token that any client of the realm gets, from the settings of realm
   * and clients; `undefined` where Keycloak does not say to the bot's account (roles `view-realm`, `view-clients`).
   */
  accessTokenLifeMs(): Promise<number | undefined>;
  /**
   * Workspaces that the bot's account sees, with all their members, by name and then id; names may repeat. Archived and
   * default ones are among them, and marked. Who of the members is active may be five seconds old. `memberId`: only those of
   * which this user is a member. `recent`: all, as they were within the last five seconds, for menus, which ask at every keystroke.
   */
  workspaces(
    options?: { readonly memberId?: string } | { readonly memberId?: undefined; readonly recent: true },
  ): Promise<readonly Workspace[]>;
  /** The workspace as the platform has it now; `undefined` where there is none or the bot's account does not see it. */
  workspace(id: number): Promise<Workspace | undefined>;
  /**
   * Makes the user OWNER or COLLABORATOR of the workspace, or no member (`undefined`), then reads the workspace back; members
   * are named by id alone where the platform lets it. Writes nothing when it is so already. A platform that does not change
   * the role of a member who is added again gets a removal and an addition, and the removal is taken back if the addition fails.
   * `atWrite` is awaited before each request that writes. Looks at no rule: last owners, default and archived workspaces are
   * the caller's business. On an ambiguous failure it reads back, and rejects only if the state is not the wanted one or cannot
   * be read (`outcome_unknown`). Rejects also with `unknown_workspace`, `not_found` (no such user, before anything is
   * written), `last_owner` (the platform keeps the only OWNER), `membership_lost` (taken out, and not let in again),
   * `wrong_member_changed` (the platform took another user for this one).
   */
  setMembership(
    workspaceId: number,
    userId: string,
    role: WorkspaceRole | undefined,
    atWrite?: AtWrite,
  ): Promise<MembershipWrite>;
  /** Not archived workspaces of which the user is a member, by name. */
  workspacesOf(userId: string): Promise<readonly OwnMembership[]>;
  /**
   * Whether the user is a platform administrator (contract §2.5), also through a group, as Keycloak has it now;
   * `undefined` where Keycloak does not say so to the bot's account.
   */
  isPlatformAdministrator(id: string): Promise<boolean | undefined>;
  /** What the instance calls itself (contract §13); `undefined` where it does not say. */
  instanceName(): Promise<string | undefined>;
  account(): Promise<BotAccount>;
}
