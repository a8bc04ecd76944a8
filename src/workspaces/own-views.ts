import type { KnownBlock } from '@slack/types';
import { sharesName } from '../access/workspace-rules.ts';
import { actions, button, section } from '../slack/blocks.ts';
import { code } from '../slack/mrkdwn.ts';
import { activeOwners, memberIn, type Workspace } from '../wallaroo/workspace.ts';
import { isOwnerless, type WorkspaceQuery } from './workspace-list.ts';
import { ids } from './workspaces-ids.ts';

const MOST_SHOWN = 8;

/** The shared workspaces of a user, for Home; nothing where there are none. `origin` tells presses from different places apart. */
export function ownWorkspaceBlocks(
  all: readonly Workspace[],
  userId: string | undefined,
  origin: string,
): readonly KnownBlock[] {
  if (userId === undefined) return [];
  const own = all.filter((one) => !one.archived && !one.isDefault && memberIn(one, userId) !== undefined);
  if (own.length === 0) return [];
  const lines = own.slice(0, MOST_SHOWN).map((one) => `• ${lineOf(one, userId, sharesName(one, all))}`);
  const rest = own.length - lines.length;
  return [
    section(`*Your workspaces*\n${lines.join('\n')}${rest > 0 ? `\n… and ${rest} more` : ''}`),
    actions(button({ text: 'Open workspaces', actionId: `${ids.list}/${origin}` })),
  ];
}

/** Workspaces that nobody active owns, by name, with the button that lists them. */
export function ownerlessWorkspaces(all: readonly Workspace[]) {
  const ownerless = all.filter(isOwnerless);
  const query: WorkspaceQuery = { filter: 'ownerless', words: [], page: 0 };
  return {
    ids: ownerless.map(({ id }) => id),
    names: ownerless.map(({ name }) => code(name, 60)),
    open: button({ text: 'Open', actionId: `${ids.list}/ownerless`, value: JSON.stringify(query) }),
  };
}

/** "`name` OWNER (the only active one)". */
function lineOf(workspace: Workspace, userId: string, isOneOfTwins: boolean): string {
  const { id, name } = workspace;
  const owners = activeOwners(workspace);
  const isOnly = owners.length === 1 && owners[0]?.userId === userId;
  return [
    `${code(name, 80)} ${memberIn(workspace, userId)?.role ?? 'member'}`,
    ...(isOneOfTwins ? [`(id ${id})`] : []),
    ...(isOnly ? ['(the only active owner)'] : []),
    ...(isOwnerless(workspace) ? ['*no active owner* :warning:'] : []),
  ].join(' ');
}
