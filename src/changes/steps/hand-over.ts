import { membershipStep, membershipSteps } from './membership-step.ts';
import { drawnNames } from './orphan-names.ts';
import type { Step } from './step.ts';
import { switchSteps } from './switch-user.ts';

/** What somebody chose for a workspace that a deactivation leaves without an active OWNER. */
export interface HandOver {
  readonly workspaceId: number;
  readonly workspace: string;
  /** Another workspace has the same name. */
  readonly sharesName?: boolean | undefined;
  /** Who takes over; `undefined`: it is left without. */
  readonly to: { readonly userId: string; readonly label: string } | undefined;
}

/**
 * The steps with what was chosen done first, and what is left without kept with who leaves; `open`: others choose yet. Who
 * was to take over the same workspace before does not any more.
 */
export function withHandOvers(
  steps: readonly Step[],
  chosen: readonly HandOver[],
  open = false,
): readonly Step[] {
  const takeOvers = chosen.flatMap(({ to, ...where }) =>
    to === undefined ? [] : [membershipStep({ ...where, ...to, role: 'OWNER', was: undefined })],
  );
  const without = chosen.flatMap(({ workspaceId, to }) => (to === undefined ? [workspaceId] : []));
  const again = new Set(chosen.map(({ workspaceId }) => workspaceId));
  const replaced = new Set(
    membershipSteps({ steps: handOverSteps(steps) }).filter(({ workspaceId }) => again.has(workspaceId)),
  );
  const kept = steps.filter((step) => step.type !== 'set_membership' || !replaced.has(step));
  if (open) return [...takeOvers, ...kept];
  return [...takeOvers, ...kept.map((step) => knowing(step, without))];
}

function knowing(step: Step, without: readonly number[]): Step {
  if (step.type !== 'switch' || step.enabled) return step;
  return { ...step, without: [...new Set([...(step.without ?? []), ...without])] };
}

/** The steps by which somebody takes over a workspace so that others may leave: done before these, or nobody leaves. */
export const handOverSteps = (steps: readonly Step[]): readonly Step[] =>
  switchSteps({ steps }).some(({ enabled }) => !enabled)
    ? steps.filter((step) => step.type === 'set_membership' && step.role === 'OWNER')
    : [];

/** The steps without those by which somebody takes over a workspace. */
export function besideHandOvers(steps: readonly Step[]): readonly Step[] {
  const handOvers = new Set(handOverSteps(steps));
  return steps.filter((step) => !handOvers.has(step));
}

/**
 * Ids of the workspaces of which the steps say what becomes of them once their last active OWNER has left. Who takes over
 * has to be one who can: `stays` says of whom that is so.
 */
export const settledBy = (
  steps: readonly Step[],
  stays: (userId: string) => boolean = () => true,
): readonly number[] => [
  ...membershipSteps({ steps }).flatMap(({ role, workspaceId, userId }) =>
    role === 'OWNER' && stays(userId) ? [workspaceId] : [],
  ),
  ...switchSteps({ steps }).flatMap(({ without = [] }) => without),
];

/** Labels of those who leave. */
export const leaversNamed = (steps: readonly Step[]): readonly string[] =>
  switchSteps({ steps }).flatMap(({ enabled, label }) => (enabled ? [] : [label]));

/** Whether the steps leave it to the approver what becomes of the workspaces of who leaves. */
export const leftToApprover = (steps: readonly Step[]): boolean =>
  switchSteps({ steps }).every(({ enabled, without }) => enabled || without === undefined);

/** The steps with the names of the workspaces that they would leave without an active OWNER if they were done now. */
export function withOrphansComing(steps: readonly Step[], names: readonly string[]): readonly Step[] {
  return steps.map((step) => (step.type === 'switch' && !step.enabled ? { ...step, orphans: names } : step));
}

/** Names of the workspaces that steps which are not done yet would leave without an active OWNER, as it was read last. */
export const orphansAhead = (steps: readonly Step[]): readonly string[] =>
  switchSteps({ steps }).flatMap(({ after, orphans = [] }) => (after === undefined ? orphans : []));

/** The same as a sentence of mrkdwn; `undefined` where there is none. */
export function orphansComing(steps: readonly Step[], draw = drawnNames): string | undefined {
  const names = orphansAhead(steps);
  if (names.length === 0) return undefined;
  return `No active OWNER would be left in ${draw(names)} then: make somebody else one before.`;
}

/**
 * The steps as an approval leaves them that had no workspace to ask about: who becomes the last active OWNER of one before
 * they leave stays. `undefined` where nothing was left to the approver.
 */
export const closedSteps = (steps: readonly Step[]): readonly Step[] | undefined =>
  leftToApprover(steps) && switchSteps({ steps }).some(({ enabled }) => !enabled)
    ? withHandOvers(steps, [])
    : undefined;
