import type { Db } from '../../db/tables.ts';
import {
  type Change,
  type Failure,
  isComingEnd,
  isFinal,
  isUndoable,
  mayTryAgain,
  mayTryFailed,
  undoIdOf,
} from '../change.ts';
import { plannedEnd } from '../coming-end.ts';
import { overtaking } from '../overtaking.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { mayHaveWritten, triableSteps, turnsOf } from '../steps/steps-of.ts';
import { findChange } from '../store/change-store.ts';
import { changesOfUserAfter } from '../store/find-changes.ts';

/** A change, and about when it was applied: the order of records tells what came after it, as replicas' clocks differ. */
export interface After {
  readonly changeId: string;
  readonly since: Date;
}

/** Why the end of a timed activation does nothing, and the changes that are the reason, where they came through the bot. */
export interface Moot {
  readonly failure: Failure;
  readonly by: readonly Change[];
}

/**
 * Why the end of a timed activation does nothing: somebody changed the user since. `undefined` if it is to go on.
 * What was changed outside Slack is told by `changedOutside`.
 */
export async function whyEndIsMoot(
  db: Db,
  timed: Change,
  changedOutside: (userId: string, after: After) => Promise<boolean>,
): Promise<Moot | undefined> {
  const userId = turnsOf(timed.steps)[0]?.userId ?? '';
  const after: After = { changeId: timed.parentId ?? timed.id, since: timed.createdAt };
  const by = overtaking(await changesOfUserAfter(db, userId, after), userId);
  if (by[0] !== undefined) return { failure: overtakenBy(by[0].id), by };
  if (await changedOutside(userId, after))
    return {
      failure: changedMeanwhile('Somebody has altered this user outside Slack since: nothing was done.'),
      by: [],
    };
  return undefined;
}

const changedMeanwhile = (sentence: string): Failure => ({ code: 'changed_meanwhile', sentence });

const overtakenBy = (changeId: string): Failure => ({
  ...changedMeanwhile(`Change ${changeId} has altered this user since: nothing was done.`),
  changeId,
});

/** Whether the end of a timed activation was dropped because of that change. */
export const wasOvertakenBy = ({ failure }: Change, changeId: string): boolean =>
  failure?.changeId === changeId;

/** Whether others may leave it nothing to do: once a try may have written, only trying again shows how it stands. */
export const mayBeMoot = (change: Change): boolean => isComingEnd(change) && !mayHaveWritten(change.steps);

/**
 * Whether the end may yet stand as before: all that leaves it nothing to do can be undone, or is just being; or that failed,
 * and can be tried again before the end has come.
 */
export async function mayYetStand(db: Db, timed: Change, { by }: Moot, now: Date): Promise<boolean> {
  const userId = turnsOf(timed.steps)[0]?.userId;
  const hasCome = (plannedEnd(timed) ?? now) <= now;
  for (const change of by) {
    if (isUndoable(change, now)) continue;
    const undo = await latestTry(db, undoIdOf(change), userId);
    if (undo === undefined) return false;
    if (isFinal(undo.state) && (hasCome || !isTriedAgain(undo, userId))) return false;
  }
  return by.length > 0;
}

/** The change with this id; where it failed for the user, and others tried that again, the latest of these. */
async function latestTry(db: Db, id: string, userId: string | undefined): Promise<Change | undefined> {
  const change = await findChange(db, id);
  const retriedIn = change?.steps.find((step) => isOf(step, userId))?.retriedIn;
  return retriedIn ? latestTry(db, retriedIn, userId) : change;
}

const isTriedAgain = (change: Change, userId: string | undefined): boolean =>
  mayTryAgain(change) ||
  (mayTryFailed(change) && triableSteps(change.steps).some((step) => isOf(step, userId)));

const isOf = (step: Step, userId: string | undefined): boolean =>
  kindOfStep(step).turns(step)?.userId === userId;
