import { labelOf } from '../../license/user-text.ts';
import { type Change, emailToGuard } from '../change.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { switchStep } from '../steps/switch-user.ts';
import type { ConfirmDesk } from './confirm-facts.ts';
import type { ConfirmFacts } from './confirmation.ts';

/** The steps of a change with a user who leaves in exchange first, as none was tried yet, and how it stands with them now. */
export async function swapFactsOf(
  desk: Pick<ConfirmDesk, 'ofSteps'>,
  change: Change,
  leaverId: string,
  options: { readonly workspaces?: boolean } = {},
): Promise<{ readonly steps: readonly Step[]; readonly facts: ConfirmFacts }> {
  const wanted = change.steps.map((step) => kindOfStep(step).unperformed(step));
  const leaves = switchStep({ userId: leaverId, enabled: false, label: '' });
  const facts = await desk.ofSteps([leaves, ...wanted], emailToGuard(change), options);
  const [first] = facts.subjects;
  const label = first === undefined ? '' : labelOf(first.user);
  return { facts, steps: [{ ...leaves, label }, ...wanted] };
}
