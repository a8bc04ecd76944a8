import { randomUUID } from 'node:crypto';
import { isAdmin, managementRoles } from '../roles.ts';
import type { Switches } from '../switches.ts';
import type { WallarooUser } from '../user.ts';
import type { OidcClient } from './clients.ts';

const namedClaims = (user: WallarooUser): Record<string, unknown> => ({
  ...(user.firstName !== undefined && user.lastName !== undefined
    ? { name: `${user.firstName} ${user.lastName}` }
    : {}),
  preferred_username: user.username,
  ...(user.firstName === undefined ? {} : { given_name: user.firstName }),
  ...(user.lastName === undefined ? {} : { family_name: user.lastName }),
  ...(user.email === undefined ? {} : { email: user.email }),
});

function hasuraClaims(user: WallarooUser, admin: boolean): Record<string, unknown> {
  return {
    'x-hasura-user-id': user.id,
    ...(user.email === undefined ? {} : { 'x-hasura-user-email': user.email }),
    'x-hasura-default-role': admin ? 'admin_user' : 'user',
    'x-hasura-allowed-roles': admin ? ['user', 'admin_user'] : ['user'],
    'x-hasura-user-groups': '{}',
  };
}

/** What an access token says beside issuer and times (contract §3.5). `sessionId` is missing for a service account. */
export function accessClaims(
  user: WallarooUser,
  client: OidcClient,
  sessionId: string | undefined,
  scope: string,
  switches: Switches,
): Record<string, unknown> {
  const admin = isAdmin(user);
  const basicRoles = ['default-roles-master', 'offline_access', 'uma_authorization'];
  return {
    jti: randomUUID(),
    aud: ['master-realm', 'account'],
    sub: user.id,
    typ: 'Bearer',
    azp: client.id,
    ...(sessionId === undefined ? { clientId: client.id } : { session_state: sessionId, sid: sessionId }),
    acr: '1',
    ...(client.secret === undefined ? {} : { 'allowed-origins': ['*'] }),
    realm_access: { roles: [...basicRoles, ...user.realmRoles, ...(admin ? ['create-realm'] : [])] },
    resource_access: {
      'master-realm': { roles: managementRoles(user, switches) },
      account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] },
    },
    scope,
    email_verified: user.emailVerified,
    'https://hasura.io/jwt/claims': hasuraClaims(user, admin),
    ...namedClaims(user),
  };
}
