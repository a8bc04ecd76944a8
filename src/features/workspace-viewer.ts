import { emailKey } from '../access/person-keys.ts';
import type { WorkspaceViewer } from '../access/workspace-rules.ts';
import type { Actor } from '../slack/actor.ts';
import { type Own, ownOf } from '../users/me.ts';
import type { MeService } from '../users/me-service.ts';
import { nameKey } from '../users/user-names.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Workspace } from '../wallaroo/workspace.ts';

/**
 * Who somebody is for what they see of these workspaces. Their own user counts only by an email that Slack has found confirmed;
 * beyond the end of a list of users that is cut, they are found among the members.
 */
export const workspaceViewer =
  (me: Pick<MeService, 'own'>) =>
  async (
    { role, email, personKeys }: Pick<Actor, 'role' | 'email' | 'personKeys'>,
    workspaces: readonly Workspace[],
  ): Promise<WorkspaceViewer> => {
    const confirmed = email !== undefined && personKeys.includes(emailKey(email));
    const listed = await me.own(confirmed ? email : undefined, { evenIfCut: true });
    const isSure = listed.kind !== 'none' && !(listed.kind === 'one' && isOnlyUsername(listed.user, email));
    const own = isSure || email === undefined ? listed : amongMembers(email, workspaces, listed);
    return {
      administrator: role === 'administrator',
      userId: own.kind === 'one' ? own.user.id : undefined,
    };
  };

const isOnlyUsername = (user: WallarooUser, email = ''): boolean =>
  nameKey(user.email ?? '') !== nameKey(email);

function amongMembers(email: string, workspaces: readonly Workspace[], listed: Own): Own {
  const wanted = nameKey(email);
  const named = new Map<string, WallarooUser>();
  if (listed.kind === 'one') named.set(listed.user.id, listed.user);
  for (const { members } of workspaces)
    for (const { user } of members)
      if (user !== undefined && [user.email ?? '', user.username].some((name) => nameKey(name) === wanted))
        named.set(user.id, user);
  return ownOf(email, [...named.values()]);
}
