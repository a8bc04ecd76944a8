import type { Change } from '../changes/change.ts';
import { askText, outcomeTexts } from '../changes/change-texts.ts';
import { plainOf } from './plain.ts';

/** What a change asks for: `activate nora@ex.co for 7 days`. */
export const askedWords = (change: Change): string => plainOf(askText(change));

/** What it did, a sentence for each of its steps that the platform has confirmed, and until when that holds. */
export const didWords = (change: Change): readonly string[] => outcomeTexts(change).map(plainOf);
