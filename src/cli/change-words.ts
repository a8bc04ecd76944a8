import type { Change } from '../changes/change.ts';
import { askText, outcomeTexts, untilText } from '../changes/change-texts.ts';
import { kindOfStep, type Step } from '../changes/steps/step.ts';
import { plainOf } from './plain.ts';

/** What a change asks for: `activate nora@ex.co for 7 days`. */
export const askedWords = (change: Change): string => plainOf(askText(change));

/** What it did, a sentence for each of its steps that the platform has confirmed, and until when that holds. */
export const didWords = (change: Change): readonly string[] => outcomeTexts(change).map(plainOf);

/** What one step did; `undefined` until the platform has confirmed it. */
export function stepWords(step: Step): string | undefined {
  const did = kindOfStep(step).did(step);
  return did === undefined ? undefined : plainOf(did);
}

/** Until when what a change did holds, in a sentence; none where it has no end. */
export const endWords = (change: Change): readonly string[] => untilText(change).map(plainOf);
