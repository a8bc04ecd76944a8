import type { TimedEnds } from '../license/active-until.ts';
import { code, dateTime } from '../slack/mrkdwn.ts';
import { durationText } from '../texts/duration.ts';
import { type Change, isSeveral } from './change.ts';
import { kindOfStep } from './steps/step.ts';
import { asksText, outcomesOf, type StepOutcome, stepsConcern } from './steps/steps-of.ts';

type Asked = Pick<Change, 'steps' | 'durationMs' | 'endsAt'>;

/** How long an activation lasts, as mrkdwn: "for 7 days", "until 24 Dec at 18:00"; `undefined` without an end. */
export function lastingText({
  durationMs,
  endsAt,
}: Pick<Asked, 'durationMs' | 'endsAt'>): string | undefined {
  if (endsAt !== undefined) return `until ${dateTime(endsAt)}`;
  return durationMs === undefined ? undefined : `for ${durationText(durationMs)}`;
}

/** Of a change that has failed while its finished steps are not taken back yet. */
export const TAKING_BACK = 'What was done of it is being taken back.';

/** What the trail says of a request that its requester has withdrawn. */
export const WITHDRAWN = 'Withdrawn by the requester.';

/** What became of each step of a change, and until when that holds, as mrkdwn; of many the essence. */
export const outcomesOfChange = (change: Change): readonly StepOutcome[] => [
  ...outcomesOf(change.steps, isSeveral(change)),
  ...untilText(change).map((text) => ({ text, failed: false, isRemark: true as const })),
];

/** Until when what it did holds, as a sentence of mrkdwn; none where it has no end. */
export function untilText(change: Change): readonly string[] {
  const end = activeUntil(change);
  return end === undefined ? [] : [`Active until ${dateTime(end)}.`];
}

/** The same as texts alone. */
export const outcomeTexts = (change: Change): readonly string[] =>
  outcomesOfChange(change).map(({ text }) => text);

/** When the activation ends that a change has brought about; its own end is a change of its own by then. */
export function activeUntil({
  state,
  undone,
  steps,
  durationMs,
  endsAt,
  appliedAt,
}: Change): Date | undefined {
  if (state !== 'applied' || undone || durationMs === undefined || appliedAt === undefined) return undefined;
  const isActivated = steps.some((step) => {
    const kind = kindOfStep(step);
    return kind.turns(step)?.enabled === true && kind.undo(step) !== undefined;
  });
  return isActivated ? (endsAt ?? new Date(appliedAt.getTime() + durationMs)) : undefined;
}

/** Until when those are active whom an undo has brought back: the ends of their timed activations stand as before. */
export const endsAgain = ({ state, steps }: Change, ends: TimedEnds): readonly string[] =>
  steps.flatMap((step) => {
    const turn = kindOfStep(step).turns(step);
    const end = turn?.enabled === true && state === 'applied' ? ends.get(turn.userId) : undefined;
    if (end === undefined || !kindOfStep(step).altered(step)) return [];
    return [`${code(kindOfStep(step).subject(step).label)} is active until ${dateTime(end.at)}, as before.`];
  });

/** What a change asks for, as mrkdwn: "activate `x`". */
export const askText = (change: Asked): string =>
  asksText(change.steps, stepsConcern(change.steps, 'takes') ? lastingText(change) : undefined);
