import type { Call, Handlers, Platform } from '../platform.ts';
import { refuseForbidden } from '../refusals.ts';
import type { Switches } from '../switches.ts';
import { clients, type OidcClient } from '../tokens/clients.ts';
import { adminRoles } from './admin.ts';

/** Of the realm, in seconds: what a client without a lifespan of its own gets, and the longest session. */
const lifespans = {
  accessTokenLifespan: 60,
  ssoSessionMaxLifespan: 36_000,
  ssoSessionMaxLifespanRememberMe: 0,
};

/** What other administrators are told. */
const stubs: Readonly<Record<Switches['keycloakRelease'], object>> = {
  '21': { realm: 'master', registrationEmailAsUsername: false },
  '26': {
    realm: 'master',
    displayName: 'Keycloak',
    displayNameHtml: '<div class="kc-logo-text"><span>Keycloak</span></div>',
    registrationEmailAsUsername: false,
    bruteForceProtected: false,
    supportedLocales: [],
    organizationsEnabled: false,
  },
};

/** All settings for who may view the realm, little more than its name for others. */
async function realm(call: Call, platform: Platform): Promise<Response> {
  const roles = await adminRoles(call, platform);
  if (roles.length === 0) return refuseForbidden(platform.switches);
  const { switches } = platform;
  if (!roles.includes('view-realm') && !roles.includes('manage-realm'))
    return call.json(stubs[switches.keycloakRelease]);
  return call.json({
    id: 'master',
    realm: 'master',
    enabled: true,
    ...lifespans,
    editUsernameAllowed: switches.editUsernameAllowed,
    smtpServer: switches.mailServer ? { host: 'mail.sandbox', from: 'keycloak@sandbox' } : {},
  });
}

const described = ({ id, secret }: OidcClient, platform: Platform, mayView: boolean): object => ({
  id: `client ${id}`,
  clientId: id,
  ...(mayView
    ? {
        enabled: true,
        publicClient: secret === undefined,
        attributes: {
          'access.token.lifespan': String(
            id === 'sdk-client' ? platform.switches.sdkAccessSeconds : platform.switches.apiAccessSeconds,
          ),
        },
      }
    : {}),
});

/** The realm and its OpenID clients (contract §3.3, §13). */
export const realmHandlers: Handlers<'keycloak.realm' | 'keycloak.clients'> = {
  'keycloak.realm': realm,
  'keycloak.clients': async (call, platform) => {
    const roles = await adminRoles(call, platform);
    const may = roles.some((role) => ['query-clients', 'view-clients', 'manage-clients'].includes(role));
    // 21 has an empty list for any other administrator.
    if (!may && roles.length > 0 && platform.switches.keycloakRelease === '21') return call.json([]);
    if (!may) return refuseForbidden(platform.switches);
    const mayView = roles.includes('view-clients') || roles.includes('manage-clients');
    return call.json(clients.map((client) => described(client, platform, mayView)));
  },
};
