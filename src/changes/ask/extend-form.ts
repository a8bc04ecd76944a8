import * as z from 'zod';
import type { FormValues } from '../../slack/interaction.ts';
import { momentOf } from '../../texts/ending.ts';
import { momentText } from '../../texts/moment.ts';
import { ids } from '../changes-ids.ts';
import { chosenEnding } from '../confirm/ending-form.ts';

/** What the form to extend a timed activation remembers until it is submitted. */
export const extendSchema = z.object({
  changeId: z.string(),
  newId: z.string(),
  /** When the form was drawn, and in which zone a date is meant. */
  drawnAtMs: z.number(),
  timeZone: z.string(),
  /** When it ended then; a form of an earlier version does not say so. */
  endsAtMs: z.number().optional(),
});
export type ExtendData = z.infer<typeof extendSchema>;

/** The end that was chosen, or what is wrong with it, by the block. */
export type NewEnd =
  | { readonly ok: true; readonly until: (end: Date) => Date }
  | { readonly ok: false; readonly block: string; readonly problem: string };

/** What is said of a day on which it has ended already; `end`: its present one. */
export const noLaterText = (end: string): string => `Choose a later day: it ends ${end}.`;

/** The new end by what was chosen, as a function of the present one. */
export function newEnd(values: FormValues, { drawnAtMs, timeZone, endsAtMs }: ExtendData, now: Date): NewEnd {
  const chosen = chosenEnding(values, { now: new Date(drawnAtMs), timeZone }, now);
  if (!chosen.ok) return chosen;
  const { ending } = chosen;
  if (ending === undefined)
    return { ok: false, block: ids.durationBlock, problem: 'Please choose how much longer.' };
  if (ending.kind === 'at' && endsAtMs !== undefined && ending.at.getTime() <= endsAtMs) {
    const problem = noLaterText(momentText(new Date(endsAtMs), timeZone));
    return { ok: false, block: ids.endDateBlock, problem };
  }
  return {
    ok: true,
    until: (end) => momentOf(ending, end),
  };
}
