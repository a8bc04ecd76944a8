import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import Resource from '@keycloak/keycloak-admin-client/lib/resources/resource.js';

/** Which users to list: by email, or a page. */
export type UserListQuery =
  | { readonly email: string; readonly exact: true }
  | { readonly first: number; readonly max: number };

/**
 * The list of users at its documented path. The package's own `users.find` asks for `users/`, which Keycloak
 * takes but a proxy in between need not; it can go when the package drops that slash.
 */
class UserList extends Resource {
  readonly find: (query: UserListQuery) => Promise<unknown>;

  constructor(admin: KeycloakAdminClient) {
    super(admin, { path: '/admin/realms/master', getBaseUrl: () => admin.baseUrl });
    this.find = this.makeRequest<UserListQuery, unknown>({ method: 'GET', path: '/users' });
  }
}

/** Keycloak's own client, bound to one access token. */
export interface BoundKeycloak {
  readonly users: KeycloakAdminClient['users'];
  readonly list: UserList;
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
  return { users: admin.users, list: new UserList(admin) };
}
