import { emailKey } from '../access/person-keys.ts';
import type { WorkspaceViewer } from '../access/workspace-rules.ts';
import type { Actor } from '../slack/actor.ts';
import type { MeService } from '../users/me-service.ts';

/** Who somebody is for what they see of workspaces. Their own user counts only by an email that Slack has found confirmed. */
export const workspaceViewer =
  (me: Pick<MeService, 'own'>) =>
  async ({
    role,
    email,
    personKeys,
  }: Pick<Actor, 'role' | 'email' | 'personKeys'>): Promise<WorkspaceViewer> => {
    const confirmed = email !== undefined && personKeys.includes(emailKey(email));
    const own = await me.own(confirmed ? email : undefined, { evenIfCut: true });
    return {
      administrator: role === 'administrator',
      userId: own.kind === 'one' ? own.user.id : undefined,
    };
  };
