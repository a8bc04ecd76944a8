/** A user's page in the Keycloak console. `authUrl` is where Keycloak answers, without `/auth`. */
export const consoleUrl = (authUrl: string, userId: string): string =>
  `${authUrl}/auth/admin/master/console/#/master/users/${encodeURIComponent(userId)}/settings`;
