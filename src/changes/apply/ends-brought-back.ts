import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { plannedEnd } from '../coming-end.ts';
import { kindOfStep } from '../steps/step.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { droppedEnds, timedEnds } from '../store/timed-ends.ts';
import { wasOvertakenBy, whyEndIsMoot } from './moot-end.ts';

/** The end of a timed activation, which an undo brings back together with its user. */
export interface EndBroughtBack {
  readonly userId: string;
  readonly label: string;
  readonly at: Date;
}

/**
 * The ends that stand as before once these steps have undone the change `parentId`: nothing else has overtaken them. Those that
 * were dropped because of it, as an undo failed and nobody tried it again in time, have passed.
 */
export async function endsBroughtBack(
  db: Db,
  { parentId, steps }: Pick<Change, 'parentId' | 'steps'>,
): Promise<readonly EndBroughtBack[]> {
  const labels = new Map(steps.flatMap(letIn));
  if (parentId === undefined || labels.size === 0) return [];
  const dropped = await droppedEnds(db, [...labels.keys()]);
  const ends: EndBroughtBack[] = [];
  for (const timed of [...(await timedEnds(db)), ...dropped.filter((end) => wasOvertakenBy(end, parentId))]) {
    const userId = turnsOf(timed.steps)[0]?.userId ?? '';
    const label = labels.get(userId);
    const at = plannedEnd(timed);
    if (label === undefined || at === undefined) continue;
    const moot = await whyEndIsMoot(db, timed, async () => false);
    if (moot?.by.every(({ id }) => id === parentId)) ends.push({ userId, label, at });
  }
  return ends;
}

const letIn = (step: Change['steps'][number]): readonly (readonly [string, string])[] => {
  const turn = kindOfStep(step).turns(step);
  return turn?.enabled === true ? [[turn.userId, kindOfStep(step).subject(step).label]] : [];
};
