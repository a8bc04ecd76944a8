import * as z from 'zod';
import { isSeenBy, type WantedRole, type WorkspaceViewer } from '../access/workspace-rules.ts';
import { RefusedError } from '../errors.ts';
import type { TimedEnds } from '../license/active-until.ts';
import type { Actor } from '../slack/actor.ts';
import type { Message } from '../slack/blocks.ts';
import { readValue } from '../slack/button-value.ts';
import { cutChoice } from '../slack/choice-value.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival, Interaction } from '../slack/interaction.ts';
import { plainText } from '../texts/plain-text.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import type { Workspace } from '../wallaroo/workspace.ts';
import { workspaceCard } from './card-views.ts';
import { findWorkspace } from './find-workspace.ts';
import { noWorkspace, severalWorkspaces, workspacesMessage } from './list-views.ts';
import {
  FILTERS,
  LONGEST_SEARCH,
  parseWorkspaceQuery,
  type WorkspaceQuery,
  workspacePage,
} from './workspace-list.ts';
import { ids, memberChoices } from './workspaces-ids.ts';

export interface WorkspacesParts {
  readonly dispatcher: Dispatcher;
  readonly wallaroo: Pick<WallarooClient, 'workspace' | 'workspaces'>;
  readonly viewerOf: (actor: Actor, workspaces: readonly Workspace[]) => Promise<WorkspaceViewer>;
  /** When timed activations end, by the id of the user. */
  readonly activeUntil: () => Promise<TimedEnds>;
  /** Opens the confirmation of what somebody is to be in a workspace. */
  readonly openMembership: (
    arrival: ActionArrival,
    wish: { readonly workspaceId: number; readonly userId: string; readonly role: WantedRole },
  ) => Promise<void>;
  /** Opens the form in which people are chosen for a workspace. */
  readonly openAddPeople: (arrival: ActionArrival, workspaceId: number) => Promise<void>;
  readonly showUser: (interaction: Interaction, userId: string) => Promise<void>;
}

type CardParts = Pick<WorkspacesParts, 'activeUntil' | 'wallaroo' | 'viewerOf'>;

const querySchema: z.ZodType<WorkspaceQuery> = z.object({
  filter: z.enum(FILTERS),
  words: z.array(z.string()),
  page: z.number().int().min(0),
});

/** `workspaces`, `workspace`, and what is pressed on their answers. */
export function registerWorkspaces(parts: WorkspacesParts): readonly Subcommand[] {
  registerPresses(parts);
  const shared = { needs: 'member', answer: 'message' } as const;
  return [
    {
      ...shared,
      name: 'workspaces',
      usage: 'workspaces [search words]',
      about: 'lists the workspaces with their owners',
      run: async (interaction) => interaction.reply.send(await listed(parts, interaction, interaction.text)),
    },
    {
      ...shared,
      name: 'workspace',
      usage: 'workspace <name>',
      about: 'shows a workspace with its members, and lets you add people',
      run: async (interaction) =>
        interaction.reply.send(
          interaction.text === ''
            ? await listed(parts, interaction, '')
            : await named(parts, interaction, interaction.text),
        ),
    },
  ];
}

/** Shows the card of a workspace to who acts. */
export const showWorkspace = async (
  parts: CardParts,
  interaction: Interaction,
  workspaceId: number,
): Promise<void> => interaction.reply.send(await card(parts, interaction, workspaceId));

function registerPresses(parts: WorkspacesParts): void {
  const { dispatcher } = parts;
  for (const id of [ids.page, ids.filter])
    dispatcher.action(id, 'member', async (interaction) => {
      const query = readValue(querySchema, interaction.value);
      if (query === undefined) throw new RefusedError(OUT_OF_DATE);
      await interaction.reply.replace(await list(parts, interaction, query));
    });
  dispatcher.action(ids.list, 'member', async (interaction) => {
    const query = readValue(querySchema, interaction.value) ?? parseWorkspaceQuery('');
    await interaction.reply.send(await list(parts, interaction, query));
  });
  dispatcher.action(ids.open, 'member', async (interaction) => {
    await showWorkspace(parts, interaction, Number(interaction.value));
  });
  dispatcher.action(ids.members, 'member', async (interaction) => {
    const [workspaceId, page = 0] = interaction.value.split(':').map(Number);
    await interaction.reply.replace(await card(parts, interaction, workspaceId ?? 0, page));
  });
  dispatcher.rawAction(ids.addPeople, (arrival) => parts.openAddPeople(arrival, Number(arrival.value)));
  dispatcher.rawAction(ids.memberMenu, async (arrival) => {
    const [choice, member] = cutChoice(arrival.value);
    const [workspaceId, userId] = cutChoice(member);
    const role = roleSchema.safeParse(choice).data;
    if (role !== undefined)
      return parts.openMembership(arrival, { workspaceId: Number(workspaceId), userId, role });
    await parts.showUser(await dispatcher.admit(arrival, 'member'), userId);
  });
}

const { owner, collaborator, remove } = memberChoices;
const roleSchema = z.enum([owner, collaborator, remove]);

const OUT_OF_DATE = 'This list is out of date. Please type `/wallaroo workspaces` again.';
const TOO_LONG = 'That is too long for the name of a workspace. Type a part of it.';

function listed(parts: WorkspacesParts, interaction: Interaction, typed: string): Promise<Message> {
  if (typed.length > LONGEST_SEARCH) throw new RefusedError(TOO_LONG);
  return list(parts, interaction, parseWorkspaceQuery(plainText(typed)));
}

async function list(
  { wallaroo, viewerOf }: WorkspacesParts,
  { actor }: Interaction,
  query: WorkspaceQuery,
): Promise<Message> {
  const all = await wallaroo.workspaces();
  const viewer = await viewerOf(actor, all);
  return workspacesMessage({
    page: workspacePage(all, query, viewer),
    all,
    administrator: viewer.administrator,
  });
}

async function named(parts: WorkspacesParts, interaction: Interaction, typed: string): Promise<Message> {
  if (typed.length > LONGEST_SEARCH) throw new RefusedError(TOO_LONG);
  const all = await parts.wallaroo.workspaces();
  const viewer = await parts.viewerOf(interaction.actor, all);
  const seen = all.filter((one) => isSeenBy(one, viewer));
  const plain = plainText(typed);
  const found = findWorkspace(plain, seen);
  if (found.kind === 'several') return severalWorkspaces(plain, found.workspaces);
  if (found.kind === 'none') return noWorkspace(plain, found.nearest, viewer.administrator);
  return card(parts, interaction, found.workspace.id);
}

async function card(
  { activeUntil, wallaroo, viewerOf }: CardParts,
  { actor }: Interaction,
  workspaceId: number,
  page = 0,
): Promise<Message> {
  const [workspace, ends] = await Promise.all([wallaroo.workspace(workspaceId), activeUntil()]);
  const viewer = await viewerOf(actor, workspace === undefined ? [] : [workspace]);
  if (workspace === undefined || !isSeenBy(workspace, viewer))
    throw new RefusedError('You see no such workspace. `/wallaroo workspaces` lists those that you see.');
  return workspaceCard({ workspace, page, ownUserId: viewer.userId, ends });
}
