import { hasActiveOwner, isSeenBy, type WorkspaceViewer, whyLeftAlone } from '../access/workspace-rules.ts';
import { labelOf } from '../license/user-text.ts';
import { pageAt } from '../slack/paging.ts';
import { folded } from '../texts/fold.ts';
import { searchWords } from '../texts/search-words.ts';
import type { Workspace } from '../wallaroo/workspace.ts';

export const FILTERS = ['all', 'ownerless'] as const;

/** What a list of workspaces shows: all, or those without an active owner. */
export type WorkspaceFilter = (typeof FILTERS)[number];

/** Small enough to travel in a button's value (2000 characters). */
export interface WorkspaceQuery {
  readonly filter: WorkspaceFilter;
  /** Search words, folded. */
  readonly words: readonly string[];
  /** From 0 on. */
  readonly page: number;
}

export interface WorkspacePage {
  readonly query: WorkspaceQuery;
  readonly workspaces: readonly Workspace[];
  readonly pages: number;
  readonly matches: number;
  /** Of all that the viewer sees: those without an active owner. */
  readonly ownerless: number;
}

const PAGE_SIZE = 10;
/** Longer searches find nothing, and would not fit into a button. */
export const LONGEST_SEARCH = 200;

/** Reads `[search words]`. */
export const parseWorkspaceQuery = (text: string): WorkspaceQuery => ({
  filter: 'all',
  words: searchWords(text.slice(0, LONGEST_SEARCH)),
  page: 0,
});

/** Whether somebody should be made an owner: nobody active is one, and it is no workspace that is left alone. */
export const isOwnerless = (workspace: Workspace): boolean =>
  whyLeftAlone(workspace) === undefined && !hasActiveOwner(workspace);

/** Shared workspaces first, then those that Wallaroo made for one person, then archived ones. */
const rank = ({ archived, isDefault }: Workspace): number => (archived ? 2 : isDefault ? 1 : 0);

/** The asked page of what the viewer sees, or the last one when there are fewer. */
export function workspacePage(
  all: readonly Workspace[],
  query: WorkspaceQuery,
  viewer: WorkspaceViewer,
): WorkspacePage {
  const seen = all.filter((one) => isSeenBy(one, viewer));
  const fitting = fittingWorkspaces(seen, query);
  const { shown, page, pages } = pageAt(fitting, query.page, PAGE_SIZE);
  return {
    query: { ...query, page },
    workspaces: shown,
    pages,
    matches: fitting.length,
    ownerless: seen.filter(isOwnerless).length,
  };
}

/** All that the query asks for, shared ones first. */
export const fittingWorkspaces = (
  workspaces: readonly Workspace[],
  { filter, words }: Pick<WorkspaceQuery, 'filter' | 'words'>,
): readonly Workspace[] =>
  workspaces
    .filter((one) => filter === 'all' || isOwnerless(one))
    .filter((one) => fits(one, words))
    .toSorted((one, other) => rank(one) - rank(other));

/** Whether each word stands in its name, or in what one of its owners goes by. */
function fits(workspace: Workspace, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const owners = workspace.members.filter(({ role }) => role === 'OWNER');
  const labels = owners.flatMap(({ user }) => (user === undefined ? [] : [labelOf(user)]));
  const text = folded([workspace.name, ...labels].join('\n'));
  return words.every((word) => text.includes(word));
}
