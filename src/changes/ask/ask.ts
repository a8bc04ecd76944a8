import type { Change, ChangeOrigin, Snapshot } from '../change.ts';
import type { Step } from '../steps/step.ts';
import { changeKindOf } from '../steps/steps-of.ts';

/** What somebody asks for, from a form that they confirmed. */
export interface Ask {
  /** Made when the form was opened, so that a form sent twice is one change. */
  readonly id: string;
  readonly steps: readonly Step[];
  readonly reason: string;
  readonly durationMs?: number | undefined;
  readonly snapshot: Snapshot;
  /** The change that this one undoes. */
  readonly parentId?: string | undefined;
  readonly requester: {
    readonly userId: string;
    readonly email: string | undefined;
    readonly administrator: boolean;
  };
}

/** The change that is asked for; `requestTtlMs` when somebody else has to approve it: then it lapses after that time. */
export function newChange(ask: Ask, now: Date, requestTtlMs: number | undefined): Change {
  return {
    id: ask.id,
    kind: changeKindOf(ask.steps),
    origin: originOf(ask, requestTtlMs !== undefined),
    state: requestTtlMs === undefined ? 'approved' : 'pending',
    revision: 0,
    steps: ask.steps,
    snapshot: ask.snapshot,
    reason: ask.reason,
    requesterId: ask.requester.userId,
    requesterEmail: ask.requester.email,
    decidedBy: undefined,
    decidedAt: undefined,
    decisionReason: undefined,
    createdAt: now,
    expiresAt: requestTtlMs === undefined ? undefined : new Date(now.getTime() + requestTtlMs),
    notBefore: undefined,
    attempts: 0,
    leaseOwner: undefined,
    leaseUntil: undefined,
    seatReserved: false,
    appliedAt: undefined,
    failure: undefined,
    lastFault: undefined,
    durationMs: ask.durationMs,
    // The reminder in the card's thread.
    noticeAt: requestTtlMs === undefined ? undefined : new Date(now.getTime() + requestTtlMs / 2),
    parentId: ask.parentId,
    undone: false,
  };
}

function originOf({ parentId }: Ask, isRequest: boolean): ChangeOrigin {
  if (isRequest) return 'request';
  return parentId === undefined ? 'direct' : 'undo';
}
