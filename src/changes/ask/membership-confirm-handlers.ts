import type { ModalView } from '@slack/types';
import { isSeenBy } from '../../access/workspace-rules.ts';
import { RefusedError } from '../../errors.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { Arrival, Interaction } from '../../slack/interaction.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';
import { ids } from '../changes-ids.ts';
import { presentIn } from '../confirm/present-facts.ts';
import {
  type ChangesHandlerParts,
  deciderOf,
  hasDecider,
  isAdministrator,
  showAsked,
} from '../handler-parts.ts';
import type { MembershipStep } from '../steps/membership-step.ts';
import {
  checkReason,
  type MembershipData,
  type MembershipWishes,
  membershipData,
  stepsFor,
} from './membership-form.ts';
import { membershipTitle, membershipView } from './membership-views.ts';

/** The confirmation of memberships, from its submission on. */
export function registerMembershipConfirmation(parts: ChangesHandlerParts): void {
  const spec = { needs: 'member', title: 'Members', data: membershipData, check: checkReason } as const;
  parts.dispatcher.form({ ...spec, callbackId: ids.membershipForm }, async (interaction) => {
    const { changeId, needsReason: _, ...wishes } = interaction.data;
    return askConfirmed(parts, interaction, { wishes, changeId });
  });
}

interface Said {
  readonly reason?: string;
  readonly banner?: string;
  /** The same as before, so that a form sent twice is one change. @default another one */
  readonly changeId?: string;
}

/** The confirmation of what is wanted, with the present facts. */
export async function confirmMemberships(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  wishes: MembershipWishes,
  { reason = '', banner, changeId = parts.newId() }: Said = {},
): Promise<ModalView> {
  const { steps } = await stepsOf(parts, interaction, wishes);
  const asRequest = await isRequest(parts, interaction, steps);
  const facts = await parts.desk.ofSteps(steps, interaction.actor.email ?? null);
  const data: MembershipData = { ...wishes, changeId, needsReason: asRequest };
  const metadata = parts.dispatcher.remember(interaction, data);
  return membershipView({ steps, facts, asRequest, reason, metadata, banner });
}

/** Whether somebody else decides it. @throws RefusedError where nobody could. */
export async function isRequest(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  steps: readonly MembershipStep[],
): Promise<boolean> {
  if (!(await parts.service.needsApprovalOf(deciderOf(interaction), steps))) return false;
  if (await hasDecider(parts, interaction.actor, steps)) return true;
  throw new RefusedError(
    'Nobody could decide this: no active owner of the workspace can be asked in Slack, and there is no other administrator of this bot.',
  );
}

/** The workspace that is meant, and the steps for these wishes. @throws RefusedError as `seenWorkspace` does. */
export async function stepsOf(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  wishes: MembershipWishes,
) {
  const { wallaroo } = parts;
  const [{ workspace, all }, users] = await Promise.all([
    seenWorkspace(parts, interaction, wishes.workspaceId),
    Promise.all(wishes.members.map(async ({ userId: id }) => [id, await wallaroo.getUser(id)] as const)),
  ]);
  return { workspace, steps: stepsFor(wishes, workspace, { all, users: new Map(users) }) };
}

/** The workspace as it is now, among all. @throws RefusedError where it is none that who acts may see. */
export async function seenWorkspace(
  { wallaroo, workspaceViewer }: ChangesHandlerParts,
  { actor }: Interaction,
  workspaceId: number,
): Promise<{ readonly workspace: Workspace; readonly all: readonly Workspace[] }> {
  const [workspace, all] = await Promise.all([wallaroo.workspace(workspaceId), wallaroo.workspaces()]);
  if (workspace !== undefined && isSeenBy(workspace, await workspaceViewer(actor, [workspace])))
    return { workspace, all };
  throw new RefusedError('You see no such workspace. `/wallaroo workspaces` lists those that you see.');
}

/** Asks for what was confirmed; draws the confirmation where something is still to be said, or stands in the way. */
export async function askConfirmed(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<unknown>,
  { wishes, changeId }: { readonly wishes: MembershipWishes; readonly changeId: string },
): Promise<ModalView> {
  const { actor } = interaction;
  const reason = interaction.values[ids.reason] ?? '';
  const { steps } = await stepsOf(parts, interaction, wishes);
  if ((await isRequest(parts, interaction, steps)) && reason === '')
    return confirmMemberships(parts, interaction, wishes, { banner: NEEDS_REASON, changeId });
  const facts = await parts.desk.ofSteps(steps, actor.email ?? null);
  if (facts.refusal !== undefined)
    return confirmMemberships(parts, interaction, wishes, { reason, changeId });
  const asked = await parts.service.ask({
    id: changeId,
    steps,
    reason,
    seatsShown: presentIn(facts, steps).seats,
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  const title = membershipTitle(steps);
  return showAsked(parts, interaction, title, asked);
}

const NEEDS_REASON = 'Somebody else decides this. Nothing was changed yet: please say why you want it.';
