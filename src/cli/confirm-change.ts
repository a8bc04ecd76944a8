import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import { withHandOvers } from '../changes/steps/hand-over.ts';
import type { Step } from '../changes/steps/step.ts';
import { labelOf } from '../license/user-text.ts';
import type { Ending } from '../texts/ending.ts';
import type { CommandParts, CommonOptions } from './command.ts';
import { approvalLines } from './effect.ts';
import type { ExitCode } from './exit-codes.ts';
import { agreeOn, type HandOverPlan, handOverLines, planHandOvers } from './hand-over.ts';
import type { HandOverOptions } from './hand-over-options.ts';
import { makeAll, tellDryRun, type Would } from './make-all.ts';
import type { Outcome } from './outcome.ts';
import { printable } from './plain.ts';

/** A change that may be, as it was read. */
export interface Proposed {
  readonly facts: ConfirmFacts;
  readonly steps: readonly Step[];
  /** What it does, in lines for people. */
  readonly effect: readonly string[];
  /** Whether each step is done for itself. @default false: all or none */
  readonly independent?: boolean;
  readonly ending?: Ending | undefined;
  /** Who is as wanted already. */
  readonly already: readonly Outcome[];
  /** What a dry run tells beside users who are switched. */
  readonly would?: readonly Would[];
}

/** Shows what a change does to seats and workspaces, asks what nobody has said, and makes it; or only shows it. */
export async function confirmChange(
  parts: CommandParts,
  { facts, steps, effect, already, would = [], ...rest }: Proposed,
  options: CommonOptions & HandOverOptions,
): Promise<ExitCode> {
  const { core } = await parts.office();
  const needsApproval = core.changes.needsApproval(true);
  const plan = await planHandOvers(parts, facts, options, needsApproval);
  const lines = [...effect, ...handOverLines(plan, !options.dryRun), ...approvalLines(needsApproval)];
  if (options.dryRun) {
    const all = [...takeOversIn(plan), ...switchesIn(facts, plan), ...would];
    return tellDryRun(parts, options, { facts, effect: lines, needsApproval, already, would: all });
  }
  const { chosen, isOpen } = await agreeOn(parts, options, lines, plan);
  return makeAll(parts, [{ ...rest, facts, steps: withHandOvers(steps, chosen, isOpen) }], options, already);
}

const takeOversIn = ({ chosen }: HandOverPlan): readonly Would[] =>
  chosen.flatMap(({ workspace, to }) =>
    to === undefined
      ? []
      : [
          {
            user: to.label,
            userId: to.userId,
            sentence: printable(`Would make ${to.label} an owner of ${workspace}.`),
          },
        ],
  );

function switchesIn({ subjects }: ConfirmFacts, { orphans, chosen }: HandOverPlan): readonly Would[] {
  const left = orphans.filter(
    ({ workspaceId }) => !chosen.some((one) => one.workspaceId === workspaceId && one.to !== undefined),
  );
  return subjects.map(({ user, enabled, workspaces = [] }) => {
    const owned = left.filter(({ workspaceId }) =>
      workspaces.some((one) => one.workspaceId === workspaceId && one.role === 'OWNER'),
    );
    const names = owned.map(({ workspace }) => workspace).join(', ');
    const without = names === '' ? '' : ` No active owner would be left in ${names}.`;
    const would = `Would ${enabled ? 'activate' : 'deactivate'} ${labelOf(user)}.`;
    return { user: labelOf(user), userId: user.id, sentence: printable(`${would}${without}`) };
  });
}
