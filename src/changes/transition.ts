import {
  beneficiaryKeys,
  type Change,
  type ChangeState,
  hasHadHandIn,
  hasUndo,
  isAmendedBy,
  isRequestOf,
  isSeveral,
  UNDO_MS,
  whyOwnAccess,
} from './change.ts';
import { type ChangeEvent, isDue, type LeaseTerm, type Refusal } from './change-event.ts';
import { keepingPlan, whyEndStays, withoutPlan } from './coming-end.ts';
import { expiryAmended } from './expiry.ts';
import { isAlteredSince } from './shown/amended.ts';
import { kindOfStep, type Step } from './steps/step.ts';
import { changeKindOf, triedAgain } from './steps/steps-of.ts';

/** The change as an event leaves it, one revision further; or why the event may not happen. */
export type Transition =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly reason: Refusal };

/** What `event` makes of `change` at `now`. A refusal is an answer, so this never throws. */
export function transition(change: Change, event: ChangeEvent, now: Date): Transition {
  const rule = RULES[event.type] as Rule<ChangeEvent>;
  return rule(change, event, now);
}

type Rule<E extends ChangeEvent> = (change: Change, event: E, now: Date) => Transition;

const RULES: { readonly [T in ChangeEvent['type']]: Rule<Extract<ChangeEvent, { type: T }>> } = {
  approve: (change, event, now) =>
    refuseDecision(change, event, now) ??
    refuseAlone(change, event) ??
    to(change, 'approved', {
      amenderKeys: handsIn(change, event),
      decidedBy: event.by,
      decidedAt: now,
      notBefore: now,
      newsAt: undefined,
      ...withSteps(change, event.swap),
      ...event.lasting,
    }),
  amend: (change, event, now) =>
    refuseDecision(change, event, now) ??
    to(change, 'pending', {
      ...withSteps(change, event.steps),
      ...event.lasting,
      expiresAt: expiryAmended(change, event),
      seatsShown: event.seats,
      shown: event.shown,
      amendedBy: event.by,
      amenderKeys: event.byKeys,
    }),
  deny: (change, event, now) =>
    refuseDecision(change, event, now) ??
    to(change, 'denied', {
      decidedBy: event.by,
      decidedAt: now,
      decisionReason: event.reason,
      newsAt: undefined,
    }),
  cancel: (change, { by, byKeys }, now) => {
    if (change.state !== 'pending') return no('already_decided');
    if (!isRequestOf(change, byKeys)) return no('not_requester');
    return to(change, 'cancelled', { decidedBy: by, decidedAt: now, newsAt: undefined });
  },
  expire: (change, { failure }, now) => {
    if (change.state !== 'pending') return no('already_decided');
    if (failure === undefined && !isExpired(change, now)) return no('not_yet_expired');
    return to(change, 'expired', { failure, decidedAt: now, newsAt: undefined });
  },
  begin: (change, { owner, lease }, now) => {
    if (!isDue(change, now, lease)) return no('not_due');
    // News that came now would alter the row under the process that applies the change.
    return to(change, 'applying', { leaseOwner: owner, leaseUntil: endOf(lease), newsAt: undefined });
  },
  progress: (change, { owner, lease, steps, seatReserved, failure }) => {
    if (!holdsLease(change, owner)) return no('lost_lease');
    return to(change, 'applying', { leaseUntil: endOf(lease), steps, seatReserved, failure });
  },
  succeed: (change, { owner, steps, seats: seatsShown = change.seatsShown }, now) => {
    if (!holdsLease(change, owner)) return no('lost_lease');
    const newsAt = hasUndo({ ...change, steps }) ? later(now, UNDO_MS) : undefined;
    const done = { steps, seatsShown, appliedAt: now, newsAt };
    return to(change, 'applied', { ...RELEASED, ...done, seatReserved: false });
  },
  postpone: (change, { owner, steps, delayMs, fault, tried }, now) => {
    if (!holdsLease(change, owner)) return no('lost_lease');
    return to(change, 'approved', {
      ...RELEASED,
      steps: keepingPlan(change, steps),
      attempts: change.attempts + (tried ? 1 : 0),
      notBefore: later(now, delayMs),
      lastFault: fault,
    });
  },
  fail: (change, { owner, steps, failure }) => {
    if (!holdsLease(change, owner)) return no('lost_lease');
    return to(change, 'failed', { ...RELEASED, steps, failure, seatReserved: false });
  },
  try_again: (change, event, now) => {
    const { byKeys, administrator, swap } = event;
    if (change.state !== 'failed') return no('not_failed');
    if (!administrator) return no('not_administrator');
    if (change.origin === 'request' && isRequestOf(change, byKeys)) return no('self_approval');
    // The end of a timed activation was decided with it: another try decides nothing.
    const isDecision = change.origin === 'request' || (event.fourEyes && change.origin !== 'timed');
    const refusal = isDecision ? refuseAlone(change, event) : undefined;
    if (refusal !== undefined) return refusal;
    if (event.fourEyes && isDecision && hasHadHandIn(change, byKeys)) return no('decided_before');
    return to(change, 'approved', {
      amenderKeys: handsIn(change, event),
      steps: keepingPlan(
        change,
        change.steps.map((step) => kindOfStep(step).unperformed(step)),
      ),
      ...withSteps(change, swap),
      ...UNTRIED,
      notBefore: now,
    });
  },
  drop: (change, { by, failure }, now) =>
    refuseEnd(change) ??
    to(change, 'cancelled', { failure, decidedBy: by, decidedAt: now, newsAt: undefined }),
  move: (change, { notBefore, newsAt }) =>
    // It has not been tried at its new time.
    refuseEnd(change, notBefore) ??
    to(change, 'approved', { ...UNTRIED, steps: withoutPlan(change.steps), notBefore, newsAt }),
  undone: (change) =>
    change.state === 'applied' ? to(change, 'applied', { undone: true }) : no('already_decided'),
  retried: (change, { changeId }) =>
    change.state === 'applied'
      ? to(change, 'applied', { steps: triedAgain(change.steps, changeId) })
      : no('already_decided'),
  news_told: (change, { newsAt, steps = change.steps }) => to(change, change.state, { newsAt, steps }),
};

const withSteps = (change: Change, steps: readonly Step[] | undefined) =>
  steps === undefined ? {} : { kind: changeKindOf(steps, isSeveral(change)), steps };

const UNTRIED = { failure: undefined, lastFault: undefined, attempts: 0 } as const;

const RELEASED = { leaseOwner: undefined, leaseUntil: undefined } as const;

const endOf = ({ from, ms }: LeaseTerm): Date => later(from, ms);

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

const holdsLease = (change: Change, owner: string): boolean =>
  change.state === 'applying' && change.leaseOwner === owner;

const isExpired = (change: Change, now: Date): boolean =>
  change.expiresAt !== undefined && now >= change.expiresAt;

/** The refusal of somebody who must not decide this request now. */
function refuseDecision(
  change: Change,
  event: Extract<ChangeEvent, { type: 'approve' | 'amend' | 'deny' }>,
  now: Date,
): Transition | undefined {
  if (change.state !== 'pending') return no('already_decided');
  if (isExpired(change, now)) return no('expired');
  if (!event.administrator) return no('not_administrator');
  if (isRequestOf(change, event.byKeys)) return no('self_approval');
  if (event.type === 'approve' && isAmendedBy(change, event.byKeys)) return no('own_amendment');
  return event.type !== 'deny' && isAlteredSince(change, event.seen) ? no('altered') : undefined;
}

type Verdict = Extract<ChangeEvent, { type: 'approve' | 'try_again' }>;

/** The refusal of what nobody decides alone: their own access and, with four eyes, what they chose themself. */
function refuseAlone(change: Change, event: Verdict): Transition | undefined {
  const { byKeys, beneficiaries = [], fourEyes, swap } = event;
  const concerned = [...beneficiaryKeys(change), ...beneficiaries];
  const own = whyOwnAccess(concerned, byKeys, event.isUnknown);
  if (own !== undefined) return no(own);
  const isAltered = swap !== undefined || (event.type === 'approve' && event.lasting !== undefined);
  return fourEyes && isAltered ? no('chosen_alone') : undefined;
}

const handsIn = ({ amenderKeys = [] }: Change, { byKeys }: Verdict): readonly string[] => [
  ...new Set([...amenderKeys, ...byKeys]),
];

const refuseEnd = (change: Change, until?: Date): Transition | undefined => noIf(whyEndStays(change, until));

const noIf = (reason: Refusal | undefined) => (reason === undefined ? undefined : no(reason));

const no = (reason: Refusal): Transition => ({ ok: false, reason });

function to(
  change: Change,
  state: ChangeState,
  alteration: Partial<{ -readonly [K in keyof Change]: Change[K] }>,
): Transition {
  return { ok: true, change: { ...change, ...alteration, state, revision: change.revision + 1 } };
}
