import type { FormValues } from '../../slack/interaction.ts';
import { type Ending, readEnding } from '../../texts/ending.ts';
import type { TypedAt } from '../../texts/moment.ts';
import { ids } from '../changes-ids.ts';
import { NO_END, UNTIL_DATE } from './ending-views.ts';

/** What the fields of an end hold, `typed` as people would type it; `undefined` for no end. Or what is wrong, and in which block. */
export type ChosenEnding =
  | { readonly ok: true; readonly typed: string | undefined; readonly ending: Ending | undefined }
  | {
      readonly ok: false;
      readonly typed: string | undefined;
      readonly block: string;
      readonly problem: string;
    };

const DATE_MISSING = 'Please choose the date.';
const DATE_BESIDE_TIME = 'To end on this date, choose "Until a date" above; else clear the date.';

/**
 * The end that was chosen in a form drawn at `typedAt`, read at `now`. A date without a time is meant, too; a date beside
 * another time is pointed out, for only one of the two can be.
 */
export function chosenEnding(values: FormValues, typedAt: TypedAt, now = typedAt.now): ChosenEnding {
  const { [ids.duration]: chosen = NO_END, [ids.endDate]: date } = values;
  const isByDate = chosen === UNTIL_DATE || (chosen === NO_END && date !== undefined);
  const typed = isByDate ? date && `until ${date}` : chosen === NO_END ? undefined : chosen;
  const inDate = (problem: string) => ({ ok: false as const, typed, block: ids.endDateBlock, problem });
  if (isByDate && date === undefined) return inDate(DATE_MISSING);
  if (!isByDate && date !== undefined) return inDate(DATE_BESIDE_TIME);
  if (typed === undefined) return { ok: true, typed, ending: undefined };
  const read = readEnding(typed, typedAt, now);
  if (read.ok) return { ok: true, typed, ending: read.ending };
  return isByDate
    ? inDate(read.problem)
    : { ok: false, typed, block: ids.durationBlock, problem: read.problem };
}
