import { type Change, type ChangeState, type Failure, hasUndo, UNDO_MS } from './change.ts';
import { kindOfStep, type Step } from './steps/step.ts';
import { changeKindOf } from './steps/steps-of.ts';

/** What may happen to a change. Who acts was checked at the interaction; the rules here hold all the same. */
export type ChangeEvent =
  | {
      readonly type: 'approve';
      readonly by: string;
      readonly administrator: boolean;
      readonly exchange?: Exchange | undefined;
    }
  | { readonly type: 'deny'; readonly by: string; readonly administrator: boolean; readonly reason: string }
  | { readonly type: 'cancel'; readonly by: string }
  | { readonly type: 'expire' }
  | { readonly type: 'begin'; readonly owner: string; readonly lease: LeaseTerm }
  | {
      readonly type: 'progress';
      readonly owner: string;
      readonly lease: LeaseTerm;
      readonly steps: readonly Step[];
      readonly seatReserved: boolean;
      /** Set once the change cannot succeed any more and its finished steps are being taken back. */
      readonly failure: Failure | undefined;
    }
  | { readonly type: 'succeed'; readonly owner: string; readonly steps: readonly Step[] }
  | {
      readonly type: 'postpone';
      readonly owner: string;
      readonly delayMs: number;
      readonly fault: Failure;
      readonly steps: readonly Step[];
    }
  | {
      readonly type: 'fail';
      readonly owner: string;
      readonly failure: Failure;
      readonly steps: readonly Step[];
    }
  | {
      readonly type: 'try_again';
      readonly by: string;
      readonly administrator: boolean;
      readonly exchange?: Exchange | undefined;
    }
  | { readonly type: 'drop'; readonly failure: Failure; readonly by: string | undefined }
  | { readonly type: 'move'; readonly notBefore: Date; readonly noticeAt: Date | undefined }
  /** Another change has undone this one: `Undo` goes from its cards. */
  | { readonly type: 'undone' }
  /** What was due at `noticeAt` is told: nothing changes but the revision, so that cards are drawn anew. */
  | { readonly type: 'noticed' };

/** A lease from `from` on, by the clock of leases; it is not that of `now`. */
export interface LeaseTerm {
  readonly from: Date;
  readonly ms: number;
}

/** An activation at a full license that is carried out as an exchange: what is done instead of what was asked. */
export interface Exchange {
  readonly steps: readonly Step[];
}

export type Refusal =
  | 'already_decided'
  | 'expired'
  | 'not_yet_expired'
  | 'self_approval'
  | 'not_administrator'
  | 'not_requester'
  | 'not_due'
  | 'lost_lease'
  | 'not_failed';

export type Decision =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly reason: Refusal };

/** What `event` makes of `change` at `now`. A refusal is an answer, so this never throws. */
export function decide(change: Change, event: ChangeEvent, now: Date): Decision {
  switch (event.type) {
    case 'approve': {
      const refusal = refuseDecision(change, event, now);
      if (refusal !== undefined) return no(refusal);
      return to(change, 'approved', {
        decidedBy: event.by,
        decidedAt: now,
        notBefore: now,
        noticeAt: undefined,
        ...exchanged(event.exchange),
      });
    }
    case 'deny': {
      const refusal = refuseDecision(change, event, now);
      if (refusal !== undefined) return no(refusal);
      const decisionReason = event.reason;
      return to(change, 'denied', {
        decidedBy: event.by,
        decidedAt: now,
        decisionReason,
        noticeAt: undefined,
      });
    }
    case 'cancel':
      if (change.state !== 'pending') return no('already_decided');
      if (event.by !== change.requesterId) return no('not_requester');
      return to(change, 'cancelled', { decidedBy: event.by, decidedAt: now, noticeAt: undefined });
    case 'expire':
      if (change.state !== 'pending') return no('already_decided');
      return isExpired(change, now)
        ? to(change, 'expired', { decidedAt: now, noticeAt: undefined })
        : no('not_yet_expired');
    case 'begin':
      if (!isDue(change, now, event.lease)) return no('not_due');
      return to(change, 'applying', {
        leaseOwner: event.owner,
        leaseUntil: endOf(event.lease),
        // A notice that came now would alter the row under whoever carries the change out.
        noticeAt: undefined,
      });
    case 'progress':
      if (!holdsLease(change, event.owner)) return no('lost_lease');
      return to(change, 'applying', {
        leaseUntil: endOf(event.lease),
        steps: event.steps,
        seatReserved: event.seatReserved,
        failure: event.failure,
      });
    case 'succeed':
      if (!holdsLease(change, event.owner)) return no('lost_lease');
      return to(change, 'applied', {
        ...released,
        steps: event.steps,
        appliedAt: now,
        seatReserved: false,
        noticeAt: hasUndo({ ...change, steps: event.steps }) ? later(now, UNDO_MS) : undefined,
      });
    case 'postpone':
      if (!holdsLease(change, event.owner)) return no('lost_lease');
      return to(change, 'approved', {
        ...released,
        steps: event.steps,
        attempts: change.attempts + 1,
        notBefore: later(now, event.delayMs),
        lastFault: event.fault,
      });
    case 'fail':
      if (!holdsLease(change, event.owner)) return no('lost_lease');
      return to(change, 'failed', {
        ...released,
        steps: event.steps,
        failure: event.failure,
        seatReserved: false,
      });
    case 'try_again':
      if (change.state !== 'failed') return no('not_failed');
      if (!event.administrator) return no('not_administrator');
      if (change.origin === 'request' && event.by === change.requesterId) return no('self_approval');
      return to(change, 'approved', {
        steps: change.steps.map((step) => kindOfStep(step).unperformed(step)),
        ...exchanged(event.exchange),
        failure: undefined,
        lastFault: undefined,
        attempts: 0,
        notBefore: now,
      });
    case 'drop':
      if (change.state !== 'approved' || change.origin !== 'timed') return no('already_decided');
      return to(change, 'cancelled', {
        failure: event.failure,
        decidedBy: event.by,
        decidedAt: now,
        noticeAt: undefined,
      });
    case 'move':
      if (change.state !== 'approved') return no('already_decided');
      return to(change, 'approved', { notBefore: event.notBefore, noticeAt: event.noticeAt });
    case 'undone':
      return change.state === 'applied' ? to(change, 'applied', { undone: true }) : no('already_decided');
    case 'noticed':
      return to(change, change.state, { noticeAt: undefined });
  }
}

/** Ready to be carried out: approved and its time has come, or left behind by a process that died. */
function isDue(change: Change, now: Date, lease: LeaseTerm): boolean {
  if (change.state === 'approved') return change.notBefore === undefined || change.notBefore <= now;
  const { leaseUntil } = change;
  if (change.state !== 'applying' || leaseUntil === undefined) return change.state === 'applying';
  // An end further off than a whole lease was written before the clock was set back.
  return leaseUntil <= lease.from || leaseUntil > endOf(lease);
}

const exchanged = (exchange: Exchange | undefined) =>
  exchange === undefined ? {} : { kind: changeKindOf(exchange.steps), steps: exchange.steps };

const released = { leaseOwner: undefined, leaseUntil: undefined } as const;

const endOf = ({ from, ms }: LeaseTerm): Date => later(from, ms);

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

const holdsLease = (change: Change, owner: string): boolean =>
  change.state === 'applying' && change.leaseOwner === owner;

const isExpired = (change: Change, now: Date): boolean =>
  change.expiresAt !== undefined && now >= change.expiresAt;

function refuseDecision(
  change: Change,
  event: { readonly by: string; readonly administrator: boolean },
  now: Date,
): Refusal | undefined {
  if (change.state !== 'pending') return 'already_decided';
  if (isExpired(change, now)) return 'expired';
  if (!event.administrator) return 'not_administrator';
  return event.by === change.requesterId ? 'self_approval' : undefined;
}

const no = (reason: Refusal): Decision => ({ ok: false, reason });

function to(
  change: Change,
  state: ChangeState,
  alteration: Partial<{ -readonly [K in keyof Change]: Change[K] }>,
): Decision {
  return { ok: true, change: { ...change, ...alteration, state, revision: change.revision + 1 } };
}
