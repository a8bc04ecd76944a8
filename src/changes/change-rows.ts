import { z } from 'zod';
import type { ChangeRow } from '../db/tables.ts';
import { type Change, type ChangeKind, type ChangeOrigin, type ChangeState, twinKey } from './change.ts';

const step = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('switch'),
    userId: z.string(),
    enabled: z.boolean(),
    label: z.string(),
    before: z.boolean().optional(),
    after: z.boolean().optional(),
    takenBack: z.boolean().optional(),
  }),
  z.object({ type: z.literal('invite'), email: z.string(), userId: z.string().optional() }),
  z.object({
    type: z.literal('extend'),
    changeId: z.string(),
    label: z.string(),
    until: z.iso.datetime().transform((text) => new Date(text)),
    done: z.boolean(),
  }),
]);
const steps = z.array(step);
const snapshot = z.object({ taken: z.number(), after: z.number(), seats: z.number().optional() });
const failure = z.object({ code: z.string(), sentence: z.string() });

const failureIn = (text: string | null) => (text === null ? undefined : failure.parse(JSON.parse(text)));

const ms = (at: Date | undefined): number | null => at?.getTime() ?? null;
const date = (at: number | null): Date | undefined => (at === null ? undefined : new Date(at));

export function toRow(change: Change): ChangeRow {
  return {
    id: change.id,
    kind: change.kind,
    origin: change.origin,
    state: change.state,
    revision: change.revision,
    steps: JSON.stringify(change.steps),
    twin_key: twinKey(change.kind, change.steps),
    snapshot: JSON.stringify(change.snapshot),
    reason: change.reason,
    requester_id: change.requesterId,
    requester_email: change.requesterEmail ?? null,
    decided_by: change.decidedBy ?? null,
    decided_at: ms(change.decidedAt),
    decision_reason: change.decisionReason ?? null,
    created_at: change.createdAt.getTime(),
    expires_at: ms(change.expiresAt),
    not_before: ms(change.notBefore),
    attempts: change.attempts,
    lease_owner: change.leaseOwner ?? null,
    lease_until: ms(change.leaseUntil),
    seat_reserved: change.seatReserved ? 1 : 0,
    applied_at: ms(change.appliedAt),
    failure: change.failure === undefined ? null : JSON.stringify(change.failure),
    last_fault: change.lastFault === undefined ? null : JSON.stringify(change.lastFault),
    duration_ms: change.durationMs ?? null,
    notice_at: ms(change.noticeAt),
    parent_id: change.parentId ?? null,
    undone: change.undone ? 1 : 0,
  };
}

export function fromRow(row: ChangeRow): Change {
  return {
    id: row.id,
    kind: row.kind as ChangeKind,
    origin: row.origin as ChangeOrigin,
    state: row.state as ChangeState,
    revision: row.revision,
    steps: steps.parse(JSON.parse(row.steps)) as Change['steps'],
    snapshot: snapshot.parse(JSON.parse(row.snapshot)) as Change['snapshot'],
    reason: row.reason,
    requesterId: row.requester_id,
    requesterEmail: row.requester_email ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: date(row.decided_at),
    decisionReason: row.decision_reason ?? undefined,
    createdAt: new Date(row.created_at),
    expiresAt: date(row.expires_at),
    notBefore: date(row.not_before),
    attempts: row.attempts,
    leaseOwner: row.lease_owner ?? undefined,
    leaseUntil: date(row.lease_until),
    seatReserved: row.seat_reserved === 1,
    appliedAt: date(row.applied_at),
    failure: failureIn(row.failure),
    lastFault: failureIn(row.last_fault),
    durationMs: row.duration_ms ?? undefined,
    noticeAt: date(row.notice_at),
    parentId: row.parent_id ?? undefined,
    undone: row.undone === 1,
  };
}
