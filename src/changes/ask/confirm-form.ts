import * as z from 'zod';
import type { FormValues } from '../../slack/interaction.ts';
import { folded } from '../../texts/fold.ts';
import { CHOOSE_LEAVER, SAY_WHY } from '../../texts/said-often.ts';
import { searchWords } from '../../texts/search-words.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { SeatsShown } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { type ChosenEnding, chosenEnding } from '../confirm/ending-form.ts';

/** What a confirmation remembers until it is submitted. */
export const confirmSchema = z.object({
  changeId: z.string(),
  kind: z.enum(['activate', 'deactivate', 'swap']),
  wanted: z.array(z.object({ userId: z.string(), enabled: z.boolean(), label: z.string() })),
  needsReason: z.boolean(),
  needsSwap: z.boolean(),
  /** When it was drawn, in which zone: `until Friday` is that Friday, although midnight has passed. */
  drawnAtMs: z.number(),
  timeZone: z.string(),
  seatsShown: z.object({
    taken: z.number(),
    after: z.number(),
    seats: z.number().optional(),
    warnAt: z.number().optional(),
  }),
});
export type ConfirmData = z.infer<typeof confirmSchema>;

/** When and where a confirmation was drawn. */
type Drawn = Pick<ConfirmData, 'drawnAtMs' | 'timeZone'>;

/** When the activation is to end, by what stands in its fields. */
export const endingIn = (values: FormValues, { drawnAtMs, timeZone }: Drawn, now: Date): ChosenEnding =>
  chosenEnding(values, { now: new Date(drawnAtMs), timeZone }, now);

/** What is wrong with a submitted confirmation, by input block. */
export function checkConfirmation(
  values: FormValues,
  data: Drawn & Pick<ConfirmData, 'needsReason'> & Partial<Pick<ConfirmData, 'needsSwap'>>,
  now: Date,
) {
  const errors: Record<string, string> = {};
  const ending = endingIn(values, data, now);
  if (data.needsReason && values[ids.reason] === undefined) errors[ids.reasonBlock] = SAY_WHY;
  if (!ending.ok) errors[ending.block] = ending.problem;
  if (data.needsSwap && values[ids.leaver] === undefined) errors[ids.leaverBlock] = CHOOSE_LEAVER;
  return Object.keys(errors).length === 0 ? undefined : errors;
}

/** Seats as a request shows them: where the administrators choose who leaves, as many are taken as before. */
export const seatsLeftOpen = (shown: SeatsShown): SeatsShown => ({
  ...shown,
  after: shown.taken,
  leftOpen: true,
});

/** Those of the candidates for a swap who fit what is typed into its menu. */
export function candidatesMatching(
  typed: string,
  candidates: readonly WallarooUser[],
): readonly WallarooUser[] {
  const words = searchWords(typed);
  return candidates.filter(({ email, username, firstName, lastName }) => {
    const text = folded([email, username, firstName, lastName].join('\n'));
    return words.every((word) => text.includes(word));
  });
}
