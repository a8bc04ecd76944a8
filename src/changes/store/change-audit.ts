import { type AuditEntry, type AuditEvent, type AuditSubject, SYSTEM } from '../../db/audit-trail.ts';
import type { Change, Step, SwitchStep } from '../change.ts';
import { altersUsers } from '../change.ts';

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
    subjects: change.steps.map(subjectOf),
    reason: change.reason,
    before: states(change, (step) => step.before),
    after: states(change, (step) => step.after ?? step.before),
    outcome,
    once: `${change.id}:${event}:${change.revision}`,
  };
}

/** What came of a change, in one sentence without the names of people. */
function outcomeText(change: Change): string {
  switch (change.state) {
    case 'applied':
      return altersUsers(change) || change.kind === 'invite' || change.kind === 'extend'
        ? DONE[change.kind]
        : 'It was so already: nothing had to be changed.';
    case 'failed':
      return change.failure?.sentence ?? 'It failed.';
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
      return 'Approved; being carried out.';
  }
}

const DONE: Readonly<Record<Change['kind'], string>> = {
  activate: 'Activated.',
  deactivate: 'Deactivated.',
  swap: 'Exchanged.',
  invite: 'Invited.',
  extend: 'Extended.',
};

function eventOf({ state }: Change): AuditEvent {
  return state === 'pending' || state === 'applying' ? 'requested' : state;
}

/** Who stands behind a change's outcome: the decider, else who asked; the clock for expiries and timed ends. */
function actorOf(change: Change): string {
  if (change.state === 'expired' || change.origin === 'timed') return SYSTEM;
  return change.decidedBy ?? change.requesterId;
}

function subjectOf(step: Step): AuditSubject {
  switch (step.type) {
    case 'switch':
      return { userId: step.userId, label: step.label };
    case 'invite':
      return { userId: step.userId, label: step.email };
    case 'extend':
      return { userId: undefined, label: step.label };
  }
}

function states(change: Change, pick: (step: SwitchStep) => boolean | undefined): string | undefined {
  const texts = change.steps.map((step) => (step.type === 'switch' ? stateText(pick(step)) : '–'));
  return texts.every((text) => text === '–') ? undefined : texts.join(', ');
}

const stateText = (enabled: boolean | undefined): string =>
  enabled === undefined ? '–' : enabled ? 'active' : 'inactive';
