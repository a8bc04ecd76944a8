import type { Button, KnownBlock, Overflow, SectionBlock } from '@slack/types';
import { whyLeftAlone } from '../access/workspace-rules.ts';
import { endOf, type TimedEnds } from '../license/active-until.ts';
import { stateText } from '../license/user-text.ts';
import {
  actions,
  button,
  context,
  header,
  type Message,
  option,
  overflow,
  section,
} from '../slack/blocks.ts';
import { fitsChoice } from '../slack/choice-value.ts';
import { code, count } from '../slack/mrkdwn.ts';
import { pageAt, turnButtons } from '../slack/paging.ts';
import { spoken } from '../slack/spoken.ts';
import type { Workspace, WorkspaceMember } from '../wallaroo/workspace.ts';
import { memberLabel, ownersLine, workspaceMarks } from './workspace-lines.ts';
import { isOwnerless } from './workspace-list.ts';
import { ids, memberChoices } from './workspaces-ids.ts';

/** Members on one page of a card. */
const MEMBERS_SIZE = 12;

/** One workspace for somebody. */
export interface WorkspaceCard {
  readonly workspace: Workspace;
  /** The page of its members, from 0 on. */
  readonly page: number;
  /** The user of who looks. */
  readonly ownUserId: string | undefined;
  /** When timed activations end. */
  readonly ends: TimedEnds;
}

/** The workspace with its members, a menu for each, and `Add people…`. */
export function workspaceCard({ workspace, page: asked, ownUserId, ends }: WorkspaceCard): Message {
  const { id, name, members } = workspace;
  const { shown, page, pages } = pageAt(members, asked, MEMBERS_SIZE);
  const leftAlone = whyLeftAlone(workspace);
  const facts = [
    `id ${id}`,
    count(members.length, 'member'),
    ownersLine(workspace),
    ...workspaceMarks(workspace),
  ];
  const blocks: readonly KnownBlock[] = [
    header(name),
    section(facts.join(' · ')),
    ...(isOwnerless(workspace) ? [section(OWNERLESS)] : []),
    ...(leftAlone === undefined ? [] : [context(leftAlone)]),
    ...shown.map((member) =>
      memberRow(workspace, member, { ownUserId, ends, mayChange: leftAlone === undefined }),
    ),
    ...(members.length === 0 ? [section('It has no members.')] : []),
    ...(pages > 1 ? [context(`Members: page ${page + 1} of ${pages}`), pager(id, page, pages)] : []),
    actions(
      leftAlone === undefined
        ? button({ text: 'Add people…', actionId: ids.addPeople, value: `${id}`, style: 'primary' })
        : undefined,
      button({ text: 'Workspaces', actionId: `${ids.list}/card` }),
    ),
  ];
  return { text: spoken(blocks), blocks };
}

const OWNERLESS = '*No active owner is left.* Make somebody an owner to look after this workspace. :warning:';

interface RowFacts {
  readonly ownUserId: string | undefined;
  readonly ends: TimedEnds;
  readonly mayChange: boolean;
}

/** One member: what they are, whether they can sign in, and their menu. */
function memberRow(workspace: Workspace, member: WorkspaceMember, facts: RowFacts): SectionBlock {
  const { ownUserId, ends, mayChange } = facts;
  const { role, userId } = member;
  const parts = [
    code(memberLabel(member), 150),
    role === undefined ? 'member' : role === 'OWNER' ? '*OWNER*' : role,
    stateOf(member, ends),
    ...(userId === ownUserId ? ['*you*'] : []),
  ];
  return section(parts.join(' · '), memberMenu(workspace, member, mayChange));
}

/** What can be done about a member; for an id too long for a menu, the button that shows the user. */
function memberMenu(
  workspace: Workspace,
  { role, user, userId }: WorkspaceMember,
  mayChange: boolean,
): Button | Overflow | undefined {
  const value = (choice: string): string => `${choice}:${workspace.id}:${userId}`;
  if (!fitsChoice(value(memberChoices.collaborator)))
    return user && button({ text: 'View', actionId: ids.memberMenu, value: value(memberChoices.view) });
  const choices = [
    ...(mayChange && user !== undefined && role !== 'OWNER'
      ? [option('Make owner', value(memberChoices.owner))]
      : []),
    ...(mayChange && user !== undefined && role !== 'COLLABORATOR'
      ? [option('Make collaborator', value(memberChoices.collaborator))]
      : []),
    ...(mayChange ? [option('Remove…', value(memberChoices.remove))] : []),
    ...(user === undefined ? [] : [option('View', value(memberChoices.view))]),
  ];
  return choices.length === 0 ? undefined : overflow(ids.memberMenu, choices);
}

function stateOf({ user }: WorkspaceMember, ends: TimedEnds): string {
  if (user === undefined) return 'deleted from Wallaroo';
  return user.enabled ? stateText(true, endOf(user, ends)) : 'inactive, cannot sign in';
}

function pager(id: number, page: number, pages: number): KnownBlock {
  const turn = (text: string, suffix: string, to: number) =>
    button({ text, actionId: `${ids.members}/${suffix}`, value: `${id}:${to}` });
  return actions(...turnButtons({ page, pages }, turn));
}
