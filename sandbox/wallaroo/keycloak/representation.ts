import { accessOf } from '../roles.ts';
import type { WallarooUser } from '../user.ts';

/** Properties that Keycloak keeps away from the wire when they are unset. */
const names = ({ firstName, lastName, email }: WallarooUser) => ({
  ...(firstName === undefined ? {} : { firstName }),
  ...(lastName === undefined ? {} : { lastName }),
  ...(email === undefined ? {} : { email }),
});

/** Keycloak's short UserRepresentation (`briefRepresentation=true`). */
export function briefRepresentation(user: WallarooUser, roles: readonly string[]): Record<string, unknown> {
  const { id, createdTimestamp, username, enabled, emailVerified } = user;
  return { id, createdTimestamp, username, enabled, emailVerified, ...names(user), access: accessOf(roles) };
}

/** Keycloak's UserRepresentation, as a caller with these roles sees it: no `lastLogin`, no `realmRoles` (contract §4.4). */
export function representation(user: WallarooUser, roles: readonly string[]): Record<string, unknown> {
  const { id, createdTimestamp, username, enabled, emailVerified, attributes } = user;
  return {
    id,
    createdTimestamp,
    username,
    enabled,
    totp: false,
    emailVerified,
    ...names(user),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    disableableCredentialTypes: [],
    requiredActions: user.requiredActions,
    notBefore: user.notBefore,
    access: accessOf(roles),
  };
}
