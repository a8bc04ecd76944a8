import { type AuditEntry, type AuditEvent, type AuditSubject, SYSTEM } from '../../db/audit-trail.ts';
import type { Change } from '../change.ts';
import { activeUntil, WITHDRAWN } from '../change-texts.ts';
import { besideHandOvers } from '../steps/hand-over.ts';
import { doneSaying, kindOfStep, type Step } from '../steps/step.ts';
import { anyAltered, changeKindOf, failedSteps } from '../steps/steps-of.ts';

/** The audit entry that ends a change. */
export function outcomeEntry(change: Change, now: Date): AuditEntry {
  const entry = entryOf(change, eventOf(change), actorOf(change), now, outcomeText(change));
  return { ...entry, once: `${change.id}:${change.state}:${change.revision}` };
}

/** An entry of the trail between asking and outcome. */
export function entryOf(
  change: Change,
  event: AuditEvent,
  actor: string,
  now: Date,
  outcome: string,
): AuditEntry {
  return {
    at: now,
    changeId: change.id,
    event,
    actor,
    requester: change.requesterId,
    subjects: change.steps.map((step) => subjectOf(change, step)),
    reason: change.reason,
    before: states(change, 'before'),
    after: states(change, 'after'),
    outcome,
    once: `${change.id}:${event}:${change.revision}`,
  };
}

/** Whom a step concerns, and of one among several what became of it: why it failed where the change went on without it. */
function subjectOf(change: Change, step: Step): AuditSubject {
  const { kind, state, steps } = change;
  const subject = kindOfStep(step).subject(step);
  if (steps.length < 2) return subject;
  const states = kindOfStep(step).states(step);
  if (step.failure !== undefined) return { ...subject, ...states, failed: step.failure.sentence };
  return {
    ...subject,
    ...states,
    ...(state === 'applied'
      ? { outcome: [doneText(step, kind === 'swap'), ...untilSaying(change, [step])].join(' ') }
      : {}),
  };
}

/** What was done by one step of several. */
const doneText = (step: Step, inSwap: boolean): string =>
  [
    kindOfStep(step).altered(step) ? doneSaying(kindOfStep(step).kindOf(step, inSwap)) : NOTHING_CHANGED,
    ...remarks({ steps: [step] }),
  ].join(' ');

const NOTHING_CHANGED = 'Nothing had to change.';

/** What came of a change, in one sentence without the names of people. */
function outcomeText(change: Change): string {
  switch (change.state) {
    case 'applied':
      return [appliedText(change), ...untilSaying(change, change.steps), ...remarks(change)].join(' ');
    case 'failed':
      return [change.failure?.sentence ?? 'It failed.', ...remarks(change)].join(' ');
    case 'denied':
      return change.decisionReason ? `Denied: ${change.decisionReason}` : 'Denied.';
    case 'expired':
      return change.failure?.sentence ?? 'Nobody decided in time.';
    case 'cancelled':
      return change.failure?.sentence ?? WITHDRAWN;
    case 'pending':
      return 'Waiting for a decision.';
    case 'approved':
    case 'applying':
      return 'Approved; under way.';
  }
}

/** Until when these steps of a change let somebody in, where that ends. */
function untilSaying(change: Change, steps: readonly Step[]): readonly string[] {
  const end = activeUntil({ ...change, steps });
  return end === undefined ? [] : [`Active until ${end.toISOString().slice(0, 16).replace('T', ' ')} UTC.`];
}

const remarks = ({ steps }: Pick<Change, 'steps'>): readonly string[] =>
  steps.map((step) => kindOfStep(step).remark(step)).filter((text) => text !== undefined);

function appliedText({ kind, steps: all }: Change): string {
  const steps = besideHandOvers(all);
  const isIdle = failedSteps(all).length === 0 && !anyAltered(all);
  const done = steps.filter(({ failure }) => failure === undefined);
  const failures = failedSteps(steps).map(({ failure }) => failure?.sentence);
  if (isIdle) return NOTHING_CHANGED;
  if (kind !== 'several') return doneSaying(kind);
  const [saying = ''] = new Set(done.map((step) => doneSaying(changeKindOf([step]))));
  if (failures.length === 0) return saying;
  return `${saying.replace(/\.$/, '')}: ${done.length} of ${steps.length}. Failed: ${failures.length}. ${[...new Set(failures)].join(' ')}`;
}

function eventOf({ state }: Change): AuditEvent {
  return state === 'pending' || state === 'applying' ? 'requested' : state;
}

/** Who stands behind a change's outcome: the decider, else who asked; the clock for expiries and timed ends. */
function actorOf(change: Change): string {
  if (change.state === 'expired' || change.origin === 'timed') return SYSTEM;
  return change.decidedBy ?? change.requesterId;
}

/** The word of each step, in order; `undefined` where none knows one. */
function states({ steps }: Change, when: 'before' | 'after'): string | undefined {
  const words = steps.map((step) => kindOfStep(step).states(step)[when]);
  return words.every((word) => word === undefined) ? undefined : words.map((word) => word ?? '–').join(', ');
}
