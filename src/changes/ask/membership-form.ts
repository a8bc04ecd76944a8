import * as z from 'zod';
import { sharesName, type WantedRole } from '../../access/workspace-rules.ts';
import { labelOf } from '../../license/user-text.ts';
import { chosenIn, type FormValues } from '../../slack/interaction.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';
import { ids } from '../changes-ids.ts';
import { type MembershipStep, membershipStep, placeOf } from '../steps/membership-step.ts';

const roleSchema = z.enum(['OWNER', 'COLLABORATOR', 'none']);

/** Who is to be what in one workspace. */
const wishSchema = z.object({
  workspaceId: z.number(),
  members: z.array(z.object({ userId: z.string(), role: roleSchema })).min(1),
});
export type MembershipWishes = z.output<typeof wishSchema>;

/** What the confirmation of memberships remembers until it is submitted. */
export const membershipData = wishSchema.extend({ changeId: z.string(), needsReason: z.boolean() });
export type MembershipData = z.output<typeof membershipData>;

/** The same of the form in which people are chosen for a workspace, or a workspace for somebody. */
export const addData = z.object({
  changeId: z.string(),
  needsReason: z.boolean(),
  workspaceId: z.number().optional(),
  userId: z.string().optional(),
});
export type AddData = z.output<typeof addData>;

const SAY_WHY = 'Please say why: the people who decide will want to know.';

/** What is still to be said, by input block. */
export function checkReason(values: FormValues, { needsReason }: { readonly needsReason: boolean }) {
  return needsReason && values[ids.reason] === undefined ? { [ids.reasonBlock]: SAY_WHY } : undefined;
}

/** What the form asks for; `undefined` where something is not chosen. */
export function wishesIn(values: FormValues, data: AddData): MembershipWishes | undefined {
  const people = data.userId === undefined ? chosenIn(values[ids.people]) : [data.userId];
  const role = roleSchema.catch('COLLABORATOR').parse(values[ids.role]);
  const workspaceId = data.workspaceId ?? Number(values[ids.workspace]);
  const members = people.map((userId) => ({ userId, role }));
  return members.length === 0 || !Number.isInteger(workspaceId) ? undefined : { workspaceId, members };
}

/** A user by id, for their label. */
type Users = ReadonlyMap<string, WallarooUser | undefined>;

/** The steps for these wishes; `all` are all workspaces, to tell whether names repeat. */
export const stepsFor = (
  { members }: MembershipWishes,
  workspace: Workspace,
  { users, all }: { readonly users: Users; readonly all: readonly Workspace[] },
): readonly MembershipStep[] =>
  members.map(({ userId, role }) => {
    const user = users.get(userId);
    return membershipStep({
      workspaceId: workspace.id,
      workspace: workspace.name,
      sharesName: sharesName(workspace, all),
      userId,
      label: user === undefined ? userId : labelOf(user),
      role,
      was: placeOf(workspace, userId),
    });
  });

/** Whether adding somebody as this would do nothing, or take an owner's role from them, which nobody asked for. */
export const isMemberEnough = (workspace: Workspace, userId: string, role: WantedRole): boolean => {
  const place = placeOf(workspace, userId);
  return place === role || place === 'OWNER';
};
