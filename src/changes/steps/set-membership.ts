import { membershipGuard, type WantedRole } from '../../access/workspace-rules.ts';
import { labelOf } from '../../license/user-text.ts';
import { quotedName } from '../../texts/plain-text.ts';
import { USER_IS_GONE } from '../../texts/said-often.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';
import { PermanentFault } from '../apply/permanent-fault.ts';
import {
  type MembershipStep,
  membershipSchema,
  membershipStep,
  type Place,
  placeOf,
} from './membership-step.ts';
import { membershipAsks, membershipDid, membershipsAsk, placeText } from './membership-words.ts';
import type { StepKind, StepRun } from './step-kind.ts';

/** The role that comes nearest: a type that the platform leaves open is a collaborator's (contract §6.4). */
const roleOf = (was: Place): WantedRole => (was === 'open' ? 'COLLABORATOR' : was);

const altered = ({ before, after }: MembershipStep): boolean =>
  before !== undefined && after !== undefined && roleOf(before) !== roleOf(after);

/** Begun, and it would alter something: `before` is stored ahead of the write, which may take effect without an answer. */
const mayHaveWritten = ({ before, role }: MembershipStep): boolean => before !== undefined && before !== role;

const NEWS = {
  OWNER: 'made_owner',
  COLLABORATOR: 'made_collaborator',
  open: 'made_collaborator',
  none: 'left_workspace',
} as const;

/** Making somebody owner or collaborator of a workspace, or no member. */
export const setMembership: StepKind<MembershipStep, 'membership'> = {
  type: 'set_membership',
  schema: membershipSchema,
  kinds: { membership: 'Membership changed.' },
  kindOf: () => 'membership',
  key: ({ workspaceId, userId, role }) => `member=${workspaceId}/${userId}=${role}`,
  subject: ({ userId, label }) => ({ userId, label }),
  addresses: () => [],
  turns: () => undefined,
  seat: () => undefined,
  seatDelta: () => 0,
  asks: membershipAsks,
  asksOfMany: membershipsAsk,
  asksInSwap: () => undefined,
  did: membershipDid,
  states: (step) => {
    const { before, after = before } = step;
    const text = (was: Place | undefined) => (was === undefined ? undefined : placeText(step, was));
    return { before: text(before), after: text(after) };
  },
  altered,
  perform,
  takeBack,
  conclude: async () => undefined,
  remark: () => undefined,
  undo: (step) =>
    altered(step) && step.before !== undefined
      ? membershipStep({ ...step, role: roleOf(step.before), was: step.after })
      : undefined,
  unperformed: (step) => ({
    ...membershipStep(step),
    // What a try without an answer may have done is still ours: it can be undone.
    ...(mayHaveWritten(step) && step.after === undefined ? { before: step.before } : {}),
  }),
  affects: (step) =>
    altered(step) && !step.takenBack && step.after !== undefined
      ? { kind: NEWS[step.after], userId: step.userId, workspace: step.workspace }
      : undefined,
  ownWrites: () => [],
};

const GONE = "Wallaroo no longer shows this workspace to the bot's account: somebody may have deleted it.";

async function perform(step: MembershipStep, run: StepRun<MembershipStep>): Promise<void> {
  if (step.after !== undefined) return;
  const { userId, role } = step;
  const workspace = await run.wallaroo.workspace(step.workspaceId);
  if (workspace === undefined) throw new PermanentFault('unknown_workspace', GONE);
  const user = await run.wallaroo.getUser(userId);
  // Somebody whom Keycloak no longer has is still taken out (contract §6.3).
  if (user === undefined && role !== 'none') throw new PermanentFault('not_found', USER_IS_GONE);
  // Names as they are: where it was asked for while Wallaroo was down, nobody knew them.
  const named = {
    ...step,
    workspace: workspace.name,
    ...(user === undefined ? {} : { label: labelOf(user) }),
  };
  const active = user?.enabled === true;
  const now = placeOf(workspace, userId);
  const before = step.before ?? now;
  if (now === role) return run.store({ ...named, before, after: now, active });
  await refuseUnlessAllowed(workspace, step, run);
  await run.store({ ...named, before });
  const after = await write(step, role, run);
  await run.store({ ...named, before, after, active });
}

async function takeBack(step: MembershipStep, run: StepRun<MembershipStep>): Promise<string | undefined> {
  const { before, userId, label } = step;
  if (before === undefined || !mayHaveWritten(step) || step.takenBack) return undefined;
  const role = roleOf(before);
  const workspace = await run.wallaroo.workspace(step.workspaceId);
  const guard =
    workspace === undefined
      ? GONE
      : membershipGuard(workspace, userId, role, await run.ownersLeaving(step.workspaceId));
  if (guard !== undefined)
    return `The membership of ${quotedName(label)} in ${quotedName(step.workspace)} could not be taken back. ${guard}`;
  const asBefore =
    step.after === undefined && workspace !== undefined && placeOf(workspace, userId) === before;
  const after = await write(step, role, run);
  await run.store({ ...step, after, takenBack: true, ...(asBefore ? { asBefore } : {}) });
  return undefined;
}

async function refuseUnlessAllowed(
  workspace: Workspace,
  { userId, role }: MembershipStep,
  run: StepRun<MembershipStep>,
): Promise<void> {
  const guard = membershipGuard(workspace, userId, role, await run.ownersLeaving(workspace.id));
  if (guard !== undefined) throw new PermanentFault('guarded', guard);
}

/** What the user is, as read back. */
async function write(
  { workspaceId, userId }: MembershipStep,
  role: WantedRole,
  run: StepRun<MembershipStep>,
): Promise<Place> {
  const wanted = role === 'none' ? undefined : role;
  const { after } = await run.write(() => run.wallaroo.setMembership(workspaceId, userId, wanted));
  return placeOf(after, userId);
}
