import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Call, Platform } from '../platform.ts';
import { issuerOf } from './issue.ts';
import { realmKeys } from './keys.ts';

const bearerClaims = z.object({
  sub: z.string(),
  sid: z.string().optional(),
  iat: z.number(),
  'https://hasura.io/jwt/claims': z.object({ 'x-hasura-default-role': z.enum(['user', 'admin_user']) }),
});

export type BearerClaims = z.infer<typeof bearerClaims>;

/** The bearer token's claims; `missing`, `expired` or `invalid` (also: of another instance) where it holds none. */
export async function bearerOf(
  call: Call,
  platform: Platform,
): Promise<BearerClaims | 'missing' | 'expired' | 'invalid'> {
  const [, token] = /^Bearer (\S+)$/i.exec(call.req.header('authorization') ?? '') ?? [];
  if (token === undefined) return 'missing';
  const { publicKey } = await realmKeys();
  try {
    const expected = { issuer: issuerOf(platform), currentDate: platform.now(), algorithms: ['RS256'] };
    const { payload } = await jwtVerify(token, publicKey, expected);
    return bearerClaims.parse(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return 'invalid';
    throw error;
  }
}
