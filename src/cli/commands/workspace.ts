import { whyLeftAlone } from '../../access/workspace-rules.ts';
import { fullNameOf } from '../../license/known-names.ts';
import type { Workspace, WorkspaceMember } from '../../wallaroo/workspace.ts';
import { memberLabel } from '../../workspaces/workspace-lines.ts';
import { isOwnerless } from '../../workspaces/workspace-list.ts';
import type { CommandParts } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { printable } from '../plain.ts';
import { asksForData, type Field, type FormatOptions, tellsFields, writeRecords } from '../records.ts';
import { resolveWorkspace } from '../resolve-workspace.ts';
import { stateOf } from '../workspace-texts.ts';

interface Listed {
  readonly member: WorkspaceMember;
  readonly workspace: Workspace;
}

/** What is told of a member. */
const fields: readonly Field<Listed>[] = [
  {
    name: 'role',
    heading: 'ROLE',
    value: ({ member }) => member.role,
    cell: ({ member }) => member.role ?? 'member',
  },
  { name: 'state', heading: 'STATE', value: ({ member }) => stateOf(member) },
  { name: 'user', heading: 'USER', value: ({ member }) => memberLabel(member) },
  { name: 'name', heading: 'NAME', value: ({ member: { user } }) => user && fullNameOf(user) },
  { name: 'email', value: ({ member: { user } }) => user?.email },
  { name: 'username', value: ({ member: { user } }) => user?.username },
  { name: 'id', value: ({ member }) => member.userId },
  { name: 'workspace', value: ({ workspace }) => workspace.name },
  { name: 'workspaceId', value: ({ workspace }) => workspace.id },
];

/** `workspace <name|id>`: its members, owners first. */
export async function workspace(
  parts: CommandParts,
  typed: string,
  options: FormatOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const { workspace: found } = await resolveWorkspace(parts, typed);
  if (!asksForData(options)) for (const line of talkOf(found)) terminal.say(line);
  const members = found.members.map((member) => ({ member, workspace: found }));
  writeRecords(terminal, fields, members, options);
  return EXIT.done;
}

/** What a person should know beside the members. */
function talkOf(found: Workspace): readonly string[] {
  const leftAlone = whyLeftAlone(found);
  const { name, id, members } = found;
  const counted = members.length === 1 ? 'one member' : `${members.length || 'no'} members`;
  return [
    printable(`${name} (id ${id}): ${counted}.`),
    ...(isOwnerless(found) ? [ownerlessText(id)] : []),
    ...(leftAlone === undefined ? [] : [leftAlone]),
  ];
}

const ownerlessText = (id: number): string =>
  `No active owner is left. Make somebody an owner: wallaroo-chatops workspace add ${id} <who> --role owner`;
