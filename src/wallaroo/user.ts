/** When a user last signed in, as far as the platform tells (contract §5.1). */
export type LastSignIn =
  | { readonly kind: 'at'; readonly at: Date }
  /** The platform keeps the date and has none. */
  | { readonly kind: 'never' }
  /** Older platforms and the answer by id do not say. */
  | { readonly kind: 'unknown' };

/** The required action by which Keycloak asks somebody at their next sign-in to confirm their email. */
export const VERIFY_EMAIL = 'VERIFY_EMAIL';

/** One user of the Wallaroo instance (contract §2.1), free of the wire's quirks. */
export interface WallarooUser {
  /** UUID; the only thing a change ever acts on. */
  readonly id: string;
  readonly username: string;
  /** `undefined` when the account has none: the built-in `admin`, console accounts (contract §2.2). */
  readonly email: string | undefined;
  readonly emailVerified: boolean | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** Active: may log in and takes a seat. */
  readonly enabled: boolean;
  /** Ms since 1970: a date takes seven times the memory of a number, and there may be tens of thousands of users. */
  readonly createdMs: number | undefined;
  /** The same; null where the platform has none, `undefined` where it does not say: see `lastSignInOf`. */
  readonly lastSignInMs: number | null | undefined;
  /** Realm roles, e.g. `admin` for a platform administrator; `undefined` where not told (answer by id). */
  readonly realmRoles: readonly string[] | undefined;
  /** Keycloak's pending actions, e.g. `UPDATE_PASSWORD`. */
  readonly requiredActions: readonly string[];
}

/** When somebody last signed in. */
export function lastSignInOf({ lastSignInMs }: Pick<WallarooUser, 'lastSignInMs'>): LastSignIn {
  if (lastSignInMs === undefined) return { kind: 'unknown' };
  return lastSignInMs === null ? { kind: 'never' } : { kind: 'at', at: new Date(lastSignInMs) };
}

/** When the account was made; `undefined` where the platform does not say. */
export const createdAtOf = ({ createdMs }: Pick<WallarooUser, 'createdMs'>): Date | undefined =>
  createdMs === undefined ? undefined : new Date(createdMs);

/** What a member of a workspace is there (contract §2.4). */
export type WorkspaceRole = 'OWNER' | 'COLLABORATOR';

/** A user's place in one workspace (contract §2.4, §7.3). */
export interface WorkspaceMembership {
  readonly workspaceId: number;
  readonly name: string;
  /** `undefined` when the platform leaves the type open. */
  readonly role: WorkspaceRole | undefined;
  /** How many other OWNERs the workspace has. */
  readonly otherOwners: number;
}

/** A membership as the platform tells it: other OWNERs count whether they are active or not. */
export interface OwnMembership extends WorkspaceMembership {
  readonly otherOwnerIds: readonly string[];
}
