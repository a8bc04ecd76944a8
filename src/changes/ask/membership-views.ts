import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { context, option, plain, section } from '../../slack/blocks.ts';
import { notice } from '../../slack/modal-views.ts';
import { ids } from '../changes-ids.ts';
import type { ConfirmFacts } from '../confirm/confirmation.ts';
import { reasonBlock } from '../confirm/input-views.ts';
import { refusedText } from '../confirm/refused-text.ts';
import { membershipLines, ownersText } from '../shown/shown-texts.ts';
import type { MembershipStep } from '../steps/membership-step.ts';
import { isMember, membershipAsks } from '../steps/membership-words.ts';

export const ADD_TITLE = 'Add people';
export const ADD_TO_TITLE = 'Add to workspace';

/** What a confirmation of these steps is called. */
export function membershipTitle([first]: readonly Pick<MembershipStep, 'role' | 'was'>[]): string {
  if (first?.role === 'OWNER') return 'Make owner';
  if (first?.role === 'none') return 'Remove from workspace';
  return isMember(first?.was) ? 'Make collaborator' : ADD_TO_TITLE;
}

const SUBMIT = {
  'Make owner': 'Make owner',
  'Remove from workspace': 'Remove',
  'Make collaborator': 'Make collaborator',
};

interface Confirming {
  readonly steps: readonly MembershipStep[];
  readonly facts: ConfirmFacts;
  readonly asRequest: boolean;
  readonly reason: string;
  readonly metadata: string;
  readonly banner?: string | undefined;
}

/** The modal before memberships change: who becomes what, who owns the workspace, and why. */
export function membershipView({ steps, facts, asRequest, reason, metadata, banner }: Confirming): ModalView {
  const title = membershipTitle(steps);
  const { refusal } = facts;
  const blocks: readonly KnownBlock[] = [
    ...(banner === undefined ? [] : [section(banner)]),
    ...steps.map((step) => section(capitalised(membershipAsks(step)))),
    ...membershipLines(facts.shown.memberships ?? []).map((line) => context(line)),
    ...(refusal === undefined
      ? [reasonBlock(reason, asRequest)]
      : [section(`${refusedText(refusal)} :no_entry:`)]),
  ];
  if (refusal !== undefined) return notice(title, blocks);
  const submit = SUBMIT[title as keyof typeof SUBMIT] ?? 'Add';
  return {
    type: 'modal',
    callback_id: ids.membershipForm,
    private_metadata: metadata,
    title: plain(title, 24),
    submit: plain(asRequest ? 'Send request' : submit, 24),
    close: plain('Cancel', 24),
    blocks: [...blocks],
  };
}

/** "*make* …" as the beginning of a sentence. */
const capitalised = (text: string): string => text.replace(/\p{L}/u, (letter) => letter.toUpperCase());

interface Adding {
  /** Whom or what is to be added, as mrkdwn. */
  readonly lead: string;
  readonly asRequest: boolean;
  readonly metadata: string;
}

/** The form in which people are chosen for a workspace. */
export function addPeopleView(
  adding: Adding & { readonly owners: readonly string[]; readonly people: readonly PlainTextOption[] },
): ModalView {
  const { people, owners } = adding;
  if (people.length === 0)
    return notice(ADD_TITLE, [section(adding.lead), section('Everybody is already a member.')]);
  const shared = {
    action_id: ids.people,
    max_selected_items: MOST_PEOPLE,
    placeholder: plain('Search for people', 150),
  };
  return addView(
    ADD_TITLE,
    { ...adding, line: ownersText(owners) },
    {
      type: 'input',
      block_id: ids.peopleBlock,
      label: plain('People', 2000),
      hint: plain(`Type a part of a name or an email. At most ${MOST_PEOPLE} at a time.`, 2000),
      element:
        people.length > MOST_OPTIONS
          ? { type: 'multi_external_select', min_query_length: 0, ...shared }
          : { type: 'multi_static_select', options: [...people], ...shared },
    },
  );
}

/** What a modal's metadata has room for. */
const MOST_PEOPLE = 20;
/** Options that a static menu may have (Slack: select menu). */
const MOST_OPTIONS = 100;

/** The form in which a workspace is chosen for somebody. */
export function addToView(
  adding: Adding & { readonly line: string; readonly workspaces: readonly PlainTextOption[] },
): ModalView {
  const { workspaces } = adding;
  if (workspaces.length === 0) return notice(ADD_TO_TITLE, [section(adding.lead), section(NO_WORKSPACE)]);
  const shared = { action_id: ids.workspace, placeholder: plain('Search for a workspace', 150) };
  return addView(ADD_TO_TITLE, adding, {
    type: 'input',
    block_id: ids.workspaceBlock,
    label: plain('Workspace', 2000),
    element:
      workspaces.length > MOST_OPTIONS
        ? { type: 'external_select', min_query_length: 0, ...shared }
        : { type: 'static_select', options: [...workspaces], ...shared },
  });
}

const NO_WORKSPACE = 'You see no workspace to which this person could be added.';

function addView(
  title: string,
  { lead, line, asRequest, metadata }: Adding & { readonly line: string },
  choice: InputBlock,
): ModalView {
  return {
    type: 'modal',
    callback_id: ids.addForm,
    private_metadata: metadata,
    title: plain(title, 24),
    submit: plain(asRequest ? 'Send request' : 'Add', 24),
    close: plain('Cancel', 24),
    blocks: [section(lead), context(line), choice, roleBlock, reasonBlock('', asRequest), context(NO_SEAT)],
  };
}

const NO_SEAT =
  'A membership takes no seat of the license. Somebody inactive can be added, and signs in once their account is activated.';

const roles = [
  option('Collaborator', 'COLLABORATOR', 'works in the workspace'),
  option('Owner', 'OWNER', 'also decides who is a member'),
];

const roleBlock: InputBlock = {
  type: 'input',
  block_id: ids.roleBlock,
  label: plain('Role', 2000),
  element: {
    type: 'static_select',
    action_id: ids.role,
    options: roles,
    ...(roles[0] === undefined ? {} : { initial_option: roles[0] }),
  },
};
