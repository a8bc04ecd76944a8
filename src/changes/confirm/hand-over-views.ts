import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { endOf, type TimedEnds } from '../../license/active-until.ts';
import { activePlain, choosable } from '../../license/user-option.ts';
import { labelOf } from '../../license/user-text.ts';
import { lineSections, option, plain, section } from '../../slack/blocks.ts';
import type { FormValues } from '../../slack/interaction.ts';
import { code, count } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { ids } from '../changes-ids.ts';
import { heirOf, heirsOf, type Orphan } from './hand-over.ts';
import { LEFT_OPEN, leftOpenOption } from './input-views.ts';

/** Workspaces with a menu of their own in one form (Slack: 100 blocks); the rest share one. */
const MOST_ASKED = 40;

/** People in one menu, and in all menus together: a view has 250 kB, and a choice takes up to 500 bytes. Beyond, one searches. */
const MOST_HEIRS = 60;
const MOST_CHOICES = 400;
/** Characters of the names of workspaces that share a menu. */
const MOST_NAMES = 12_000;

/** Stands for nobody: the workspace is left without an active owner. */
export const WITHOUT = 'without';
export const ADMINISTRATORS_CHOOSE = LEFT_OPEN;

export const heirAction = (workspaceId: number): string => `${ids.heir}/${workspaceId}`;
const heirBlockId = (workspaceId: number): string => `${ids.heirBlock}:${workspaceId}`;

/** The menu that these workspaces share: named after how many they are and the sum of their ids, so that it stands for no others. */
export const restAction = (rest: readonly Pick<Orphan, 'workspaceId'>[]): string =>
  `${ids.heirs}/${rest.length}-${rest.reduce((sum, { workspaceId }) => sum + workspaceId, 0)}`;

const INTRO_BLOCK = `${ids.heirBlock}:intro`;

export interface AskingForHeirs {
  /** Whether others decide, who may choose as well. */
  readonly mayLeaveOpen: boolean;
  /** Until when people are active, where that ends. */
  readonly ends: TimedEnds;
  /** What was chosen before the form was drawn again. */
  readonly filled?: FormValues | undefined;
}

/** Asks for each workspace that is left without an active OWNER who takes over. */
export function handOverBlocks(
  orphans: readonly Orphan[],
  { mayLeaveOpen, ends, filled = {} }: AskingForHeirs,
): readonly KnownBlock[] {
  if (orphans.length === 0) return [];
  const asked = orphans.slice(0, MOST_ASKED);
  const rest = orphans.slice(MOST_ASKED);
  const menus = asked.length + (rest.length === 0 ? 0 : 1);
  const menu = { most: Math.min(MOST_HEIRS, Math.floor(MOST_CHOICES / menus)), mayLeaveOpen, ends, filled };
  return [
    {
      ...section('*Nobody active would own these workspaces any more.* Who takes over becomes OWNER first.'),
      block_id: INTRO_BLOCK,
    },
    ...asked.map((orphan) => heirInput(orphan, orphans, menu)),
    ...restBlocks(rest, menu),
  ];
}

/** Whether the block belongs to those of `handOverBlocks`. */
export const isHandOverBlock = ({ block_id = '' }: KnownBlock): boolean =>
  block_id.startsWith(`${ids.heirBlock}:`);

interface Menu {
  readonly mayLeaveOpen: boolean;
  readonly ends: TimedEnds;
  readonly filled: FormValues;
  readonly most: number;
}

export const withoutOption = option('Leave it without', WITHOUT, 'nobody active owns it then');
export const restWithoutOption = option('Leave them without', WITHOUT, 'nobody active owns them then');

function heirInput(
  orphan: Orphan,
  all: readonly Orphan[],
  { most, mayLeaveOpen, ends, filled }: Menu,
): InputBlock {
  const { workspaceId, workspace, members } = orphan;
  const sharesName = all.some((one) => one.workspace === workspace && one.workspaceId !== workspaceId);
  const actionId = heirAction(workspaceId);
  const { people, areSearched } = peopleShown(orphan, most, filled[actionId]);
  const memberIds = new Set(members.map(({ id }) => id));
  const choices = people.map((user) => heirOption(user, ends, memberIds.has(user.id)));
  const options = [...(mayLeaveOpen ? [leftOpenOption] : []), ...choices, withoutOption];
  // Nobody gets rights that nobody chose for them.
  const initial = chosenAmong(options, filled[actionId]) ?? (mayLeaveOpen ? leftOpenOption : withoutOption);
  const shared = { action_id: actionId, initial_option: initial };
  return {
    type: 'input',
    block_id: heirBlockId(workspaceId),
    label: plain(`New owner of ${workspace}${sharesName ? ` (id ${workspaceId})` : ''}`, 2000),
    element: areSearched
      ? { type: 'external_select', min_query_length: 0, ...shared }
      : { type: 'static_select', options, ...shared },
  };
}

interface PeopleShown {
  readonly people: readonly WallarooUser[];
  /** Whether there are more of them than a menu lists. */
  readonly areSearched: boolean;
}

/** Who may take over; where they are searched for, as they may be tens of thousands, only the one who is chosen. */
function peopleShown(orphan: Orphan, most: number, chosen: string | undefined): PeopleShown {
  const heirs = heirsOf(orphan, most + 1);
  if (heirs.length <= most) return { people: choosable(heirs), areSearched: false };
  const heir = chosen === undefined ? undefined : heirOf(orphan, chosen);
  return { people: heir === undefined ? [] : [heir], areSearched: true };
}

/** Somebody who may take over, as a choice. */
export const heirOption = (
  user: WallarooUser,
  ends: TimedEnds,
  isMember: boolean | undefined,
): PlainTextOption => {
  const place = isMember === undefined ? '' : isMember ? 'member, ' : 'no member yet, ';
  return option(labelOf(user), user.id, `${place}${activePlain(user, endOf(user, ends))}`);
};

const chosenAmong = (
  options: readonly PlainTextOption[],
  value: string | undefined,
): PlainTextOption | undefined => options.find((one) => one.value === value);

/** One choice for all that have no menu of their own. Nothing is chosen at first: they are named, and none is overlooked. */
function restBlocks(
  rest: readonly Orphan[],
  { most, mayLeaveOpen, ends, filled }: Menu,
): readonly KnownBlock[] {
  // Everybody who stays may take over any of them.
  const [any] = rest;
  if (any === undefined) return [];
  const names = lineSections(
    [`*${count(rest.length, 'more workspace')}:*`, ...rest.map(({ workspace }) => code(workspace, 60))],
    MOST_NAMES,
  );
  const chosen = filled[restAction(rest)];
  const { people, areSearched } = peopleShown(any, most, chosen);
  const choices = people.map((user) => heirOption(user, ends, undefined));
  const options = [...(mayLeaveOpen ? [leftOpenOption] : []), ...choices, restWithoutOption];
  const initial = chosenAmong(options, chosen);
  const shared = {
    action_id: restAction(rest),
    placeholder: plain('Who takes over all of these', 150),
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return [
    ...names.map((block, at) => ({ ...block, block_id: `${ids.heirBlock}:names${at}` })),
    {
      type: 'input',
      block_id: `${ids.heirBlock}:rest`,
      label: plain(`New owner of the other ${count(rest.length, 'workspace')}`, 2000),
      element: areSearched
        ? { type: 'external_select', min_query_length: 0, ...shared }
        : { type: 'static_select', options, ...shared },
    },
  ];
}
