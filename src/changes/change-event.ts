import { type Change, type Failure, type PassingFault, type SeatsShown, wasPutOff } from './change.ts';
import type { Shown } from './shown/shown.ts';
import type { Step } from './steps/step.ts';

/**
 * What may happen to a change. Who acts was checked at the interaction; the rules here hold anyway. `byKeys`: by what
 * the person who acts is known, whichever id or account (`by`) they use.
 */
export type ChangeEvent =
  | ({
      readonly type: 'approve';
      readonly by: string;
      readonly byKeys: readonly string[];
      readonly administrator: boolean;
      readonly seen: Seen;
      /** What is done instead of what was asked: with somebody who leaves in exchange, other heirs, or for longer. */
      readonly swap?: readonly Step[] | undefined;
      /** How long it lasts, in place of what was asked. */
      readonly lasting?: Lasting | undefined;
    } & Judged)
  | {
      /** An administrator alters a request, which another one then decides. */
      readonly type: 'amend';
      readonly by: string;
      readonly byKeys: readonly string[];
      readonly administrator: boolean;
      readonly seen: Seen;
      readonly steps: readonly Step[];
      readonly lasting: Lasting | undefined;
      /** How long a request lives from when it was asked; the service fills it in. @default it expires as before */
      readonly requestTtlMs?: number | undefined;
      /** How it stands at this moment, for the card. */
      readonly seats: SeatsShown;
      readonly shown: Shown;
    }
  | {
      readonly type: 'deny';
      readonly by: string;
      readonly byKeys: readonly string[];
      readonly administrator: boolean;
      readonly reason: string;
    }
  | { readonly type: 'cancel'; readonly by: string; readonly byKeys: readonly string[] }
  /** `failure`: why nothing is left to decide, before the time of the request is over. */
  | { readonly type: 'expire'; readonly failure?: Failure | undefined }
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
  | {
      readonly type: 'succeed';
      readonly owner: string;
      readonly steps: readonly Step[];
      /** As they were counted meanwhile, in place of what who asked saw. @default that stays */
      readonly seats?: SeatsShown | undefined;
    }
  | {
      readonly type: 'postpone';
      readonly owner: string;
      readonly delayMs: number;
      readonly fault: PassingFault;
      /** Whether it was a try of the change: one that never got the lock of platform writes uses none up. */
      readonly tried: boolean;
      readonly steps: readonly Step[];
    }
  | {
      readonly type: 'fail';
      readonly owner: string;
      readonly failure: Failure;
      readonly steps: readonly Step[];
    }
  | ({
      readonly type: 'try_again';
      readonly by: string;
      readonly byKeys: readonly string[];
      readonly administrator: boolean;
      /** What is done instead of what was asked, where every seat is taken. */
      readonly swap?: readonly Step[] | undefined;
    } & Judged)
  | { readonly type: 'drop'; readonly failure: Failure; readonly by: string | undefined }
  | { readonly type: 'move'; readonly notBefore: Date; readonly newsAt: Date | undefined }
  /** Another change has undone this one: `Undo` goes from its cards. */
  | { readonly type: 'undone' }
  /** Another change tries again those of several that failed: `Try again` goes from the cards of this one. */
  | { readonly type: 'retried'; readonly changeId: string }
  /** What was due at `newsAt` is told, with `steps` as they stand by then; the revision lets cards be drawn again. */
  | { readonly type: 'news_told'; readonly newsAt?: Date | undefined; readonly steps?: readonly Step[] };

/** The mark of the request as it was shown to who decides (`markOf`): a decision counts for nothing else. */
type Seen = string | undefined;

/** What a verdict depends on beside who gives it; the service fills it in. */
interface Judged {
  /** Whether everything that an administrator starts needs a second one. @default false */
  readonly fourEyes?: boolean | undefined;
  /** By what the people are known whom the change lets in, as the platform has them now: see `beneficiaryKeys`. */
  readonly beneficiaries?: readonly string[] | undefined;
  /** Nothing tells whose account of the platform may be theirs. @default false */
  readonly isUnknown?: boolean | undefined;
}

/** How long an activation lasts: from the activation on, or to a moment, by which a request then expires. */
export type Lasting = Pick<Change, 'durationMs' | 'endsAt'>;

/** A lease from `from` on, by the clock of leases; it is not that of `now`. */
export interface LeaseTerm {
  readonly from: Date;
  readonly ms: number;
}

/**
 * The latest end that a living process may have written, as the clocks of two of them differ a little: a later one was
 * written before the clock was set back.
 */
export const furthestEnd = ({ from, ms }: LeaseTerm): Date => new Date(from.getTime() + 2 * ms);

/** For no longer than this a change is put off, whatever the platform asks for, ms: people wait for it. */
export const LONGEST_PAUSE_MS = 600_000;

/** Approved and its time has come, or left behind by a process that died. */
export function isDue(change: Change, now: Date, lease: LeaseTerm): boolean {
  if (change.state === 'approved') return isTimeFor(change, now);
  const { leaseUntil } = change;
  if (change.state !== 'applying' || leaseUntil === undefined) return change.state === 'applying';
  return leaseUntil <= lease.from || leaseUntil > furthestEnd(lease);
}

/**
 * Whether the time of an approved change has come. One that was put off until later than the longest pause was so before the
 * clock was set back; the end of a timed activation may lie as far ahead as anybody chose.
 */
const isTimeFor = (change: Change, now: Date): boolean =>
  change.notBefore === undefined ||
  change.notBefore <= now ||
  (wasPutOff(change) &&
    change.origin !== 'timed' &&
    change.notBefore.getTime() > now.getTime() + LONGEST_PAUSE_MS);

/** Why an event may not happen. */
export type Refusal =
  | 'already_decided'
  | 'expired'
  | 'not_yet_expired'
  | 'self_approval'
  | 'own_amendment'
  | 'altered'
  | 'no_second'
  | 'own_activation'
  | 'no_email'
  | 'decided_before'
  | 'chosen_alone'
  | 'not_administrator'
  | 'not_requester'
  | 'not_due'
  | 'lost_lease'
  | 'not_failed'
  | 'ending'
  | 'not_later'
  | 'same_pending';

/** Somebody who may decide. */
export interface Decider {
  readonly administrator: boolean;
  readonly personKeys: readonly string[];
}
