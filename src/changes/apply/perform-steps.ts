import { WallarooRefused } from '../../wallaroo/errors.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import type { ChangeRun } from './change-run.ts';
import { countSeats, fewerSeatsText } from './free-seats.ts';
import { PermanentFault } from './permanent-fault.ts';
import { stepRun } from './step-run.ts';

/** Performs every step that is not done yet, in order: all or none. Rejects when one cannot be done, now or ever. */
export async function performSteps(run: ChangeRun): Promise<void> {
  // At each try: somebody outside may have taken the seat since it was promised.
  const count = await countSeats(run.parts, run.change);
  if (count.verdict === 'full') throw count.fault;
  if (count.verdict === 'free' && !run.change.seatReserved) await run.progress({ seatReserved: true });
  for (const [index, step] of run.change.steps.entries()) {
    if (index > 0) await recount(run, step);
    await performStep(run, step, index, run.change.steps);
  }
}

/** Once an earlier step has made room, somebody outside may have taken it before this one is done. */
async function recount({ parts, change }: ChangeRun, step: Step): Promise<void> {
  if (kindOfStep(step).seat(step)?.effect !== 'takes') return;
  const count = await countSeats(parts, change);
  if (count.verdict === 'full') throw count.fault;
}

/** What follows for each step once no step is taken back any more. */
export async function concludeSteps(run: ChangeRun): Promise<void> {
  for (const index of run.change.steps.keys()) await concludeStep(run, index);
}

/** The same for one step. */
export async function concludeStep(run: ChangeRun, index: number): Promise<void> {
  const step = run.change.steps[index];
  if (step !== undefined) await kindOfStep(step).conclude(step, stepRun(run, index));
}

/** Performs one step, with which `together` take their seats. */
export async function performStep(
  run: ChangeRun,
  step: Step,
  index: number,
  together: readonly Step[],
): Promise<void> {
  const kind = kindOfStep(step);
  await kind.perform(step, stepRun(run, index)).catch((error: unknown) => explain(run, together, error));
}

/**
 * What Wallaroo meant by letting nobody in: somebody outside has taken the last seat since it was counted, or its license has
 * fewer seats than the bot was told.
 */
async function explain({ parts, change }: ChangeRun, steps: readonly Step[], error: unknown): Promise<never> {
  if (!(error instanceof WallarooRefused) || !MAY_MEAN_SEATS.has(error.code)) throw error;
  const count = await countSeats(parts, { id: change.id, steps });
  if (count.verdict === 'full') throw count.fault;
  if (error.code === 'unexplained_refusal') throw error;
  const sentence = count.verdict === 'free' ? fewerSeatsText(count) : error.userMessage;
  throw new PermanentFault('fewer_seats', sentence, error);
}

const MAY_MEAN_SEATS: ReadonlySet<string> = new Set(['license_full', 'unexplained_refusal']);
