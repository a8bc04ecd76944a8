import type { Switches } from './switches.ts';
import type { WallarooUser } from './user.ts';

/** All of `master-realm`, as a platform administrator's token has them (contract §3.5). */
const everyRole = [
  'view-realm',
  'view-identity-providers',
  'manage-identity-providers',
  'impersonation',
  'create-client',
  'manage-users',
  'query-realms',
  'view-authorization',
  'query-clients',
  'query-users',
  'manage-events',
  'manage-realm',
  'view-events',
  'view-users',
  'view-clients',
  'manage-authorization',
  'manage-clients',
  'query-groups',
];

const ordinaryRoles = {
  '2023': ['manage-users', 'view-users', 'query-groups', 'query-users'],
  '2024': ['view-realm', 'view-users', 'query-groups', 'query-users'],
};

const serviceAccountRoles = ['impersonation', 'manage-users', 'view-users', 'query-groups', 'query-users'];

/** As much of a caller as decides what they see and may do. */
export type Actor = Pick<WallarooUser, 'id' | 'realmRoles'>;

export const isAdmin = (user: Actor): boolean => user.realmRoles.includes('admin');

/** What the user may do in Keycloak: roles of the client `master-realm`. */
export function managementRoles(user: WallarooUser, switches: Switches): readonly string[] {
  if (user.managementRoles !== undefined) return user.managementRoles;
  if (isAdmin(user)) return everyRole;
  return user.serviceAccount ? serviceAccountRoles : ordinaryRoles[switches.ordinaryRoles];
}

/** `access` in a user's record: what the caller may do to the user (contract §2.1, §5.1). */
export function accessOf(roles: readonly string[]): Record<string, boolean> {
  const manages = roles.includes('manage-users');
  return {
    impersonate: roles.includes('impersonation'),
    manage: manages,
    manageGroupMembership: manages,
    mapRoles: manages,
    view: manages || roles.includes('view-users'),
  };
}
