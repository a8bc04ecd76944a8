/** A user as the sandbox keeps it, beyond what any one call shows (contract §2.1). */
export interface WallarooUser {
  /** UUID. */
  readonly id: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly enabled: boolean;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly createdTimestamp: number;
  /** Milliseconds since 1970 UTC; null: never. */
  readonly lastLogin: number | null;
  /** `admin` makes a platform administrator (contract §2.5). */
  readonly realmRoles: readonly string[];
  /** Realm roles through groups: Keycloak tells them among all roles only, the platform not at all. */
  readonly groupRoles: readonly string[];
  /** Instead of the roles in `master-realm` that follow from `realmRoles` (contract §3.5). */
  readonly managementRoles: readonly string[] | undefined;
  readonly requiredActions: readonly string[];
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Id of the directory (LDAP) that the user comes from. */
  readonly federationLink: string | undefined;
  readonly federatedIdentities: readonly FederatedIdentity[];
  /** Seconds since 1970 UTC; tokens issued before it are stale. */
  readonly notBefore: number;
  readonly password: string;
  /** Brute-force protection holds the account (contract §3.4). */
  readonly locked: boolean;
  readonly serviceAccount: boolean;
}

interface FederatedIdentity {
  readonly identityProvider: string;
  readonly userId: string;
  readonly userName: string;
}

/** A user with the given properties; all others as of one who was created at `createdTimestamp` and never came. */
export function makeUser(
  given: Partial<WallarooUser> & Pick<WallarooUser, 'id' | 'username' | 'createdTimestamp'>,
): WallarooUser {
  return {
    email: undefined,
    emailVerified: true,
    enabled: true,
    firstName: undefined,
    lastName: undefined,
    lastLogin: null,
    realmRoles: [],
    groupRoles: [],
    managementRoles: undefined,
    requiredActions: [],
    attributes: {},
    federationLink: undefined,
    federatedIdentities: [],
    notBefore: 0,
    password: `password of ${given.username}`,
    locked: false,
    serviceAccount: false,
    ...given,
  };
}
