import type { FormValues } from '../../slack/interaction.ts';
import { dateTime } from '../../slack/mrkdwn.ts';
import { momentOf } from '../../texts/ending.ts';
import type { TypedAt } from '../../texts/moment.ts';
import { noLaterText } from '../ask/extend-form.ts';
import type { Change } from '../change.ts';
import type { Lasting } from '../change-event.ts';
import { ids } from '../changes-ids.ts';
import { type ChosenEnding, chosenEnding } from '../confirm/ending-form.ts';
import { NO_END } from '../confirm/ending-views.ts';
import { type ExtendStep, extendStep, extendSteps } from '../steps/extend-activation.ts';
import { turnsOf } from '../steps/steps-of.ts';

/** Value of the choice that leaves the time as it was asked for. */
export const AS_ASKED = 'asked';

/** Whether the change lets somebody in, so that it may end. */
export const mayEnd = ({ steps }: Pick<Change, 'steps'>): boolean =>
  turnsOf(steps).some(({ enabled }) => enabled);

/** When it is to end, in place of what was asked; `undefined` where it stays as asked. */
export function endingInstead(
  values: FormValues,
  typedAt: TypedAt,
  now = typedAt.now,
): ChosenEnding | undefined {
  const { [ids.duration]: chosen = AS_ASKED, [ids.endDate]: date } = values;
  if (chosen !== AS_ASKED) return chosenEnding(values, typedAt, now);
  // A date without a choice is meant.
  return date === undefined
    ? undefined
    : chosenEnding({ [ids.duration]: NO_END, [ids.endDate]: date }, typedAt, now);
}

/** What was chosen, as the change keeps it; `undefined` where it stays as asked. */
export function lastingChosen(
  change: Change,
  chosen: ChosenEnding | undefined,
  now: Date,
): Lasting | undefined {
  if (chosen?.ok !== true || !mayEnd(change)) return undefined;
  const { ending } = chosen;
  if (ending?.kind === 'at') {
    const { at } = ending;
    return { durationMs: at.getTime() - now.getTime(), endsAt: at };
  }
  const isAsAsked = change.endsAt === undefined && change.durationMs === ending?.ms;
  return isAsAsked ? undefined : { durationMs: ending?.ms, endsAt: undefined };
}

/** A request for more time of which it is known when it ends so far: only then a longer one can be chosen. */
export const extensionIn = (
  change: Pick<Change, 'steps'>,
): (ExtendStep & { readonly before: Date }) | undefined =>
  extendSteps(change).find(
    (step): step is ExtendStep & { readonly before: Date } => step.before !== undefined,
  );

/** What is done in place of an extension that was asked for; `undefined` where it stays as asked, or none was. */
export function extensionInstead(
  change: Pick<Change, 'steps'>,
  chosen: ChosenEnding | undefined,
): { readonly steps: readonly ExtendStep[] } | { readonly problem: string } | undefined {
  const asked = extensionIn(change);
  if (asked === undefined || chosen?.ok === false) return undefined;
  const { before } = asked;
  const ending = chosen?.ending;
  const until = ending === undefined ? asked.until : momentOf(ending, before);
  if (until <= before) return { problem: noLaterText(dateTime(before)) };
  return until.getTime() === asked.until.getTime() ? undefined : { steps: [extendStep({ ...asked, until })] };
}
