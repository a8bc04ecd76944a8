import * as z from 'zod';
import { memberIn, type Workspace } from '../../wallaroo/workspace.ts';
import type { AnyStep } from './step-kind.ts';

/** `open`: a member whose type the platform does not say. */
export const placeSchema = z.enum(['OWNER', 'COLLABORATOR', 'open', 'none']);
export type Place = z.output<typeof placeSchema>;

/** As it is stored. */
export const membershipSchema = z.object({
  type: z.literal('set_membership'),
  /** Names of workspaces may repeat, so nothing is found by one. */
  workspaceId: z.number(),
  workspace: z.string(),
  /** Another workspace has the same name: people read the id as well. */
  sharesName: z.boolean().optional(),
  userId: z.string(),
  /** Email, or the username where there is none: for people, never to find the user by. */
  label: z.string(),
  role: z.enum(['OWNER', 'COLLABORATOR', 'none']),
  /** What the user was when it was asked, for its words. */
  was: placeSchema.optional(),
  /** What the user was just before the write; kept through a crash. */
  before: placeSchema.optional(),
  /** What the user is, as read back after the write; set once the step is done. */
  after: placeSchema.optional(),
  /** Whether the user could sign in when it was done. */
  active: z.boolean().optional(),
  /** Taken back because a later step failed for good. */
  takenBack: z.boolean().optional(),
  /** Found as before when it was to be taken back: its write, refused or without an answer, had changed nothing. */
  asBefore: z.boolean().optional(),
});

/** Makes one user OWNER or COLLABORATOR of one workspace, or no member. */
export type MembershipStep = Readonly<z.output<typeof membershipSchema>>;

/** A step that nobody has performed yet. */
export const membershipStep = ({
  workspaceId,
  workspace,
  sharesName,
  userId,
  label,
  role,
  was,
}: Pick<
  MembershipStep,
  'workspaceId' | 'workspace' | 'sharesName' | 'userId' | 'label' | 'role' | 'was'
>): MembershipStep => ({
  type: 'set_membership',
  workspaceId,
  workspace,
  ...(sharesName ? { sharesName } : {}),
  userId,
  label,
  role,
  ...(was === undefined ? {} : { was }),
});

/** The steps of a change that set memberships. */
export const membershipSteps = (change: { readonly steps: readonly AnyStep[] }): readonly MembershipStep[] =>
  change.steps.filter((step): step is MembershipStep => step.type === 'set_membership');

/** All of these steps where each of them sets a membership; none where one does anything else. */
export function onlyMemberships(steps: readonly AnyStep[]): readonly MembershipStep[] {
  const memberships = membershipSteps({ steps });
  return memberships.length === steps.length ? memberships : [];
}

/** Begun, and nobody knows whether it took effect. */
export const isUnsettled = ({ before, after }: MembershipStep): boolean =>
  before !== undefined && after === undefined;

/** What the user is in the workspace. */
export function placeOf(workspace: Workspace, userId: string): Place {
  const member = memberIn(workspace, userId);
  return member === undefined ? 'none' : (member.role ?? 'open');
}
