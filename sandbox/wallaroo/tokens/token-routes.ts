import type { Call, Handlers, Platform } from '../platform.ts';
import { refuse } from '../refusals.ts';
import { authenticateClient } from './client-authentication.ts';
import { lifetimes, type OidcClient } from './clients.ts';
import { accessToken, issuerOf } from './issue.ts';
import { jwks } from './keys.ts';
import { passwordGrant } from './password-grant.ts';
import { refreshGrant } from './refresh-grant.ts';

/** Contract §3.2: a token of the client's own account, without a refresh token. */
async function clientCredentialsGrant(
  platform: Platform,
  client: OidcClient,
): Promise<Record<string, unknown>> {
  const account = platform.state.find(`service-account-${client.id}`);
  if (client.secret === undefined || account === undefined)
    return refuse(401, {
      error: 'unauthorized_client',
      error_description: 'Public client not allowed to retrieve service account',
    });
  return {
    access_token: await accessToken(platform, account, client, undefined, client.defaultScope),
    expires_in: lifetimes(client, platform.switches).access,
    refresh_expires_in: 0,
    token_type: 'Bearer',
    'not-before-policy': platform.sessions.notBefore,
    scope: client.defaultScope,
  };
}

function masterRealm(call: Call): void {
  if (call.req.param('realm') !== 'master') refuse(404, { error: 'Realm does not exist' });
}

async function formOf(call: Call): Promise<URLSearchParams> {
  const type = call.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded'))
    refuse(415, { error: 'HTTP 415 Unsupported Media Type' });
  return new URLSearchParams(await call.req.text());
}

async function token(call: Call, platform: Platform): Promise<Response> {
  masterRealm(call);
  const form = await formOf(call);
  const client = authenticateClient(call.req.header('authorization'), form, platform.switches);
  const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };
  switch (form.get('grant_type')) {
    case 'password':
      return call.json(await passwordGrant(platform, client, form), 200, noStore);
    case 'refresh_token':
      return call.json(await refreshGrant(platform, client, form), 200, noStore);
    case 'client_credentials':
      return call.json(await clientCredentialsGrant(platform, client), 200, noStore);
    case null:
      return refuse(400, {
        error: 'invalid_request',
        error_description: 'Missing form parameter: grant_type',
      });
    default:
      return refuse(400, { error: 'unsupported_grant_type', error_description: 'Unsupported grant_type' });
  }
}

/** The token endpoint (contract §3), and what OpenID clients look for when `discovery` is on. */
export const tokenHandlers: Handlers<'token' | 'discovery' | 'certs'> = {
  token,
  discovery: (call, platform) => {
    if (!platform.switches.discovery) return refuse(404, { error: 'HTTP 404 Not Found' });
    masterRealm(call);
    const issuer = issuerOf(platform);
    return call.json({
      issuer,
      token_endpoint: `${issuer}/protocol/openid-connect/token`,
      jwks_uri: `${issuer}/protocol/openid-connect/certs`,
      grant_types_supported: ['password', 'refresh_token', 'client_credentials'],
    });
  },
  certs: async (call, platform) => {
    if (!platform.switches.discovery) return refuse(404, { error: 'HTTP 404 Not Found' });
    masterRealm(call);
    return call.json(await jwks());
  },
};
