import { membershipStep, membershipSteps } from './membership-step.ts';
import type { Step } from './step.ts';
import { switchSteps } from './switch-user.ts';

/** What somebody chose for a workspace that a deactivation leaves without an active OWNER. */
export interface HandOver {
  readonly workspaceId: number;
  readonly workspace: string;
  /** Who takes over; `undefined`: it is left without. */
  readonly to: { readonly userId: string; readonly label: string } | undefined;
}

/** The steps with what was chosen done first, and what is left without kept with who leaves; `open`: others choose yet. */
export function withHandOvers(
  steps: readonly Step[],
  chosen: readonly HandOver[],
  open = false,
): readonly Step[] {
  const takeOvers = chosen.flatMap(({ workspaceId, workspace, to }) =>
    to === undefined
      ? []
      : [membershipStep({ workspaceId, workspace, ...to, role: 'OWNER', was: undefined })],
  );
  const without = chosen.flatMap(({ workspaceId, to }) => (to === undefined ? [workspaceId] : []));
  if (open) return [...takeOvers, ...steps];
  return [...takeOvers, ...steps.map((step) => knowing(step, without))];
}

function knowing(step: Step, without: readonly number[]): Step {
  if (step.type !== 'switch' || step.enabled) return step;
  return { ...step, without: [...(step.without ?? []), ...without] };
}

/** Ids of the workspaces of which the steps say what becomes of them once their last active OWNER has left. */
export const settledBy = (steps: readonly Step[]): readonly number[] => [
  ...membershipSteps({ steps }).flatMap(({ role, workspaceId }) => (role === 'OWNER' ? [workspaceId] : [])),
  ...switchSteps({ steps }).flatMap(({ without = [] }) => without),
];

/** Whether the steps leave it to the approver what becomes of the workspaces of who leaves. */
export const leftToApprover = (steps: readonly Step[]): boolean =>
  switchSteps({ steps }).every(({ enabled, without }) => enabled || without === undefined);
