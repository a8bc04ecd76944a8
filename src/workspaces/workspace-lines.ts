import { hasActiveOwner, whyLeftAlone } from '../access/workspace-rules.ts';
import { labelOf } from '../license/user-text.ts';
import { code, count } from '../slack/mrkdwn.ts';
import type { Workspace, WorkspaceMember } from '../wallaroo/workspace.ts';

/** Characters of a name and of an owner: ten rows have to fit into one message. */
const NAME = 80;
const OWNER = 80;
const MOST_OWNERS = 3;

/** What a member goes by; their id where Keycloak no longer has them. */
export const memberLabel = ({ user, userId }: WorkspaceMember): string =>
  user === undefined ? userId : labelOf(user);

/** The workspace's OWNERs, as mrkdwn: who of them is inactive, or gone, is said. */
export function ownersLine({ members }: Workspace): string {
  const owners = members.filter(({ role }) => role === 'OWNER');
  if (owners.length === 0) return 'no owner';
  const names = owners.slice(0, MOST_OWNERS).map(ownerText);
  const rest = owners.length - names.length;
  return `${owners.length === 1 ? 'owner' : 'owners'} ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const ownerText = (member: WorkspaceMember): string =>
  `${code(memberLabel(member), OWNER)}${member.user === undefined ? ' (deleted)' : member.user.enabled ? '' : ' (inactive)'}`;

/** What tells a workspace from others: whose it is, and what is wrong with it. */
export function workspaceMarks(workspace: Workspace): readonly string[] {
  if (workspace.archived) return ['*archived*'];
  if (whyLeftAlone(workspace) !== undefined) return ['made by Wallaroo for one person'];
  return hasActiveOwner(workspace) ? [] : ['*no active owner* :warning:'];
}

/** One workspace of a list: name, id where names repeat, owners, members, marks. */
export const workspaceLine = (workspace: Workspace, sharesName: boolean): string =>
  [
    `*${code(workspace.name, NAME)}*`,
    ...(sharesName ? [`id ${workspace.id}`] : []),
    ownersLine(workspace),
    count(workspace.members.length, 'member'),
    ...workspaceMarks(workspace),
  ].join(' · ');
