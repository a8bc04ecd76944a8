import { SYSTEM } from '../../db/audit-trail.ts';
import type { Db } from '../../db/tables.ts';
import { type Change, type Failure, isComingEnd } from '../change.ts';
import type { Refusal } from '../change-event.ts';
import { plannedEnd } from '../coming-end.ts';
import type { EndOutcome } from '../steps/end-outcome.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { changeKindOf } from '../steps/steps-of.ts';
import { entryOf, outcomeEntry } from '../store/change-audit.ts';
import { findChange, storeTransition } from '../store/change-store.ts';
import { transition } from '../transition.ts';
import type { ApplyParts } from './apply-parts.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** When a timed activation's end is announced: a day ahead, or half-way for short ones. */
function reminderBefore(end: Date, durationMs: number): Date {
  return new Date(end.getTime() - Math.min(DAY_MS, durationMs / 2));
}

/** When the end is announced once more: an hour ahead, unless it is as near already. */
export function lastReminder({ notBefore }: Change, now: Date): Date | undefined {
  if (notBefore === undefined) return undefined;
  const at = new Date(notBefore.getTime() - HOUR_MS);
  return at > now ? at : undefined;
}

/**
 * The deactivations that an applied timed activation leaves behind, approved with it, one for each user whom it let in; time
 * runs from the activation, or to a moment.
 */
export function endsOf(change: Change, now: Date): readonly Change[] {
  const { durationMs } = change;
  if (durationMs === undefined) return [];
  const at = change.endsAt ?? new Date(now.getTime() + durationMs);
  const ends = change.steps.filter(isActivation).map((step) => kindOfStep(step).undo(step));
  return ends
    .filter((end) => end !== undefined)
    .map((end, index) =>
      endAt(change, end, { at, now, id: `${change.id}-T${index === 0 ? '' : index + 1}` }),
    );
}

function endAt(
  change: Change,
  end: Step,
  { at, now, id }: { readonly at: Date; readonly now: Date; readonly id: string },
): Change {
  return {
    ...change,
    id,
    kind: changeKindOf([end]),
    origin: 'timed',
    state: 'approved',
    revision: 0,
    steps: [end],
    reason: `End of a timed activation: ${change.reason}`.trim(),
    decidedBy: change.decidedBy ?? change.requesterId,
    createdAt: now,
    expiresAt: undefined,
    notBefore: at,
    newsAt: reminderBefore(at, at.getTime() - now.getTime()),
    attempts: 0,
    leaseOwner: undefined,
    leaseUntil: undefined,
    seatReserved: false,
    appliedAt: undefined,
    failure: undefined,
    lastFault: undefined,
    durationMs: change.endsAt === undefined ? change.durationMs : undefined,
    endsAt: undefined,
    parentId: change.id,
    undone: false,
  };
}

const isActivation = (step: Step): boolean => kindOfStep(step).turns(step)?.enabled === true;

export const KEPT: Failure = { code: 'kept', sentence: 'The user stays active: the end was dropped.' };

const outcomeOf = (reason: Refusal): EndOutcome =>
  reason === 'not_later' || reason === 'ending' ? reason : 'gone';

/** Drops the end of a timed activation, as `by` asks. */
export async function dropEnd(
  parts: Pick<ApplyParts, 'closed' | 'db' | 'now'>,
  changeId: string,
  by: Change,
): Promise<EndOutcome> {
  const { db } = parts;
  const now = parts.now();
  const timed = await findChange(db, changeId);
  if (timed === undefined) return 'gone';
  const decidedBy = by.decidedBy ?? by.requesterId;
  // Dropped by a try that did not finish.
  if (timed.state === 'cancelled' && timed.failure?.code === KEPT.code)
    return timed.decidedBy === decidedBy ? 'done' : 'gone';
  const moved = transition(timed, { type: 'drop', by: decidedBy, failure: KEPT }, now);
  if (!moved.ok) return outcomeOf(moved.reason);
  const entry = { ...outcomeEntry(moved.change, now), actor: decidedBy };
  if (!(await storeTransition(db, moved.change, { entry }))) return dropEnd(parts, changeId, by);
  parts.closed?.(moved.change);
  return 'done';
}

/** Moves the end of a timed activation to a later moment. */
export async function moveEnd(db: Db, changeId: string, until: Date, now: Date): Promise<EndOutcome> {
  const timed = await findChange(db, changeId);
  if (timed === undefined) return 'gone';
  // Moved by a try that did not finish.
  if (isComingEnd(timed) && plannedEnd(timed)?.getTime() === until.getTime()) return 'done';
  const newsAt = reminderBefore(until, until.getTime() - now.getTime());
  const moved = transition(timed, { type: 'move', notBefore: until, newsAt }, now);
  if (!moved.ok) return outcomeOf(moved.reason);
  if (until <= now) return 'passed';
  const said = `Extended until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  const entry = entryOf(moved.change, 'extended', SYSTEM, now, said);
  const isStored = await storeTransition(db, moved.change, { entry });
  return isStored ? 'done' : moveEnd(db, changeId, until, now);
}
