import type { ModalView } from '@slack/types';
import { sharesName, type WantedRole, whyLeftAlone } from '../../access/workspace-rules.ts';
import { RefusedError } from '../../errors.ts';
import { endOf } from '../../license/active-until.ts';
import { labelOf, userLine } from '../../license/user-text.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { code } from '../../slack/mrkdwn.ts';
import { USER_IS_GONE } from '../../texts/said-often.ts';
import { activeOwners } from '../../wallaroo/workspace.ts';
import { ids } from '../changes-ids.ts';
import { type ChangesHandlerParts, deciderOf } from '../handler-parts.ts';
import { membershipStep } from '../steps/membership-step.ts';
import { workspaceText } from '../steps/membership-words.ts';
import { candidatesMatching } from './confirm-form.ts';
import { peopleChoices, workspaceChoices } from './membership-choices.ts';
import {
  askConfirmed,
  confirmMemberships,
  isRequest,
  registerMembershipConfirmation,
  seenWorkspace,
  stepsOf,
} from './membership-confirm-handlers.ts';
import { type AddData, addData, checkReason, isMemberEnough, wishesIn } from './membership-form.ts';
import { ADD_TITLE, ADD_TO_TITLE, addPeopleView, addToView, membershipTitle } from './membership-views.ts';

/** How people ask for memberships. */
export interface Memberships {
  /** Opens the confirmation for one user of one workspace. */
  readonly openMembership: (arrival: ActionArrival, wish: OneWish) => Promise<void>;
  /** Opens the form in which people are chosen for a workspace. */
  readonly openAddPeople: (arrival: ActionArrival, workspaceId: number) => Promise<void>;
  /** Opens the form in which a workspace is chosen for a user. */
  readonly openAddTo: (arrival: ActionArrival, userId: string) => Promise<void>;
}

interface OneWish {
  readonly workspaceId: number;
  readonly userId: string;
  readonly role: WantedRole;
}

/** Owners and collaborators of workspaces, from the choice to the submitted confirmation. */
export function registerMemberships(parts: ChangesHandlerParts): Memberships {
  const { dispatcher } = parts;
  const spec = { needs: 'member', title: ADD_TITLE, data: addData, check: checkReason } as const;
  dispatcher.form({ ...spec, callbackId: ids.addForm }, (interaction) => submitAdded(parts, interaction));
  registerMembershipConfirmation(parts);
  registerChoices(parts);
  return {
    // The menu is a member's: who is made a collaborator is one of another type.
    openMembership: (arrival, { workspaceId, userId, role }) =>
      dispatcher.openModal(arrival, 'member', membershipTitle([{ role, was: 'open' }]), (interaction) =>
        confirmMemberships(parts, interaction, { workspaceId, members: [{ userId, role }] }),
      ),
    openAddPeople: (arrival, workspaceId) =>
      dispatcher.openModal(arrival, 'member', ADD_TITLE, (interaction) =>
        drawPeople(parts, interaction, workspaceId),
      ),
    openAddTo: (arrival, userId) =>
      dispatcher.openModal(arrival, 'member', ADD_TO_TITLE, (interaction) =>
        drawAddTo(parts, interaction, userId),
      ),
  };
}

/** What is chosen of more users or workspaces than a menu holds. */
function registerChoices({ desk, dispatcher, wallaroo, workspaceViewer }: ChangesHandlerParts): void {
  dispatcher.options(ids.people, 'member', async (typed) => [
    ...peopleChoices(
      candidatesMatching(typed, await wallaroo.listUsers({ evenIfCut: true })),
      await desk.ends(),
    ),
  ]);
  dispatcher.options(ids.workspace, 'member', async (typed, { actor }) => {
    const all = await wallaroo.workspaces({ recent: true });
    return [...workspaceChoices(all, await workspaceViewer(actor, all), { typed })];
  });
}

async function drawPeople(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  workspaceId: number,
): Promise<ModalView> {
  const { workspace: found, all } = await seenWorkspace(parts, interaction, workspaceId);
  const leftAlone = whyLeftAlone(found);
  if (leftAlone !== undefined) throw new RefusedError(leftAlone);
  const workspace = { workspaceId, workspace: found.name, sharesName: sharesName(found, all) };
  // Who decides depends on the workspace alone.
  const anybody = membershipStep({
    ...workspace,
    userId: '',
    label: '',
    role: 'COLLABORATOR',
    was: undefined,
  });
  const asRequest = await isRequest(parts, interaction, [anybody]);
  const data: AddData = { changeId: parts.newId(), needsReason: asRequest, workspaceId };
  return addPeopleView({
    lead: `*Add people* to ${workspaceText(workspace)}`,
    asRequest,
    metadata: parts.dispatcher.remember(interaction, data),
    people: peopleChoices(
      await parts.wallaroo.listUsers({ evenIfCut: true }),
      await parts.desk.ends(),
      found,
    ),
    owners: activeOwners(found).map(({ user, userId }) => (user === undefined ? userId : labelOf(user))),
  });
}

/** Who decides depends on the workspace that is chosen: of an owner a reason may be asked for then. */
async function drawAddTo(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  userId: string,
): Promise<ModalView> {
  const { wallaroo, workspaceViewer } = parts;
  const [user, all, listed] = await Promise.all([
    wallaroo.getUser(userId),
    wallaroo.workspaces(),
    wallaroo.listUsers({ evenIfCut: true }),
  ]);
  if (user === undefined) throw new RefusedError(USER_IS_GONE);
  // Only the list tells when somebody last signed in.
  const { lastSignInMs } = listed.find(({ id }) => id === userId) ?? user;
  const viewer = await workspaceViewer(interaction.actor, all);
  const data: AddData = { changeId: parts.newId(), needsReason: false, userId };
  return addToView({
    lead: `*Add* ${code(labelOf(user))} to a workspace`,
    line: userLine({ ...user, lastSignInMs }, endOf(user, await parts.desk.ends())),
    workspaces: workspaceChoices(all, viewer, { userId }),
    asRequest: parts.service.needsApproval(deciderOf(interaction).administrator),
    metadata: parts.dispatcher.remember(interaction, data),
  });
}

/** Who is a member already stays what they are. */
async function submitAdded(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<AddData>,
): Promise<ModalView> {
  const { changeId } = interaction.data;
  const wanted = wishesIn(interaction.values, interaction.data);
  if (wanted === undefined) throw new RefusedError('Nothing was chosen, so nothing was changed.');
  const { workspace } = await stepsOf(parts, interaction, wanted);
  const members = wanted.members.filter(({ userId, role }) => !isMemberEnough(workspace, userId, role));
  if (members.length === 0)
    throw new RefusedError(
      `${wanted.members.length === 1 ? 'This person is already a member' : 'All of them are already members'} of this workspace. There is nothing to do.`,
    );
  return askConfirmed(parts, interaction, { wishes: { ...wanted, members }, changeId });
}
