import { hasActiveOwner } from '../../access/workspace-rules.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';
import { memberLabel } from '../../workspaces/workspace-lines.ts';
import { fittingWorkspaces, parseWorkspaceQuery } from '../../workspaces/workspace-list.ts';
import type { CommandParts } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type Field, type FormatOptions, tellsFields, writeRecords } from '../records.ts';
import { refuseTooLong } from '../resolve-workspace.ts';
import { ownersText } from '../workspace-texts.ts';

/** What sets a workspace apart: its members are left as they are. */
const marksOf = ({ archived, isDefault }: Workspace): readonly string[] => [
  ...(archived ? ['archived'] : []),
  ...(isDefault ? ['default'] : []),
];

/** What is told of a workspace in lists. */
const fields: readonly Field<Workspace>[] = [
  { name: 'name', heading: 'NAME', value: ({ name }) => name },
  { name: 'id', heading: 'ID', value: ({ id }) => id },
  {
    name: 'owners',
    heading: 'OWNERS',
    value: ({ members }) => members.filter(({ role }) => role === 'OWNER').map(memberLabel),
    cell: ownersText,
  },
  { name: 'members', heading: 'MEMBERS', value: ({ members }) => members.length },
  {
    name: 'hasActiveOwner',
    heading: 'ACTIVE OWNER',
    value: (workspace) => hasActiveOwner(workspace),
    cell: (workspace) => (hasActiveOwner(workspace) ? 'yes' : 'no'),
  },
  { name: 'marks', heading: 'MARKS', value: marksOf, cell: (workspace) => marksOf(workspace).join(', ') },
];

/** `workspaces [search words]` */
export async function workspaces(
  parts: CommandParts,
  words: readonly string[],
  options: FormatOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const typed = words.join(' ');
  refuseTooLong(typed);
  const { wallaroo } = await parts.office();
  const all = await terminal.spin('Asking Wallaroo for its workspaces', wallaroo.workspaces());
  const found = fittingWorkspaces(all, parseWorkspaceQuery(typed));
  if (found.length === 0) terminal.say('No workspace fits.');
  writeRecords(terminal, fields, found, options);
  return EXIT.done;
}
