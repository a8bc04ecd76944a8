import type { Change } from './change.ts';
import { kindOfStep } from './steps/step.ts';
import { turnsOf } from './steps/steps-of.ts';

/**
 * Which of the changes that followed a timed activation leave its end nothing to do. One that was undone and its undo
 * leave the user as they were: the end stands as before.
 */
export const overtaking = (later: readonly Change[], userId: string): readonly Change[] =>
  later.filter(
    (change) =>
      overtakes(change, userId) &&
      !isUndone(change, later, userId) &&
      !later.some((undone) => undoes(change, undone)),
  );

function overtakes(change: Change, userId: string): boolean {
  return change.steps.some((step) => {
    const turn = kindOfStep(step).turns(step);
    if (turn?.userId !== userId || step.failure !== undefined) return false;
    // One that found the user active already and has an end of its own leaves none behind.
    return kindOfStep(step).altered(step) || (turn.enabled && change.durationMs === undefined);
  });
}

/** Whether it was undone for this user, by an undo that nobody has undone in turn. */
const isUndone = (change: Change, later: readonly Change[], userId: string): boolean =>
  later.some((undo) => undoes(undo, change) && hasTurned(undo, userId) && !isUndone(undo, later, userId));

const undoes = (undo: Change, { id }: Change): boolean => undo.origin !== 'timed' && undo.parentId === id;

/** Of several at once, one may have failed. */
const hasTurned = ({ steps }: Change, userId: string): boolean =>
  turnsOf(steps.filter(({ failure }) => failure === undefined)).some((turn) => turn.userId === userId);
