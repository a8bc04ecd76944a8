import { type AuditEntry, type AuditEvent, SYSTEM } from '../../db/audit-trail.ts';
import type { Change } from '../change.ts';
import { doneSaying, kindOfStep } from '../steps/step.ts';
import { anyAltered } from '../steps/steps-of.ts';

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
    subjects: change.steps.map((step) => kindOfStep(step).subject(step)),
    reason: change.reason,
    before: states(change, 'before'),
    after: states(change, 'after'),
    outcome,
    once: `${change.id}:${event}:${change.revision}`,
  };
}

/** What came of a change, in one sentence without the names of people. */
function outcomeText(change: Change): string {
  switch (change.state) {
    case 'applied':
      return [
        anyAltered(change.steps) ? doneSaying(change.kind) : 'Nothing had to change.',
        ...remarks(change),
      ].join(' ');
    case 'failed':
      return [change.failure?.sentence ?? 'It failed.', ...remarks(change)].join(' ');
    case 'denied':
      return change.decisionReason ? `Denied: ${change.decisionReason}` : 'Denied.';
    case 'expired':
      return 'Nobody decided in time.';
    case 'cancelled':
      return change.failure?.sentence ?? 'Withdrawn by the requester.';
    case 'pending':
      return 'Waiting for a decision.';
    case 'approved':
    case 'applying':
      return 'Approved; under way.';
  }
}

const remarks = ({ steps }: Change): readonly string[] =>
  steps.map((step) => kindOfStep(step).remark(step)).filter((text) => text !== undefined);

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
