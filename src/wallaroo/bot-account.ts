import type { BotAccount } from './client.ts';
import { WallarooUnreadable } from './errors.ts';
import { claimsSchema, HASURA } from './schemas.ts';
import { tokenCall } from './sign-in-pause.ts';
import { jsonOf, understood } from './wire.ts';

const call = tokenCall;

/** Whom an access token names (contract §3.5). Its signature is the platform's business, not ours. */
export function accountOf(accessToken: string): BotAccount {
  const [, payload] = accessToken.split('.');
  if (payload === undefined)
    throw new WallarooUnreadable(call, 'unexpected_reply', { detail: 'the access token is not a JWT' });
  const claims = understood(
    call,
    claimsSchema,
    jsonOf(call, Buffer.from(payload, 'base64url').toString('utf8')),
  );
  return {
    userId: claims.sub,
    username: claims.preferred_username,
    realmRoles: claims.realm_access?.roles ?? [],
    managementRoles: claims.resource_access?.['master-realm']?.roles ?? [],
    hasuraRole: claims[HASURA]?.['x-hasura-default-role'] ?? undefined,
  };
}
