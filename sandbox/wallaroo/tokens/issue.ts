import { randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { nowSeconds, type Platform } from '../platform.ts';
import type { WallarooUser } from '../user.ts';
import { accessClaims } from './claims.ts';
import { lifetimes, type OidcClient } from './clients.ts';
import { keyId, realmKeys } from './keys.ts';
import type { Session } from './sessions.ts';

const secrets = new WeakMap<Platform, Uint8Array>();

/** The instance's secret for refresh tokens; another instance's tokens are broken here. */
export function refreshSecret(platform: Platform): Uint8Array {
  const secret = secrets.get(platform) ?? randomBytes(32);
  secrets.set(platform, secret);
  return secret;
}

export const issuerOf = (platform: Platform): string => `${platform.url}/auth/realms/master`;

/** A signed access token. `session` is missing for a service account. */
export async function accessToken(
  platform: Platform,
  user: WallarooUser,
  client: OidcClient,
  session: Session | undefined,
  scope: string,
): Promise<string> {
  const { privateKey } = await realmKeys();
  const iat = nowSeconds(platform);
  return new SignJWT(accessClaims(user, client, session?.id, scope, platform.switches))
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
    .setIssuer(issuerOf(platform))
    .setIssuedAt(iat)
    .setExpirationTime(iat + lifetimes(client, platform.switches).access)
    .sign(privateKey);
}

function refreshToken(
  platform: Platform,
  client: OidcClient,
  session: Session,
  scope: string,
): Promise<string> {
  const iat = nowSeconds(platform);
  const typ = session.offline ? 'Offline' : 'Refresh';
  const token = new SignJWT({ typ, azp: client.id, sid: session.id, scope })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setJti(randomUUID())
    .setSubject(session.userId)
    .setIssuer(issuerOf(platform))
    .setIssuedAt(iat);
  if (!session.offline) token.setExpirationTime(iat + lifetimes(client, platform.switches).refresh);
  return token.sign(refreshSecret(platform));
}

async function idToken(platform: Platform, user: WallarooUser, client: OidcClient): Promise<string> {
  const { privateKey } = await realmKeys();
  const iat = nowSeconds(platform);
  return new SignJWT({ typ: 'ID', azp: client.id, preferred_username: user.username })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
    .setSubject(user.id)
    .setAudience(client.id)
    .setIssuer(issuerOf(platform))
    .setIssuedAt(iat)
    .setExpirationTime(iat + lifetimes(client, platform.switches).access)
    .sign(privateKey);
}

/** The answer of the token endpoint (contract §3.1). An offline session's `refresh_expires_in` is 0: no fixed end. */
export async function tokenAnswer(
  platform: Platform,
  user: WallarooUser,
  client: OidcClient,
  session: Session,
  scope: string,
): Promise<Record<string, unknown>> {
  const seconds = lifetimes(client, platform.switches);
  return {
    access_token: await accessToken(platform, user, client, session, scope),
    expires_in: seconds.access,
    refresh_expires_in: session.offline ? 0 : seconds.refresh,
    refresh_token: await refreshToken(platform, client, session, scope),
    token_type: 'Bearer',
    ...(scope.split(' ').includes('openid') ? { id_token: await idToken(platform, user, client) } : {}),
    'not-before-policy': platform.sessions.notBefore,
    session_state: session.id,
    scope,
  };
}
