const realm = '/auth/admin/realms/:realm';
const users = `${realm}/users`;

/**
 * Everything that the sandbox answers; a test compares it with the routes. Paths that match two rows belong to
 * the first. `section` is the contract's.
 */
export const supported = {
  token: { method: 'POST', path: '/auth/realms/:realm/protocol/openid-connect/token', section: '3' },
  'keycloak.users.list': { method: 'GET', path: users, section: '4.1' },
  'keycloak.users.create': { method: 'POST', path: users, section: '4.6' },
  'keycloak.users.count': { method: 'GET', path: `${users}/count`, section: '4.3' },
  'keycloak.users.get': { method: 'GET', path: `${users}/:id`, section: '4.4' },
  'keycloak.users.put': { method: 'PUT', path: `${users}/:id`, section: '4.5' },
  'keycloak.users.roles': { method: 'GET', path: `${users}/:id/role-mappings/realm`, section: '13' },
  'keycloak.users.allRoles': {
    method: 'GET',
    path: `${users}/:id/role-mappings/realm/composite`,
    section: '13',
  },
  'keycloak.users.sessions': { method: 'GET', path: `${users}/:id/sessions`, section: '13' },
  'keycloak.users.logout': { method: 'POST', path: `${users}/:id/logout`, section: '13' },
  'keycloak.users.mailActions': {
    method: 'PUT',
    path: `${users}/:id/execute-actions-email`,
    section: '13',
  },
  'keycloak.realm': { method: 'GET', path: realm, section: '13' },
  'keycloak.clients': { method: 'GET', path: `${realm}/clients`, section: '13' },
  'keycloak.users.delete': { method: 'DELETE', path: `${users}/:id`, section: '4.6' },
  'users.query': { method: 'POST', path: '/v1/api/users/query', section: '5.1' },
  'users.invite': { method: 'POST', path: '/v1/api/users/invite', section: '5.2' },
  'users.activate': { method: 'POST', path: '/v1/api/users/activate', section: '5.3' },
  'users.deactivate': { method: 'POST', path: '/v1/api/users/deactivate', section: '5.3' },
  'workspaces.list': { method: 'POST', path: '/v1/api/workspaces/list', section: '6.1' },
  'workspaces.create': { method: 'POST', path: '/v1/api/workspaces/create', section: '6.2' },
  'workspaces.list_users': { method: 'POST', path: '/v1/api/workspaces/list_users', section: '6.3' },
  'workspaces.add_user': { method: 'POST', path: '/v1/api/workspaces/add_user', section: '6.4' },
  'workspaces.remove_user': { method: 'POST', path: '/v1/api/workspaces/remove_user', section: '6.5' },
  'features.list': { method: 'POST', path: '/v1/api/features/list', section: '13' },
  graphql: { method: 'POST', path: '/v1/graphql', section: '7' },
  config: { method: 'GET', path: '/v1/api/config', section: '1' },
  discovery: { method: 'GET', path: '/auth/realms/:realm/.well-known/openid-configuration', section: '-' },
  certs: { method: 'GET', path: '/auth/realms/:realm/protocol/openid-connect/certs', section: '-' },
} as const satisfies Record<string, { method: string; path: string; section: string }>;

export type EndpointName = keyof typeof supported;

export const endpointNames = Object.keys(supported) as EndpointName[];
