import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { refuse } from '../refusals.ts';
import type { OidcClient } from './clients.ts';
import { issuerOf, refreshSecret, tokenAnswer } from './issue.ts';
import { refuseGrant } from './password-grant.ts';

const refreshClaims = z.object({
  typ: z.enum(['Refresh', 'Offline']),
  jti: z.string(),
  sub: z.string(),
  sid: z.string(),
  azp: z.string(),
  iat: z.number(),
  scope: z.string(),
});

async function claimsOf(platform: Platform, token: string): Promise<z.infer<typeof refreshClaims>> {
  const expected = { issuer: issuerOf(platform), currentDate: platform.now() };
  try {
    const { payload } = await jwtVerify(token, refreshSecret(platform), expected);
    return refreshClaims.parse(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refuseGrant(400, 'Token is not active');
    if (error instanceof errors.JOSEError || error instanceof z.ZodError)
      return refuseGrant(400, 'Invalid refresh token');
    throw error;
  }
}

/** Contract §3.2: a new refresh token each time, the session unchanged; the refusals of §3.4. */
export async function refreshGrant(
  platform: Platform,
  client: OidcClient,
  form: URLSearchParams,
): Promise<Record<string, unknown>> {
  const token = form.get('refresh_token');
  if (token === null) return refuse(400, { error: 'invalid_request', error_description: 'No refresh token' });
  const claims = await claimsOf(platform, token);
  if (claims.azp !== client.id)
    return refuseGrant(400, "Invalid refresh token. Token client and authorized client don't match");
  const user = platform.state.users.get(claims.sub);
  if (user === undefined) return refuseGrant(400, 'Invalid refresh token');
  const session = platform.sessions.get(claims.sid);
  if (session === undefined) return refuseGrant(400, 'Session not active');
  if (!user.enabled) return refuseGrant(400, 'User disabled');
  if (claims.iat < Math.max(platform.sessions.notBefore, user.notBefore))
    return refuseGrant(400, 'Stale token');
  const first = platform.sessions.use(claims.jti);
  if (platform.switches.refreshOnce && !first)
    return refuseGrant(400, 'Maximum allowed refresh token reuse exceeded');
  return tokenAnswer(platform, user, client, session, claims.scope);
}
