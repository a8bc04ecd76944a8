import type { InputBlock, KnownBlock } from '@slack/types';
import { labelOf, lastSignInPlain } from '../../license/user-text.ts';
import { option, plain, section } from '../../slack/blocks.ts';
import { code } from '../../slack/mrkdwn.ts';
import { ids } from '../changes-ids.ts';
import type { Orphan } from './hand-over.ts';
import { LEFT_OPEN, leftOpenOption } from './input-views.ts';

/** Workspaces asked about in one form: each has a menu. */
export const MOST_ASKED = 8;

/** Stands for nobody: the workspace is left without an active owner. */
export const WITHOUT = 'without';
export const ADMINISTRATORS_CHOOSE = LEFT_OPEN;

export const heirAction = (workspaceId: number): string => `${ids.heir}:${workspaceId}`;
export const heirBlockId = (workspaceId: number): string => `${ids.heirBlock}:${workspaceId}`;

/** Asks for each workspace that is left without an active OWNER who takes over; `mayLeaveOpen` where others decide. */
export function handOverBlocks(orphans: readonly Orphan[], mayLeaveOpen: boolean): readonly KnownBlock[] {
  if (orphans.length === 0) return [];
  const rest = orphans.slice(MOST_ASKED).map(({ workspace }) => code(workspace, 60));
  return [
    section('*Nobody active would own these workspaces any more.* Who takes over becomes OWNER first.'),
    ...orphans.slice(0, MOST_ASKED).map((orphan) => heirInput(orphan, orphans, mayLeaveOpen)),
    ...(rest.length === 0
      ? []
      : [
          section(
            `These are left without an owner too, unless you hand them over before: ${rest.join(', ')}`,
          ),
        ]),
  ];
}

const withoutOption = option('Leave it without', WITHOUT, 'nobody active owns it then');

function heirInput(
  { workspaceId, workspace, heirs, members }: Orphan,
  all: readonly Orphan[],
  mayLeaveOpen: boolean,
): InputBlock {
  const sharesName = all.filter((one) => one.workspace === workspace).length > 1;
  const people = heirs.map((user, at) =>
    option(
      labelOf(user),
      user.id,
      `${at < members ? 'member' : 'no member yet'}, ${lastSignInPlain(user.lastSignIn)}`,
    ),
  );
  return {
    type: 'input',
    block_id: heirBlockId(workspaceId),
    label: plain(`New owner of ${workspace}${sharesName ? ` (id ${workspaceId})` : ''}`, 2000),
    element: {
      type: 'static_select',
      action_id: heirAction(workspaceId),
      options: [...(mayLeaveOpen ? [leftOpenOption] : []), ...people, withoutOption],
      // Nobody gets rights that nobody chose for them.
      initial_option: mayLeaveOpen ? leftOpenOption : withoutOption,
    },
  };
}
