import { ChatopsError } from '../../errors.ts';
import { withoutAdvice } from '../advice-texts.ts';
import { type Change, type Failure, isSeveral } from '../change.ts';
import { findChange } from '../store/change-store.ts';
import type { ApplyParts } from './apply-parts.ts';
import { ChangeRun, failureOf } from './change-run.ts';
import { endsBroughtBack } from './ends-brought-back.ts';
import { LostLease } from './hold-change.ts';
import { mayPass, mayYetBeTakenBack } from './passing-fault.ts';
import { performEach } from './perform-each.ts';
import { concludeSteps, performSteps } from './perform-steps.ts';
import { takeBack } from './take-back.ts';
import { refuseOnceEndHasPassed, refuseOnceTimeIsOver } from './time-is-over.ts';

/**
 * Applies a change that is due, once, however many try: takes its lease, performs its steps under the lock of
 * all platform writes, and records the result with its audit entry in one transaction. Returns the change
 * as it then stands; `undefined` if it does not exist.
 */
export async function applyChange(parts: ApplyParts, id: string): Promise<Change | undefined> {
  const run = await ChangeRun.begin(parts, id);
  if (run === undefined) return findChange(parts.db, id);
  try {
    await parts.faultPoint('begun');
    return (await run.lock()) ? await walk(run) : await run.postpone(new LockBusy(), { tried: false });
  } finally {
    await run.release();
  }
}

/** From the lock to an outcome, or to the next try. */
async function walk(run: ChangeRun): Promise<Change> {
  try {
    await run.parts.faultPoint('locked');
    const failure = run.change.failure ?? (await perform(run));
    if (failure === undefined) {
      await concludeSteps(run);
      return await run.succeed();
    }
    // Stored first: a process that takes over goes on taking back.
    await run.progress({ failure });
    const told = await takeBackAtMost(run, failure);
    await concludeSteps(run);
    return await run.fail(told);
  } catch (error) {
    return error instanceof LostLease ? run.standing() : run.postpone(error);
  }
}

/** The failure of a try that is not worth repeating; `undefined` if it went well. Rejects when the fault may pass. */
async function perform(run: ChangeRun): Promise<Failure | undefined> {
  try {
    await refuseOnceTimeIsOver(run);
    if (isSeveral(run.change)) await performEach(run);
    else await performTogether(run);
    return undefined;
  } catch (error) {
    if (error instanceof LostLease || mayPass(run, error)) throw error;
    run.parts.log.warn({ err: error, change: run.change.id }, 'change failed');
    return failureOf(error);
  }
}

async function performTogether(run: ChangeRun): Promise<void> {
  const ends = await endsBroughtBack(run.parts.db, run.change);
  await refuseOnceEndHasPassed(run, run.change.steps, ends);
  await performSteps(run);
}

/** Why it failed, with what could not be taken back; rejects if that has to be tried again. */
async function takeBackAtMost(run: ChangeRun, failure: Failure): Promise<Failure> {
  try {
    return await takeBack(run, failure);
  } catch (error) {
    if (error instanceof LostLease || mayYetBeTakenBack(run, error)) throw error;
    run.parts.log.error({ err: error, change: run.change.id }, 'could not take back a finished step');
    const left = `Not all that was done could be taken back. ${withoutAdvice(failureOf(error).sentence)}`;
    return { ...failure, sentence: `${failure.sentence} ${left}` };
  }
}

/** Others kept the lock of platform writes for long. */
class LockBusy extends ChatopsError {
  constructor() {
    super('platform write lock is busy', {
      code: 'busy',
      userMessage: 'Many changes are under way. Retrying in a moment.',
    });
  }
}
