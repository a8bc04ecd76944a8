import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import type { MembershipStep } from '../changes/steps/membership-step.ts';
import { membershipAsks, placeWords, workspaceText } from '../changes/steps/membership-words.ts';
import { activeOwners, type Workspace } from '../wallaroo/workspace.ts';
import { memberLabel } from '../workspaces/workspace-lines.ts';
import { EXIT } from './exit-codes.ts';
import type { Outcome } from './outcome.ts';
import { plainOf, printable } from './plain.ts';

/** `add nora@ex.co as a collaborator to fraud-models` */
export const membershipAsked = (step: MembershipStep): string => plainOf(membershipAsks(step));

/** What these steps do to the workspace, in lines for people. */
export function membershipEffect(
  steps: readonly MembershipStep[],
  workspace: Workspace,
  { memberships = [] }: Pick<ConfirmFacts, 'memberships'>,
): readonly string[] {
  const asked = steps.map(membershipAsked).map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`);
  const inactive = memberships.filter(({ user, step }) => step.role !== 'none' && user?.enabled === false);
  return [
    ...asked,
    ...inactive
      .map(({ step }) => printable(`${step.label} is inactive, so they cannot sign in.`))
      .map(indented),
    indented(printable(ownersLine(steps, workspace, memberships))),
    indented('Seats: a membership takes none.'),
  ];
}

const indented = (line: string): string => `  ${line}`;

/** "Active owners: steve@ex.co → steve@ex.co, nora@ex.co" */
function ownersLine(
  steps: readonly MembershipStep[],
  workspace: Workspace,
  memberships: NonNullable<ConfirmFacts['memberships']>,
): string {
  const before = activeOwners(workspace);
  const left = before.filter(({ userId }) => !steps.some((step) => step.userId === userId));
  const added = memberships.flatMap(({ step, user }) =>
    step.role === 'OWNER' && user?.enabled === true ? [step.label] : [],
  );
  const named = [before.map(memberLabel), [...left.map(memberLabel), ...added]].map(
    (names) => names.join(', ') || 'none',
  );
  const [now, then] = named;
  return now === then ? `Active owners: ${now}` : `Active owners: ${now} → ${then}`;
}

/** That a user is as wanted is no change. */
export const membershipAlready = (step: MembershipStep): Outcome => ({
  outcome: 'already',
  exitCode: EXIT.done,
  user: step.label,
  userId: step.userId,
  changeId: undefined,
  sentence: plainOf(
    `${printable(step.label)} is ${step.was === 'none' ? '' : 'already '}${placeWords(step.was ?? 'none')} of ${workspaceText(step)}: nothing to do.`,
  ),
  seatsBefore: undefined,
  seatsAfter: undefined,
});
