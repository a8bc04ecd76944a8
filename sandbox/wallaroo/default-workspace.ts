import type { WallarooUser } from './user.ts';

/** What the SDK calls a user's default workspace; all users without an email get the same name (contract §7.4). */
export const defaultWorkspaceName = (user: Pick<WallarooUser, 'email'>): string =>
  `${user.email ?? 'admin@keycloak'} - Default Workspace`;
