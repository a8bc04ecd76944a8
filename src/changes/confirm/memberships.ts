import { membershipGuard } from '../../access/workspace-rules.ts';
import { labelOf } from '../../license/user-text.ts';
import { USER_IS_GONE } from '../../texts/said-often.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { activeOwners, type Workspace } from '../../wallaroo/workspace.ts';
import type { ShownMembership } from '../shown/shown.ts';
import { type MembershipStep, type Place, placeOf } from '../steps/membership-step.ts';

/** One membership that is to change, as the platform has it now. */
export interface MembershipFact {
  readonly step: MembershipStep;
  /** `undefined`: the bot's account sees none of this id. */
  readonly workspace: Workspace | undefined;
  /** `undefined`: Keycloak no longer has them. */
  readonly user: WallarooUser | undefined;
  readonly place: Place;
  /** Why it cannot be, as a sentence. */
  readonly refusal: string | undefined;
  /** It is so already. */
  readonly isSo: boolean;
}

/** What the platform tells of the workspaces and users that steps name. */
export interface Known {
  readonly workspaces: ReadonlyMap<number, Workspace | undefined>;
  readonly users: ReadonlyMap<string, WallarooUser | undefined>;
}

/** The present facts of each step, the steps before it done: who takes over may come before who leaves. */
export function membershipFacts(steps: readonly MembershipStep[], { workspaces, users }: Known) {
  const current = new Map(workspaces);
  return steps.map((step): MembershipFact => {
    const workspace = current.get(step.workspaceId);
    const user = users.get(step.userId);
    const place = workspace === undefined ? 'none' : placeOf(workspace, step.userId);
    const isSo = place === step.role;
    const refusal = isSo ? undefined : refusalOf(step, workspace, user);
    if (workspace !== undefined && refusal === undefined)
      current.set(step.workspaceId, withMember(workspace, step, user));
    return { step, workspace: workspaces.get(step.workspaceId), user, place, refusal, isSo };
  });
}

function refusalOf(
  { userId, role }: MembershipStep,
  workspace: Workspace | undefined,
  user: WallarooUser | undefined,
): string | undefined {
  if (workspace === undefined) return 'Wallaroo no longer shows this workspace.';
  if (user === undefined && role !== 'none') return USER_IS_GONE;
  return membershipGuard(workspace, userId, role);
}

/** The workspace once the step is done. */
function withMember(
  workspace: Workspace,
  { userId, role }: MembershipStep,
  user: WallarooUser | undefined,
): Workspace {
  const others = workspace.members.filter((member) => member.userId !== userId);
  return { ...workspace, members: role === 'none' ? others : [...others, { userId, role, user }] };
}

/** What a card shows of it; nothing of a workspace that is gone. */
export function shownMembership({
  step,
  workspace,
  user,
  place,
}: MembershipFact): readonly ShownMembership[] {
  if (workspace === undefined) return [];
  const { workspaceId, sharesName, userId, label } = step;
  return [
    {
      workspaceId,
      workspace: workspace.name,
      ...(sharesName ? { sharesName } : {}),
      userId,
      label,
      place,
      active: user?.enabled === true,
      owners: activeOwners(workspace).map((owner) =>
        owner.user === undefined ? owner.userId : labelOf(owner.user),
      ),
    },
  ];
}
