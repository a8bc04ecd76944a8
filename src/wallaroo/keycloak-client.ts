import KeycloakAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client';
import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js';
import Resource from '@keycloak/keycloak-admin-client/lib/resources/resource.js';

/** Which users to list: by email or username, or a page. */
export type UserListQuery =
  | { readonly email: string; readonly exact: true }
  | { readonly username: string; readonly exact: true }
  | { readonly first: number; readonly max: number; readonly briefRepresentation: true };

/**
 * Users and clients at their documented paths. The package's own `users.find` asks for `users/`, which Keycloak
 * takes but a proxy in between need not; it can go when the package drops that slash.
 */
class RealmPaths extends Resource {
  readonly findUsers: (query: UserListQuery) => Promise<unknown>;
  readonly createUser: (user: UserRepresentation) => Promise<unknown>;
  readonly findClients: () => Promise<unknown>;

  constructor(admin: KeycloakAdminClient) {
    super(admin, { path: '/admin/realms/master', getBaseUrl: () => admin.baseUrl });
    this.findUsers = this.makeRequest<UserListQuery, unknown>({ method: 'GET', path: '/users' });
    this.createUser = this.makeRequest<UserRepresentation, unknown>({ method: 'POST', path: '/users' });
    this.findClients = this.makeRequest<void, unknown>({ method: 'GET', path: '/clients' });
  }
}

/** Whether it is the package's error for an answer that is no success. */
export const isNetworkError = (error: unknown): error is NetworkError => error instanceof NetworkError;

/** Keycloak's own client, bound to one access token. */
export interface BoundKeycloak {
  readonly users: KeycloakAdminClient['users'];
  readonly realms: KeycloakAdminClient['realms'];
  readonly paths: RealmPaths;
}

/** `authBase` has no trailing slash; `timeoutMs` limits each request. */
export function bindKeycloak(authBase: string, token: string, timeoutMs: number): BoundKeycloak {
  const admin = new KeycloakAdminClient({
    baseUrl: `${authBase}/auth`,
    realmName: 'master',
    timeout: timeoutMs,
    requestOptions: { redirect: 'manual' },
  });
  // Without a provider of its own the client would judge the token's end by this machine's clock.
  admin.registerTokenProvider({ getAccessToken: async () => token });
  return { users: admin.users, realms: admin.realms, paths: new RealmPaths(admin) };
}
