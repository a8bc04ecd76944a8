import type { Workspace } from '../wallaroo/workspace.ts';
import { findWorkspace } from '../workspaces/find-workspace.ts';
import { LONGEST_SEARCH } from '../workspaces/workspace-list.ts';
import type { CommandParts } from './command.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { printable } from './plain.ts';
import { ownersText } from './workspace-texts.ts';

const MOST_OFFERED = 10;

/** The workspace that is meant. */
export interface ResolvedWorkspace {
  readonly workspace: Workspace;
  /** All of them, to tell whether names repeat. */
  readonly all: readonly Workspace[];
}

/** @throws CommandError where no workspace is meant, or several are: each is named with id and owners. */
export async function resolveWorkspace(parts: CommandParts, typed: string): Promise<ResolvedWorkspace> {
  refuseTooLong(typed);
  const { wallaroo } = await parts.office();
  const all = await parts.terminal.spin('Looking the workspace up', wallaroo.workspaces());
  const found = findWorkspace(typed, all);
  if (found.kind === 'one') return { workspace: found.workspace, all };
  const name = printable(typed) || '(empty)';
  if (found.kind === 'several')
    throw new CommandError(
      EXIT.unclear,
      `"${name}" fits several workspaces. Name one by its id:${offered(found.workspaces)}`,
    );
  const nearest = found.nearest.length === 0 ? '' : ` Did you mean:${offered(found.nearest)}`;
  throw new CommandError(EXIT.unclear, `No workspace of this Wallaroo instance is "${name}".${nearest}`);
}

/** @throws CommandError where a text is too long for the name of a workspace. */
export function refuseTooLong(typed: string): void {
  if (typed.length <= LONGEST_SEARCH) return;
  throw new CommandError(EXIT.usage, 'That is too long for the name of a workspace. Type a part of it.');
}

function offered(workspaces: readonly Workspace[]): string {
  const lines = workspaces.slice(0, MOST_OFFERED).map((workspace) => `\n  ${offerOf(workspace)}`);
  const more = workspaces.length - lines.length;
  return `${lines.join('')}${more > 0 ? `\n  and ${more} more` : ''}`;
}

/** `fraud-models (id 12, owned by steve@ex.co)` */
function offerOf(workspace: Workspace): string {
  const owners = ownersText(workspace);
  return printable(
    `${workspace.name} (id ${workspace.id}, ${owners === '' ? 'no owner' : `owned by ${owners}`})`,
  );
}
