import type { KnownBlock } from '@slack/types';
import type { Memberships } from '../changes/ask/membership-handlers.ts';
import type { ChangesHandlerParts } from '../changes/handler-parts.ts';
import type { Core } from '../core.ts';
import { valueWithin } from '../jobs/time-limit.ts';
import type { Actor } from '../slack/actor.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { MeService } from '../users/me-service.ts';
import { someUsersMessage } from '../users/some-users-views.ts';
import { cardOf, showUser } from '../users/users-handlers.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { ownWorkspaceBlocks } from '../workspaces/own-views.ts';
import { registerWorkspaces, showWorkspace } from '../workspaces/workspaces-handlers.ts';
import { workspaceViewer } from './workspace-viewer.ts';

interface Parts {
  readonly core: Pick<Core, 'activeUntil' | 'users'>;
  readonly me: MeService;
  readonly wallaroo: WallarooClient;
}

/** What changes show of users and workspaces. */
export const cardParts = ({
  core: { activeUntil, lists, users },
  me,
  wallaroo,
}: Parts & { readonly core: Pick<Core, 'lists'> }): Pick<
  ChangesHandlerParts,
  'listUsers' | 'showWorkspace' | 'userCard' | 'workspaceViewer'
> => {
  const viewerOf = workspaceViewer(me);
  return {
    listUsers: async (interaction, userIds, view) =>
      someUsersMessage(await lists.ofIds(userIds, interaction.actor), view),
    userCard: (interaction, userId) => cardOf(users, interaction, userId),
    showWorkspace: (interaction, workspaceId) =>
      showWorkspace({ activeUntil, wallaroo, viewerOf }, interaction, workspaceId),
    workspaceViewer: viewerOf,
  };
};

/** How long Home waits for the workspaces, ms: the rest of it matters more. */
const HOME_PATIENCE_MS = 3000;

/** Reads all workspaces once, for what Home shows several people of their own. */
export const homeWorkspaces =
  ({ me, wallaroo }: Parts) =>
  async () => {
    const all = (await valueWithin(HOME_PATIENCE_MS, () => wallaroo.workspaces())) ?? [];
    const viewerOf = workspaceViewer(me);
    return async (actor: Actor): Promise<readonly KnownBlock[]> =>
      ownWorkspaceBlocks(all, (await viewerOf(actor, all)).userId, 'home');
  };

/** `/wallaroo workspaces`, `/wallaroo workspace`, and what is pressed on their answers. */
export const workspaceCommands = (
  { core, dispatcher, me, wallaroo }: Parts & { readonly dispatcher: Dispatcher },
  { openMembership, openAddPeople }: Memberships,
): readonly Subcommand[] =>
  registerWorkspaces({
    openMembership,
    openAddPeople,
    dispatcher,
    wallaroo,
    activeUntil: core.activeUntil,
    viewerOf: workspaceViewer(me),
    showUser: (interaction, userId) => showUser(core.users, interaction, userId),
  });
