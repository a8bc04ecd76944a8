import { type Change, isComingEnd } from './change.ts';
import type { Refusal } from './change-event.ts';
import { mayHaveWritten } from './steps/steps-of.ts';

/** For when the end of a timed activation is planned: that it is put off, as Wallaroo is away, makes it no later. */
export const plannedEnd = ({ steps, notBefore }: Pick<Change, 'notBefore' | 'steps'>): Date | undefined => {
  const plannedAtMs = steps[0]?.plannedAtMs;
  return plannedAtMs === undefined ? notBefore : new Date(plannedAtMs);
};

/** These steps of the end of a timed activation, which keep for when it is planned; those of any other change as they are. */
export const keepingPlan = (
  change: Pick<Change, 'notBefore' | 'origin' | 'steps'>,
  steps: Change['steps'],
): Change['steps'] => {
  const plannedAtMs = plannedEnd(change)?.getTime();
  if (change.origin !== 'timed' || plannedAtMs === undefined) return steps;
  return steps.map((step) => ({ ...step, plannedAtMs }));
};

/** The same steps where it is planned for another moment. */
export const withoutPlan = (steps: Change['steps']): Change['steps'] =>
  steps.map(({ plannedAtMs, ...step }) => step);

/** Why the end of a timed activation is neither dropped nor, where `until` is said, moved there. */
export function whyEndStays(change: Change, until?: Date): Refusal | undefined {
  if (isEnding(change)) return 'ending';
  if (!isComingEnd(change)) return 'already_decided';
  const planned = plannedEnd(change);
  // Others may have moved it further since this was asked for.
  const isLater = until === undefined || planned === undefined || until > planned;
  return isLater ? undefined : 'not_later';
}

/** Whether the access is just being ended: whether it still is there, only another try shows. */
const isEnding = ({ origin, state, steps }: Change): boolean =>
  origin === 'timed' && (state === 'applying' || (state === 'approved' && mayHaveWritten(steps)));
