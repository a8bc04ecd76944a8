import { SYSTEM } from '../../db/audit-trail.ts';
import { ChatopsError } from '../../errors.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import type { Change, Failure } from '../change.ts';
import { entryOf, outcomeEntry } from '../store/change-audit.ts';
import { findChange, storeTransition } from '../store/change-store.ts';
import { type ChangeEvent, decide } from '../transition.ts';
import type { ApplyParts } from './apply-parts.ts';
import { type Hold, holdChange, LostLease, leaseTerm } from './hold-change.ts';
import { type Progress, performSteps } from './perform-steps.ts';
import { PermanentFault } from './permanent-fault.ts';
import { takeBack } from './take-back.ts';
import { endOf } from './timed-activation.ts';

const MOST_ATTEMPTS = 20;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/**
 * Carries out a change that is due, once, whoever else tries: takes its lease, performs its steps under the lock of
 * all platform writes, and records the result with its audit entry in one transaction. Returns the change
 * as it then stands; `undefined` if it does not exist.
 */
export async function applyChange(parts: ApplyParts, id: string): Promise<Change | undefined> {
  const found = await findChange(parts.db, id);
  if (found === undefined) return undefined;
  const owner = parts.newId();
  const begun = await advance(parts, found, { type: 'begin', owner, lease: leaseTerm(parts) });
  if (begun === undefined) return findChange(parts.db, id);
  const hold = holdChange(parts, id, owner);
  try {
    await parts.faultPoint('begun');
    if (!(await hold.lock())) return await postpone(parts, begun, owner, new LockBusy());
    return await carryOut({ ...parts, wallaroo: hold.fence(parts.wallaroo) }, begun, owner, hold);
  } finally {
    await hold.release();
  }
}

async function carryOut(parts: ApplyParts, begun: Change, owner: string, hold: Hold): Promise<Change> {
  let current = begun;
  const progress: Progress = async (steps, seatReserved, failure) => {
    await hold.prove();
    const event = { type: 'progress', owner, lease: leaseTerm(parts), steps, seatReserved, failure } as const;
    const stored = await advance(parts, current, event);
    if (stored === undefined) throw new LostLease();
    current = stored;
    return stored;
  };
  try {
    await parts.faultPoint('locked');
    const failure =
      begun.failure ?? (await failureOf(parts, begun, () => performSteps(parts, begun, progress)));
    if (failure !== undefined) return await fail(parts, () => current, owner, failure, progress);
    return await finish(parts, current, { type: 'succeed', owner, steps: current.steps });
  } catch (error) {
    if (error instanceof LostLease) return await standing(parts, current);
    return await postpone(parts, current, owner, error);
  }
}

/** Takes back what was done, then records the failure; rejects if taking back has to be tried again. */
async function fail(
  parts: ApplyParts,
  current: () => Change,
  owner: string,
  failure: Failure,
  progress: Progress,
): Promise<Change> {
  const isLastTry = current().attempts + 1 >= MOST_ATTEMPTS;
  const begun = await progress(current().steps, current().seatReserved, failure);
  const told = await takeBack(parts, begun, failure, progress).catch((error: unknown) => {
    if (!isLastTry || error instanceof LostLease) throw error;
    parts.log.error({ err: error, change: begun.id }, 'could not take back a finished step');
    return failure;
  });
  return finish(parts, current(), { type: 'fail', owner, failure: told, steps: current().steps });
}

/** Another process won: what it stored is what counts. */
const standing = async ({ db }: ApplyParts, change: Change): Promise<Change> =>
  (await findChange(db, change.id)) ?? change;

async function finish(parts: ApplyParts, change: Change, event: ChangeEvent): Promise<Change> {
  await parts.faultPoint('before_outcome');
  const now = parts.now();
  const decision = decide(change, event, now);
  if (!decision.ok) return standing(parts, change);
  const next = decision.change;
  const isApplied = next.state === 'applied';
  const stored = await storeTransition(parts.db, next, {
    entry: outcomeEntry(next, now),
    child: isApplied ? endOf(next, now) : undefined,
    undoes: isApplied && next.origin !== 'timed' ? next.parentId : undefined,
    cards: parts.placesOf(next),
  });
  await parts.faultPoint('after_outcome');
  if (!stored) return standing(parts, change);
  const { id, kind, state, failure } = next;
  parts.log.info({ change: id, kind, state, failure: failure?.code }, 'change ended');
  parts.ended(next);
  return next;
}

async function postpone(parts: ApplyParts, change: Change, owner: string, error: unknown): Promise<Change> {
  const delayMs = retryDelayMs(change.attempts, parts.random);
  parts.log.warn({ err: error, change: change.id, delayMs }, 'change put off: it is tried again');
  const fault = asFailure(error);
  const now = parts.now();
  const event = { type: 'postpone', owner, delayMs, steps: change.steps, fault } as const;
  const decision = decide(change, event, now);
  if (!decision.ok) return standing(parts, change);
  const next = decision.change;
  const said = `Not done yet, and tried again by itself. ${fault.sentence}`;
  const stored = await storeTransition(parts.db, next, {
    // Once is enough for the trail; the card counts the tries.
    entry: next.attempts === 1 ? entryOf(next, 'postponed', SYSTEM, now, said) : undefined,
    cards: parts.placesOf(next),
  });
  return stored ? next : standing(parts, change);
}

async function advance(parts: ApplyParts, change: Change, event: ChangeEvent): Promise<Change | undefined> {
  const decision = decide(change, event, parts.now());
  if (!decision.ok) return undefined;
  return (await storeTransition(parts.db, decision.change)) ? decision.change : undefined;
}

/** Exponential, at most half a minute, with jitter so that replicas do not knock together. */
function retryDelayMs(attempts: number, random: () => number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  return Math.round(full * (0.5 + random() / 2));
}

/** The failure of a try that is not worth repeating; `undefined` if it went well. Rejects when the fault may pass. */
async function failureOf(
  { log }: ApplyParts,
  change: Change,
  attempt: () => Promise<unknown>,
): Promise<Failure | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof LostLease) throw error;
    if (isPassing(error) && change.attempts + 1 < MOST_ATTEMPTS) throw error;
    log.warn({ err: error, change: change.id }, 'change failed');
    return asFailure(error);
  }
}

const asFailure = (error: unknown): Failure =>
  error instanceof ChatopsError
    ? { code: error.code, sentence: error.userMessage }
    : { code: 'unexpected', sentence: 'Something went wrong on my side. The log has the details.' };

/** Worth another try later by itself. */
function isPassing(error: unknown): boolean {
  if (error instanceof WallarooError) return error.retryable;
  return !(error instanceof PermanentFault);
}

/** Others kept the lock of platform writes for long. */
class LockBusy extends ChatopsError {
  constructor() {
    super('platform write lock is busy', {
      code: 'busy',
      userMessage: 'Many changes are under way. This one is tried again in a moment.',
    });
  }
}
