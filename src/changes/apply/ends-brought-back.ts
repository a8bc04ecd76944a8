import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { plannedEnd } from '../coming-end.ts';
import { kindOfStep } from '../steps/step.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { timedEnds } from '../store/timed-ends.ts';
import { whyEndIsMoot } from './timed-activation.ts';

/** The end of a timed activation, which an undo brings back together with its user. */
export interface EndBroughtBack {
  readonly label: string;
  readonly at: Date;
}

/** The ends that stand as before once these steps have undone the change `parentId`: nothing else has overtaken them. */
export async function endsBroughtBack(
  db: Db,
  { parentId, steps }: Pick<Change, 'parentId' | 'steps'>,
): Promise<readonly EndBroughtBack[]> {
  const labels = new Map(parentId === undefined ? [] : steps.flatMap(letIn));
  if (labels.size === 0) return [];
  const ends: EndBroughtBack[] = [];
  for (const timed of await timedEnds(db)) {
    const label = labels.get(turnsOf(timed.steps)[0]?.userId ?? '');
    const at = plannedEnd(timed);
    if (label === undefined || at === undefined) continue;
    const moot = await whyEndIsMoot(db, timed, async () => false);
    if (moot?.by.every(({ id }) => id === parentId)) ends.push({ label, at });
  }
  return ends;
}

const letIn = (step: Change['steps'][number]): readonly (readonly [string, string])[] => {
  const turn = kindOfStep(step).turns(step);
  return turn?.enabled === true ? [[turn.userId, kindOfStep(step).subject(step).label]] : [];
};
