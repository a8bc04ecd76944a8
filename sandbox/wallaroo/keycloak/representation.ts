import { accessOf } from '../roles.ts';
import type { Switches } from '../switches.ts';
import type { WallarooUser } from '../user.ts';

/** Properties that Keycloak keeps away from the wire when they are unset. */
const names = ({ firstName, lastName, email }: WallarooUser) => ({
  ...(firstName === undefined ? {} : { firstName }),
  ...(lastName === undefined ? {} : { lastName }),
  ...(email === undefined ? {} : { email }),
});

/** As much of the switches as decides what is shown. */
type Shown = Pick<Switches, 'keycloakRelease' | 'attributesKept'>;

/** What the caller may do to the user: a list of 26 tells no more than whether they may change them. */
function accessIn(kind: 'list' | 'single', roles: readonly string[], { keycloakRelease }: Shown): object {
  const access = accessOf(roles);
  if (keycloakRelease === '21') return access;
  return kind === 'list' ? { manage: access.manage } : { ...access, resetPassword: access.manage };
}

/** Keycloak's short UserRepresentation in a list (`briefRepresentation=true`). */
export function briefRepresentation(
  user: WallarooUser,
  roles: readonly string[],
  switches: Shown,
): Record<string, unknown> {
  const { id, createdTimestamp, username, enabled, emailVerified } = user;
  const access = accessIn('list', roles, switches);
  return { id, createdTimestamp, username, enabled, emailVerified, ...names(user), access };
}

/** Keycloak's UserRepresentation, as a caller with these roles sees it: no `lastLogin`, no `realmRoles` (contract §4.4). */
export function representation(
  user: WallarooUser,
  roles: readonly string[],
  switches: Shown,
  kind: 'list' | 'single' = 'list',
): Record<string, unknown> {
  const { id, createdTimestamp, username, enabled, emailVerified, attributes } = user;
  const hasAttributes = switches.attributesKept && Object.keys(attributes).length > 0;
  return {
    id,
    createdTimestamp,
    username,
    enabled,
    totp: false,
    emailVerified,
    ...names(user),
    ...(hasAttributes ? { attributes } : {}),
    ...(user.federationLink === undefined ? {} : { federationLink: user.federationLink }),
    disableableCredentialTypes: [],
    requiredActions: user.requiredActions,
    notBefore: user.notBefore,
    access: accessIn(kind, roles, switches),
  };
}
