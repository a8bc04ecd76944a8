import { code, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { besideHandOvers, handOverSteps } from './hand-over.ts';
import { type ChangeKind, kindOfStep, type Step } from './step.ts';
import type { Turn } from './step-kind.ts';

type Steps = readonly Step[];

/**
 * What a change of these steps is for: the last step is what is wanted, those before it make room; of several that are
 * independent none is for another, hand-overs aside.
 */
export function changeKindOf(steps: Steps, independent = false): ChangeKind {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('a change without steps');
  if (independent && besideHandOvers(steps).length > 1) return 'several';
  const makesRoom = steps.slice(0, -1).some((step) => kindOfStep(step).seat(step)?.effect === 'frees');
  return kindOfStep(last).kindOf(last, makesRoom);
}

/** The same for the same request, from any person; of several users in whatever order. */
export function requestKey(kind: ChangeKind, steps: Steps): string {
  const keys = steps.map((step) => kindOfStep(step).key(step));
  return `${kind}:${(kind === 'several' ? keys.sort() : keys).join('+')}`;
}

/** Whom or what each step concerns, for people. */
export const namesOf = (steps: Steps): readonly string[] =>
  steps.map((step) => kindOfStep(step).subject(step).label);

/** Whom or what the steps concern, for people: the first of them, as a timed activation has one. */
export const labelOf = (steps: Steps): string => namesOf(steps)[0] ?? '';

/** What the steps ask, as mrkdwn: "activate `x`". */
export function asksText(steps: Steps, lasting: string | undefined): string {
  const handOvers = handOverSteps(steps);
  if (handOvers.length === 0) return jointText(steps, lasting);
  return `${handOversTexts(handOvers).join(', ')} and ${jointText(besideHandOvers(steps), lasting)}`;
}

const jointText = (steps: Steps, lasting: string | undefined): string =>
  swapText(steps, lasting) ??
  alikeText(steps, lasting) ??
  listed(
    steps.map((step) => kindOfStep(step).asks(step, lasting)),
    'more',
  );

/** Who takes over which workspace, for as many as are named. */
function handOversTexts(handOvers: Steps): readonly string[] {
  const named = handOvers.slice(0, MOST_NAMED).map((step) => kindOfStep(step).asks(step, undefined));
  const rest = handOvers.length - named.length;
  return rest === 0
    ? named
    : [...named, `*hand over* ${rest} more ${rest === 1 ? 'workspace' : 'workspaces'}`];
}

/** The end is of the one who comes alone: nobody who has left comes back for it. */
function swapText([first, second, ...more]: Steps, lasting: string | undefined): string | undefined {
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (kindOfStep(first).seat(first)?.effect !== 'frees') return undefined;
  if (kindOfStep(second).seat(second)?.effect !== 'takes') return undefined;
  const text = kindOfStep(second).asksInSwap(second, labelOf([first]));
  const isTimed = lasting !== undefined && kindOfStep(second).turns(second)?.enabled === true;
  return text !== undefined && isTimed ? `${text} (active ${lasting})` : text;
}

/** Names beyond this many are counted only: a line of all of them would be cut where Slack ends it. */
export const MOST_NAMED = 5;

/** Of several of whom the same is asked: "deactivate `x`, `y` and 3 more users". */
function alikeText(steps: Steps, lasting: string | undefined): string | undefined {
  const [first] = steps;
  const ofNobody = new Set(steps.map((step) => kindOfStep(step).asksOfMany(step, '')));
  if (first === undefined || steps.length < 2 || ofNobody.size > 1) return undefined;
  const rest = steps.length - MOST_NAMED;
  const names = namesOf(steps).map((label) => code(label));
  const all = kindOfStep(first).asksOfMany(first, listed(names, rest === 1 ? 'more user' : 'more users'));
  return all === undefined || lasting === undefined ? all : `${all} ${lasting}`;
}

/** Texts in one: as many as are named, and how many `more`. */
function listed(texts: readonly string[], more: string): string {
  const rest = texts.length - MOST_NAMED;
  const all = rest <= 0 ? texts : [...texts.slice(0, MOST_NAMED), `${rest} ${more}`];
  return all.length < 3 ? all.join(' and ') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** What became of a step, as a sentence of mrkdwn. */
export interface StepOutcome {
  readonly text: string;
  readonly failed: boolean;
  /** Says more of what is done, and is nothing done itself. */
  readonly isRemark?: true;
}

/**
 * What became of the steps: of those that the platform has confirmed, and of those that failed for good. `briefly`: what is
 * the same for many is left out.
 */
export const outcomesOf = (steps: Steps, briefly = false): readonly StepOutcome[] =>
  steps.flatMap((step) => {
    if (step.failure !== undefined) {
      const { label } = kindOfStep(step).subject(step);
      const why = escapeMrkdwn(step.failure.sentence);
      const again = !step.retriedIn ? '' : ` Tried again in change ${code(step.retriedIn)}.`;
      return { text: `${code(label)}: *not done.* ${why}${again}`, failed: true };
    }
    const text = kindOfStep(step).did(step, briefly);
    return text === undefined ? [] : { text, failed: false };
  });

/** The same as texts alone. */
export const didTexts = (steps: Steps): readonly string[] => outcomesOf(steps).map(({ text }) => text);

/** Why a change, or a step of several, fails that was to let somebody in until a moment that has passed. */
export const TIME_IS_OVER = 'time_is_over';

/**
 * Reasons that no further try mends: a moment has passed, an end is never moved back nor comes back, somebody else has altered
 * the account.
 */
const HOPELESS: readonly string[] = [
  TIME_IS_OVER,
  'end_passed',
  'not_later',
  'nothing_to_extend',
  'nothing_to_keep',
  'account_renamed',
];

/** Whether another try could do what failed for this reason. */
export const isTriable = (failure: { readonly code: string } | undefined): boolean =>
  failure === undefined || !HOPELESS.includes(failure.code);

/** The failed steps that another try could do, and that no other change tries again. */
export const triableSteps = (steps: Steps): Steps =>
  failedSteps(steps).filter(({ failure, retriedIn }) => retriedIn === undefined && isTriable(failure));

/** The steps once another change tries again those that failed. */
export const triedAgain = (steps: Steps, retriedIn: string): Steps =>
  steps.map((step) =>
    step.failure === undefined || step.retriedIn !== undefined ? step : { ...step, retriedIn },
  );

/** The steps that failed for good in a change that went on without them. */
export const failedSteps = (steps: Steps): Steps => steps.filter(({ failure }) => failure !== undefined);

/** The steps that are neither done nor given up. */
export const isOpen = (step: Step): boolean =>
  step.failure === undefined && kindOfStep(step).did(step) === undefined;

/** Whether no try of the step can have written anything. */
export const isUntouched = (step: Step): boolean => isOpen(step) && !mayHaveWritten([step]);

/** Whether a try has gone as far as writing: then only trying again shows the outcome. */
export const mayHaveWritten = (steps: Steps): boolean =>
  steps.some((step) => kindOfStep(step).ownWrites(step).length > 0);

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

/** The emails of those whom the steps invite, in small letters. */
export const emailsInvited = (steps: Steps): readonly string[] =>
  steps.flatMap((step) => kindOfStep(step).seat(step)?.invited ?? []);

/** Whether any of the steps takes, or frees, a seat. */
export const stepsConcern = (steps: Steps, effect: 'takes' | 'frees'): boolean =>
  steps.some((step) => kindOfStep(step).seat(step)?.effect === effect);
