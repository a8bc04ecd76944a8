import type { Ending } from '../../texts/ending.ts';
import { type Change, type ChangeOrigin, isSeveral, type SeatsShown } from '../change.ts';
import { expiryOf } from '../expiry.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { changeKindOf } from '../steps/steps-of.ts';

/** What somebody asks for, from a form that they confirmed. */
export interface Ask {
  /** Made when the form was opened, so that a form sent twice is one change. */
  readonly id: string;
  readonly steps: readonly Step[];
  /** Whether each step is done for itself, whatever becomes of the others. @default false: all or none */
  readonly independent?: boolean | undefined;
  readonly reason: string;
  /** When the activation among the steps ends. */
  readonly ending?: Ending | undefined;
  readonly seatsShown: SeatsShown;
  /** When it would let somebody in no more: a request has expired by then. @default never */
  readonly lapsesAt?: Date | undefined;
  /** The change that this one undoes. */
  readonly parentId?: string | undefined;
  readonly requester: {
    readonly userId: string;
    readonly email: string | undefined;
    readonly personKeys: readonly string[];
    readonly administrator: boolean;
  };
}

/** Asks once more for what has failed; what its tries may have done is kept with its steps. */
export function askAgain(failed: Change, id: string, requester: Ask['requester']): Ask {
  const { steps, reason, seatsShown, durationMs, endsAt, parentId } = failed;
  const ending: Ending | undefined =
    endsAt !== undefined
      ? { kind: 'at', at: endsAt }
      : durationMs !== undefined
        ? { kind: 'after', ms: durationMs }
        : undefined;
  return {
    id,
    steps: steps.map((step) => kindOfStep(step).unperformed(step)),
    independent: isSeveral(failed),
    reason,
    ending,
    seatsShown,
    parentId,
    requester,
  };
}

/** The change that is asked for; `requestTtlMs` when somebody else has to approve it: then it expires after that time. */
export function newChange(ask: Ask, now: Date, requestTtlMs: number | undefined): Change {
  return {
    id: ask.id,
    kind: changeKindOf(ask.steps, ask.independent),
    origin: originOf(ask, requestTtlMs !== undefined),
    state: requestTtlMs === undefined ? 'approved' : 'pending',
    revision: 0,
    steps: ask.steps,
    seatsShown: ask.seatsShown,
    reason: ask.reason,
    requesterId: ask.requester.userId,
    requesterEmail: ask.requester.email,
    requesterKeys: ask.requester.personKeys,
    decidedBy: undefined,
    decidedAt: undefined,
    decisionReason: undefined,
    createdAt: now,
    expiresAt: requestTtlMs === undefined ? undefined : expiry(ask, now, requestTtlMs),
    notBefore: undefined,
    attempts: 0,
    leaseOwner: undefined,
    leaseUntil: undefined,
    seatReserved: false,
    appliedAt: undefined,
    failure: undefined,
    lastFault: undefined,
    ...endOfAsked(ask.ending, now),
    // The reminder in the card's thread.
    newsAt: requestTtlMs === undefined ? undefined : new Date(now.getTime() + requestTtlMs / 2),
    parentId: ask.parentId,
    undone: false,
  };
}

/** Nobody is let in by an approval that comes when the time is over. */
const expiry = ({ ending, lapsesAt }: Ask, now: Date, requestTtlMs: number): Date =>
  expiryOf(now, requestTtlMs, [ending?.kind === 'at' ? ending.at : undefined, lapsesAt]);

function endOfAsked(ending: Ending | undefined, now: Date): Pick<Change, 'durationMs' | 'endsAt'> {
  if (ending === undefined) return { durationMs: undefined, endsAt: undefined };
  return ending.kind === 'after'
    ? { durationMs: ending.ms, endsAt: undefined }
    : { durationMs: ending.at.getTime() - now.getTime(), endsAt: ending.at };
}

function originOf({ parentId }: Ask, isRequest: boolean): ChangeOrigin {
  if (isRequest) return 'request';
  return parentId === undefined ? 'direct' : 'undo';
}
