import type { Call, Platform } from '../platform.ts';
import { keycloakNotFound, refuse, refuseForbidden, refuseUnauthorized } from '../refusals.ts';
import { managementRoles } from '../roles.ts';
import { bearerOf } from '../tokens/bearer.ts';
import type { WallarooUser } from '../user.ts';

export type ManagementRole = 'query-users' | 'view-users' | 'manage-users';

/**
 * The roles of who calls the admin REST. 401 for a token that is missing, expired, stale, of an ended session or
 * of a user who is disabled or gone (contract §4, §4.5).
 */
export async function adminRoles(call: Call, platform: Platform): Promise<readonly string[]> {
  const claims = await bearerOf(call, platform);
  if (typeof claims === 'string') return refuseUnauthorized();
  const caller = platform.state.users.get(claims.sub);
  if (caller?.enabled !== true) return refuseUnauthorized();
  if (claims.sid !== undefined && platform.sessions.get(claims.sid) === undefined)
    return refuseUnauthorized();
  if (claims.iat < Math.max(platform.sessions.notBefore, caller.notBefore)) return refuseUnauthorized();
  if (call.req.param('realm') !== 'master') return refuse(404, { error: 'Realm not found.' });
  return managementRoles(caller, platform.switches);
}

/** As {@link adminRoles}; 403 unless the caller holds one of the roles (contract §4). */
export async function adminWith(
  call: Call,
  platform: Platform,
  ...anyOf: readonly ManagementRole[]
): Promise<readonly string[]> {
  const roles = await adminRoles(call, platform);
  return anyOf.some((role) => roles.includes(role)) ? roles : refuseForbidden(platform.switches);
}

export const mayView = (roles: readonly string[]): boolean =>
  roles.includes('view-users') || roles.includes('manage-users');

/** The user whom the path names: 404 for who may query, 403 for who may not (contract §4). */
export function userOf(call: Call, platform: Platform, roles: readonly string[]): WallarooUser {
  const user = platform.state.users.get(call.req.param('id') ?? '');
  if (user !== undefined) return user;
  if (!roles.includes('query-users') && !mayView(roles)) return refuseForbidden(platform.switches);
  return refuse(404, keycloakNotFound(platform.switches));
}
