import type { Switches } from '../switches.ts';

/** An OpenID client of the realm (contract §3.1). */
export interface OidcClient {
  readonly id: 'sdk-client' | 'api-client';
  /** `undefined`: a public client. */
  readonly secret: string | undefined;
  readonly defaultScope: string;
}

/** The secret of `api-client` in every sandbox. */
export const apiClientSecret = 'sandbox-api-client-secret';

export const clients: readonly OidcClient[] = [
  { id: 'sdk-client', secret: undefined, defaultScope: 'profile email' },
  { id: 'api-client', secret: apiClientSecret, defaultScope: 'profile email' },
];

export const clientById = (id: string): OidcClient | undefined => clients.find((client) => client.id === id);

/** Seconds that the client's tokens live (contract §3.3). */
export function lifetimes(client: OidcClient, switches: Switches): { access: number; refresh: number } {
  return client.id === 'sdk-client'
    ? { access: switches.sdkAccessSeconds, refresh: switches.sdkRefreshSeconds }
    : { access: switches.apiAccessSeconds, refresh: switches.apiRefreshSeconds };
}
