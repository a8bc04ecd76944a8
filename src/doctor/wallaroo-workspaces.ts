import type { BotAccount } from '../wallaroo/client.ts';
import { memberIn, type Workspace } from '../wallaroo/workspace.ts';
import { type Outcome, right, warning } from './check.ts';

const REMEDY =
  'give the account the realm role admin (Keycloak console → Users → the account → Role mapping), or make it an OWNER of the workspaces that it should look after';

/**
 * Which workspaces the account sees and may change, as far as its roles tell (contract §3.5, §7.3): trying it would
 * change something.
 */
export function workspacesOutcome(account: BotAccount, all: readonly Workspace[]): Outcome {
  const { userId, realmRoles, hasuraRole } = account;
  const own = all.filter((workspace) => memberIn(workspace, userId) !== undefined);
  const owned = own.filter((workspace) => memberIn(workspace, userId)?.role === 'OWNER');
  if (!realmRoles.includes('admin'))
    return warning(
      `sees ${all.length}, of which it owns ${owned.length}: without the realm role admin it may not see those of others, nor change their members`,
      REMEDY,
    );
  if (hasuraRole !== undefined && hasuraRole !== 'admin_user')
    return warning(
      `sees ${all.length}: it has the realm role admin, but GraphQL takes it for ${hasuraRole}, who sees only their own`,
      'sign the account out of Wallaroo (Keycloak console → Users → the account → Sessions), and start the bot again',
    );
  return right(
    `sees ${all.length}, of which ${all.length - own.length} are of others; its realm role admin lets it change the members of all`,
  );
}
