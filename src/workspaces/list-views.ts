import type { KnownBlock } from '@slack/types';
import { sharesName } from '../access/workspace-rules.ts';
import { actions, button, context, header, type Message, section } from '../slack/blocks.ts';
import { code, count } from '../slack/mrkdwn.ts';
import { turnButtons } from '../slack/paging.ts';
import { spoken } from '../slack/spoken.ts';
import type { Workspace } from '../wallaroo/workspace.ts';
import { memberLabel, ownersLine, workspaceLine } from './workspace-lines.ts';
import { FILTERS, type WorkspaceFilter, type WorkspacePage, type WorkspaceQuery } from './workspace-list.ts';
import { ids } from './workspaces-ids.ts';

/** A page of workspaces for somebody. */
export interface ShownWorkspaces {
  readonly page: WorkspacePage;
  /** All workspaces, to tell whether names repeat. */
  readonly all: readonly Workspace[];
  /** Whether who looks sees everybody's. */
  readonly administrator: boolean;
}

const LABEL: Readonly<Record<WorkspaceFilter, string>> = {
  all: 'All',
  ownerless: 'Without an active owner',
};

/** A page of the list with its filters, and `Previous`/`Next`. */
export function workspacesMessage({ page, all, administrator }: ShownWorkspaces): Message {
  const { query, workspaces, pages, ownerless } = page;
  const blocks: readonly KnownBlock[] = [
    header(administrator ? 'Workspaces' : 'Your workspaces'),
    context(summaryOf(page, administrator)),
    ...(ownerless > 0 || query.filter === 'ownerless'
      ? [actions(...FILTERS.map((filter) => filterButton(filter, page)))]
      : []),
    ...workspaces.map((workspace) =>
      section(
        workspaceLine(workspace, sharesName(workspace, all)),
        button({ text: 'View', actionId: `${ids.open}/${workspace.id}`, value: `${workspace.id}` }),
      ),
    ),
    ...pager(query, pages),
  ];
  return { text: spoken(blocks), blocks };
}

function summaryOf({ query, matches, pages, ownerless }: WorkspacePage, administrator: boolean): string {
  const searched = query.words.length === 0 ? '' : ` matching ${code(query.words.join(' '))}`;
  if (matches === 0) return noneText(query, searched, administrator);
  const page = `${count(matches, 'workspace')}${searched} · page ${query.page + 1} of ${pages}`;
  return ownerless === 0 ? page : `${page} · ${ownerless} without an active owner`;
}

function noneText({ filter }: WorkspaceQuery, searched: string, administrator: boolean): string {
  if (filter === 'ownerless') return `No workspace${searched} is without an active owner.`;
  if (searched !== '')
    return `No workspace${administrator ? '' : ' of yours'}${searched}. \`/wallaroo workspaces\` lists all that you see.`;
  return administrator
    ? "There is no workspace, or Wallaroo shows none to the bot's account."
    : 'You are a member of no workspace, as far as I can tell. Its owner can add you.';
}

function filterButton(filter: WorkspaceFilter, { query, ownerless }: WorkspacePage) {
  const value: WorkspaceQuery = { filter, words: query.words, page: 0 };
  return button({
    text: filter === 'ownerless' ? `${LABEL[filter]} (${ownerless})` : LABEL[filter],
    actionId: `${ids.filter}/${filter}`,
    value: JSON.stringify(value),
    ...(filter === query.filter ? { style: 'primary' } : {}),
  });
}

function pager(query: WorkspaceQuery, pages: number): readonly KnownBlock[] {
  const turn = (text: string, suffix: string, page: number) =>
    button({ text, actionId: `${ids.page}/${suffix}`, value: JSON.stringify({ ...query, page }) });
  const [previous, next] = turnButtons({ page: query.page, pages }, turn);
  return previous === undefined && next === undefined ? [] : [actions(previous, next)];
}

const MOST_OFFERED = 10;

/** Several workspaces fit: each as a button with its owners and id. */
export function severalWorkspaces(typed: string, workspaces: readonly Workspace[]): Message {
  const rest = workspaces.length - MOST_OFFERED;
  const blocks = [
    section(`${count(workspaces.length, 'workspace')} match ${code(typed)}. Which do you mean?`),
    ...offered(workspaces),
    ...(rest > 0 ? [context(`… and ${rest} more. Type more of the name to narrow it down.`)] : []),
  ];
  return { text: spoken(blocks), blocks };
}

/** None fits: said so, and the nearest offered. */
export function noWorkspace(typed: string, nearest: readonly Workspace[], administrator: boolean): Message {
  const blocks = [
    section(
      `No workspace${administrator ? '' : ' of yours'} matches ${code(typed)}.${administrator ? '' : ' You see those of which you are a member.'}`,
    ),
    ...(nearest.length > 0 ? [context('The nearest:'), ...offered(nearest)] : []),
    actions(button({ text: 'List workspaces', actionId: `${ids.list}/none` })),
  ];
  return { text: spoken(blocks), blocks };
}

/** Names may repeat, so that the owner tells them apart. */
function offerText({ id, members }: Workspace): string {
  const owner = members.find(({ role }) => role === 'OWNER');
  return `${owner === undefined ? 'no owner' : memberLabel(owner)} (id ${id})`;
}

const offered = (workspaces: readonly Workspace[]): readonly KnownBlock[] =>
  workspaces.slice(0, MOST_OFFERED).map((workspace) =>
    section(
      `*${code(workspace.name, 80)}* · id ${workspace.id} · ${ownersLine(workspace)}`,
      button({
        text: offerText(workspace),
        actionId: `${ids.open}/${workspace.id}`,
        value: `${workspace.id}`,
      }),
    ),
  );
