import { isSamePerson, personKeys } from '../access/person-keys.ts';
import { isSlackId } from '../slack/actor-text.ts';
import type { Shown } from './shown/shown.ts';
import { type ChangeKind, kindOfStep, type Step } from './steps/step.ts';
import { isTriable, triableSteps, undoingSteps } from './steps/steps-of.ts';

/** How it came to be: an administrator's own, a request, the end of a timed activation, an undo. */
export type ChangeOrigin = (typeof CHANGE_ORIGINS)[number];
export const CHANGE_ORIGINS = ['direct', 'request', 'timed', 'undo'] as const;

export type ChangeState = (typeof CHANGE_STATES)[number];
export const CHANGE_STATES = [
  'pending',
  'approved',
  'applying',
  'applied',
  'failed',
  'denied',
  'expired',
  'cancelled',
] as const;

/** Why a change failed, or came to nothing. */
export interface Failure {
  readonly code: string;
  /** A sentence that a person can act on. */
  readonly sentence: string;
  /** The change that is the reason; rows of earlier versions do not say it. */
  readonly changeId?: string | undefined;
}

/** Why a try failed that is worth another. */
export interface PassingFault extends Failure {
  /** Tries so far that came as far as a write to the platform; rows of earlier versions do not count them. */
  readonly writes?: number | undefined;
}

/**
 * Seats taken as a person saw them when they asked and, of an applied change, as they were counted when it was. `seats` is
 * absent on Enterprise, and of an applied change where nobody has counted.
 */
export interface SeatsShown {
  readonly taken: number;
  /** Taken once the change is done. */
  readonly after: number;
  readonly seats?: number | undefined;
  /** From how many on to warn; rows of earlier versions do not say: then only of the last seat. */
  readonly warnAt?: number | undefined;
  /** Every seat is taken, and the approver chooses who leaves. */
  readonly leftOpen?: boolean | undefined;
}

export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly origin: ChangeOrigin;
  readonly state: ChangeState;
  readonly revision: number;
  readonly steps: readonly Step[];
  readonly seatsShown: SeatsShown;
  /** What a request shows of the users concerned; `undefined` where it could not be read, and of what is no request. */
  readonly shown?: Shown | undefined;
  readonly reason: string;
  /** Who asked: a Slack id, or an actor outside of Slack such as `cli:ann@host`. */
  readonly requesterId: string;
  readonly requesterEmail: string | undefined;
  /** By what they are known as a person, under whichever id or account they come: see `isRequestOf`. */
  readonly requesterKeys: readonly string[];
  /** Slack id of the administrator who altered the request last, and by what all are known who altered or decided it. */
  readonly amendedBy?: string | undefined;
  readonly amenderKeys?: readonly string[] | undefined;
  readonly decidedBy: string | undefined;
  readonly decidedAt: Date | undefined;
  readonly decisionReason: string | undefined;
  readonly createdAt: Date;
  /** When a pending request expires. */
  readonly expiresAt: Date | undefined;
  readonly notBefore: Date | undefined;
  /** Tries that ended in a passing fault; waiting in vain for the lock of platform writes is none. */
  readonly attempts: number;
  readonly leaseOwner: string | undefined;
  readonly leaseUntil: Date | undefined;
  readonly seatReserved: boolean;
  readonly appliedAt: Date | undefined;
  readonly failure: Failure | undefined;
  /** The passing fault of the latest try, while the change waits for the next. */
  readonly lastFault: PassingFault | undefined;
  /** How long an activation lasts, from the activation on. */
  readonly durationMs: number | undefined;
  /** The moment at which an activation ends, whenever it begins: goes before `durationMs`, which older versions know. */
  readonly endsAt: Date | undefined;
  /** When time alone brings news: a reminder, a notice, the end of `Undo`. */
  readonly newsAt: Date | undefined;
  readonly parentId: string | undefined;
  /** Another change has undone this one. */
  readonly undone: boolean;
}

/** Whether its steps are independent: each is done or fails for itself. Those of any other change are done all, or none. */
export const isSeveral = ({ kind }: Pick<Change, 'kind'>): boolean => kind === 'several';

const CAME_TO_NOTHING: readonly ChangeState[] = ['expired', 'denied', 'cancelled', 'failed'];

/** Whether the requester may ask again: a request that came to nothing, or access that has ended. */
export const mayAskAgain = ({ origin, state }: Pick<Change, 'origin' | 'state'>): boolean =>
  origin === 'request' ? CAME_TO_NOTHING.includes(state) : origin === 'timed' && state === 'applied';

/** How long an applied change can be undone, ms. */
export const UNDO_MS = 10 * 60_000;

/** Whether a try of it has ended without an outcome, be it only for want of the lock of platform writes. */
export const wasPutOff = ({ attempts, lastFault }: Pick<Change, 'attempts' | 'lastFault'>): boolean =>
  attempts > 0 || lastFault !== undefined;

/** Whether another try could do it. */
export const mayTryAgain = ({ state, failure }: Pick<Change, 'failure' | 'state'>): boolean =>
  state === 'failed' && isTriable(failure);

/** Whether some of several failed while the others were done, and nothing has tried them again since. */
export const mayTryFailed = ({ state, undone, steps }: Pick<Change, 'state' | 'undone' | 'steps'>): boolean =>
  state === 'applied' && !undone && triableSteps(steps).length > 0;

/** Time brings nothing to it any more. */
export const isFinal = (state: ChangeState): boolean =>
  ['applied', 'failed', 'denied', 'expired', 'cancelled'].includes(state);

/** Whether an applied change has `Undo` at all: somebody's decision that altered something which can be undone. */
export const hasUndo = ({ origin, steps }: Pick<Change, 'origin' | 'steps'>): boolean =>
  (origin === 'direct' || origin === 'request') && undoingSteps(steps).length > 0;

/** The id of what undoes a change: there is one, however often `Undo` is pressed. */
export const undoIdOf = ({ id }: Pick<Change, 'id'>): string => `${id}-U`;

/** Whether a press on `Undo` at `now` still counts. */
export const isUndoable = (change: Change, now: Date): boolean =>
  change.state === 'applied' &&
  change.appliedAt !== undefined &&
  now.getTime() < change.appliedAt.getTime() + UNDO_MS &&
  !change.undone &&
  hasUndo(change);

/**
 * Whether a card shows `Undo`: until the end of its time is noted in the row. By the clock alone, a replica whose clock
 * is behind would leave the button forever.
 */
export const showsUndo = (change: Change): boolean =>
  change.state === 'applied' && change.newsAt !== undefined && !change.undone && hasUndo(change);

/** Whether it is the end of a timed activation that waits for its time. */
export const isComingEnd = ({ origin, state }: Pick<Change, 'origin' | 'state'>): boolean =>
  origin === 'timed' && state === 'approved';

/**
 * The email by which the own account of who asks is known; `null` of somebody in Slack who shows none; `undefined` where
 * nobody asks whose account could be meant: the end of a timed activation, actors outside of Slack.
 */
export const emailToGuard = ({
  origin,
  requesterId,
  requesterEmail,
}: Pick<Change, 'origin' | 'requesterId' | 'requesterEmail'>): string | null | undefined =>
  origin === 'timed' ? undefined : (requesterEmail ?? (isSlackId(requesterId) ? null : undefined));

/**
 * By what the people are known whom the change lets in, or lets stay: their emails, as the steps name them. None of them
 * approves it.
 */
export const beneficiaryKeys = ({ steps }: Pick<Change, 'steps'>): readonly string[] =>
  steps
    .filter((step) => kindOfStep(step).turns(step)?.enabled !== false)
    .flatMap((step) => [kindOfStep(step).subject(step).label, ...kindOfStep(step).addresses(step)])
    .flatMap((email) => personKeys({ ids: [], email }));

/** Why somebody does not decide about these people: they are, or in doubt may be, one of them. */
export function whyOwnAccess(
  concerned: readonly string[],
  byKeys: readonly string[],
  isUnknown = false,
): 'own_activation' | 'no_email' | undefined {
  if (isSamePerson(concerned, byKeys)) return 'own_activation';
  return concerned.length > 0 && isUnknown ? 'no_email' : undefined;
}

/** Whether the person known by these keys asked for it. */
export const isRequestOf = (change: Pick<Change, 'requesterKeys'>, personKeys: readonly string[]): boolean =>
  isSamePerson(change.requesterKeys, personKeys);

/** Whether the person known by these keys altered the request last: they do not approve it alone. */
export const isAmendedBy = (
  { amenderKeys = [] }: Pick<Change, 'amenderKeys'>,
  personKeys: readonly string[],
): boolean => isSamePerson(amenderKeys, personKeys);

/** Whether the person known by these keys has asked for it, altered or decided it. */
export const hasHadHandIn = (change: Change, personKeys: readonly string[]): boolean =>
  isRequestOf(change, personKeys) ||
  isAmendedBy(change, personKeys) ||
  (change.decidedBy !== undefined && personKeys.includes(change.decidedBy));
