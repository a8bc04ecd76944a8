import type { KnownBlock } from '@slack/types';
import { lineSections } from '../../slack/blocks.ts';
import type { Change } from '../change.ts';
import { outcomesOfChange } from '../change-texts.ts';
import type { StepOutcome } from '../steps/steps-of.ts';

/** Characters of all lines: fifty users fit, unless their names are very long. */
const MOST_CHARACTERS = 8000;

/** What became of each step, a line each; those that failed first. `ticked`: with a mark behind those that are done. */
export function outcomeSections(change: Change, ticked = false): readonly KnownBlock[] {
  const outcomes = outcomesOfChange(change);
  const failed = outcomes.filter((outcome) => outcome.failed).map(({ text }) => `${text} :x:`);
  const done = outcomes.filter((outcome) => !outcome.failed);
  // What is done with a warning has its mark already.
  const marked = ({ text, isRemark }: StepOutcome): string =>
    ticked && isRemark !== true && !text.includes(':warning:') ? `${text} :white_check_mark:` : text;
  return lineSections([...failed, ...done.map(marked)], MOST_CHARACTERS);
}
