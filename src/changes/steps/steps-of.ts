import { type ChangeKind, kindOfStep, type Step } from './step.ts';
import type { Turn } from './step-kind.ts';

type Steps = readonly Step[];

/** What a change of these steps is for: the last step is what is wanted, those before it make room. */
export function changeKindOf(steps: Steps): ChangeKind {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('a change without steps');
  return kindOfStep(last).kindOf(last, steps.length > 1);
}

/** The same for the same request, from any person. */
export const requestKey = (kind: ChangeKind, steps: Steps): string =>
  `${kind}:${steps.map((step) => kindOfStep(step).key(step)).join('+')}`;

/** Whom or what the steps concern, for people: the first of them, as a timed activation has one. */
export const labelOf = ([step]: Steps): string =>
  step === undefined ? '' : kindOfStep(step).subject(step).label;

/** What the steps ask, as mrkdwn: "activate `x`". */
export function asksText(steps: Steps, lasting: string | undefined): string {
  return swapText(steps) ?? steps.map((step) => kindOfStep(step).asks(step, lasting)).join(' and ');
}

function swapText([first, second, ...more]: Steps): string | undefined {
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (kindOfStep(first).seat(first)?.effect !== 'frees') return undefined;
  return kindOfStep(second).asksInSwap(second, labelOf([first]));
}

/** What the steps did, a sentence of mrkdwn for each that the platform has confirmed. */
export const didTexts = (steps: Steps): readonly string[] =>
  steps.map((step) => kindOfStep(step).did(step)).filter((text) => text !== undefined);

/** Whether anything is otherwise than before. */
export const anyAltered = (steps: Steps): boolean => steps.some((step) => kindOfStep(step).altered(step));

/** The steps that undo these, last first. */
export const undoingSteps = (steps: Steps): Steps =>
  steps
    .map((step) => kindOfStep(step).undo(step))
    .filter((step) => step !== undefined)
    .reverse();

/** The users whom the steps turn active or inactive. */
export const turnsOf = (steps: Steps): readonly Turn[] =>
  steps.map((step) => kindOfStep(step).turns(step)).filter((turn) => turn !== undefined);

/** For whom the steps take seats: ids of users, emails of people whose id is not known yet. */
export const seatsTakenBy = (steps: Steps): readonly string[] =>
  steps
    .map((step) => kindOfStep(step).seat(step))
    .flatMap((seat) => (seat?.effect === 'takes' ? [seat.key] : []));

/** Whether any of the steps takes, or frees, a seat. */
export const stepsConcern = (steps: Steps, effect: 'takes' | 'frees'): boolean =>
  steps.some((step) => kindOfStep(step).seat(step)?.effect === effect);
