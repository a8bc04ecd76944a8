import { besideHandOvers, handOverSteps } from '../steps/hand-over.ts';
import { isOpen, isUntouched } from '../steps/steps-of.ts';
import { type ChangeRun, failureOf } from './change-run.ts';
import { type EndBroughtBack, endsBroughtBack } from './ends-brought-back.ts';
import { countSeats } from './free-seats.ts';
import { LostLease } from './hold-change.ts';
import { mayPass } from './passing-fault.ts';
import { concludeStep, performStep } from './perform-steps.ts';
import { PermanentFault } from './permanent-fault.ts';
import { refuseOnceEndHasPassed } from './time-is-over.ts';

/** One user's fault may pass while the others are done; two in a row are the platform's, and nobody waits out fifty. */
const MOST_PASSING_IN_A_ROW = 2;

/**
 * Performs every step for itself: one that fails for good is marked with why, and the others go on. Who takes over a
 * workspace does so before: where one cannot, nobody leaves. Rejects where some are worth another try, where the seats do not
 * suffice before anything was done, and where all have failed.
 */
export async function performEach(run: ChangeRun): Promise<void> {
  await admit(run);
  const handOvers = new Set(handOverSteps(run.change.steps));
  const indexes = [...run.change.steps.entries()];
  for (const [index, step] of indexes.filter(([, one]) => handOvers.has(one)))
    await performStep(run, step, index, [step]);
  const ends = await endsBroughtBack(run.parts.db, run.change);
  let passing: unknown;
  let inARow = 0;
  for (const [index] of indexes.filter(([, one]) => !handOvers.has(one))) {
    const fault = await performOne(run, index, ends);
    inARow = fault === undefined ? 0 : inARow + 1;
    passing ??= fault;
    if (inARow === MOST_PASSING_IN_A_ROW) break;
  }
  if (passing !== undefined) throw passing;
  const failures = besideHandOvers(run.change.steps).map(({ failure }) => failure);
  const [first] = failures;
  if (first === undefined || failures.includes(undefined)) return;
  const isOneReason = failures.every((failure) => failure?.sentence === first.sentence);
  throw new PermanentFault(first.code, isOneReason ? first.sentence : 'None of these users was changed.');
}

/** Lets all in or none before the first is begun, as the seats allow; later each step is counted again. */
async function admit(run: ChangeRun): Promise<void> {
  const { id, steps, seatReserved } = run.change;
  const count = await countSeats(run.parts, { id, steps: steps.filter(isOpen) });
  if (count.verdict === 'full' && steps.every(isUntouched)) throw count.fault;
  if (count.verdict === 'free' && !seatReserved) await run.progress({ seatReserved: true });
}

/** Resolves to the fault of a step that is worth another try. */
async function performOne(run: ChangeRun, index: number, ends: readonly EndBroughtBack[]): Promise<unknown> {
  const step = run.change.steps[index];
  if (step === undefined || !isOpen(step)) return undefined;
  try {
    await refuseOnceEndHasPassed(run, [step], ends);
    const count = await countSeats(run.parts, { id: run.change.id, steps: [step] });
    if (count.verdict === 'full') throw count.fault;
    await performStep(run, step, index, [step]);
    await concludeStep(run, index);
    return undefined;
  } catch (error) {
    if (error instanceof LostLease) throw error;
    if (mayPass(run, error)) return error;
    run.parts.log.warn({ err: error, change: run.change.id, step: index }, 'one of several failed');
    await run.storeStep(index, { ...(run.change.steps[index] ?? step), failure: failureOf(error) });
    return undefined;
  }
}
