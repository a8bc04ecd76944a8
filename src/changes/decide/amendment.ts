import type { Change } from '../change.ts';
import type { Lasting } from '../change-event.ts';
import { turnsOf } from '../steps/steps-of.ts';

const DAY_MS = 86_400_000;

/** The times that an administrator may choose in place of what was asked, by the value of their choice. */
export const LASTING_CHOICES = [
  { value: 'day', text: '1 day', ms: DAY_MS },
  { value: 'week', text: '1 week', ms: 7 * DAY_MS },
  { value: 'month', text: '30 days', ms: 30 * DAY_MS },
  { value: 'none', text: 'No end', ms: undefined },
] as const;
export const AS_ASKED = 'asked';

/** Whether the change lets somebody in, so that it may end. */
export const mayEnd = ({ steps }: Pick<Change, 'steps'>): boolean =>
  turnsOf(steps).some(({ enabled }) => enabled);

/** What was chosen; `undefined` where it stays as asked. */
export function lastingChosen(change: Change, value: string | undefined): Lasting | undefined {
  const choice = LASTING_CHOICES.find((one) => one.value === value);
  if (choice === undefined || !mayEnd(change)) return undefined;
  const isAsAsked = change.endsAt === undefined && change.durationMs === choice.ms;
  return isAsAsked ? undefined : { durationMs: choice.ms, endsAt: undefined };
}
