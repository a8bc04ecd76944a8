/** What a change is for, as people see it. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export const CHANGE_KINDS = ['activate', 'deactivate', 'swap', 'invite', 'extend'] as const;

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

/** One platform write, in order. */
export type Step = SwitchStep | InviteStep | ExtendStep;

/** Sets one user's `enabled`. */
export interface SwitchStep {
  readonly type: 'switch';
  readonly userId: string;
  readonly enabled: boolean;
  /** Email, or the username where there is none: for people, never to find the user by. */
  readonly label: string;
  /** `enabled` as read just before the write; kept through a crash. */
  readonly before: boolean | undefined;
  /** `enabled` as read back after the write; set once the step is done. */
  readonly after: boolean | undefined;
  /** A swap's first step taken back because the second failed for good. */
  readonly takenBack?: boolean;
}

/** Invites a person who has no account yet. */
export interface InviteStep {
  readonly type: 'invite';
  readonly email: string;
  /** Set once invited. */
  readonly userId: string | undefined;
}

/** Moves the end of a timed activation; no platform write. */
export interface ExtendStep {
  readonly type: 'extend';
  readonly changeId: string;
  readonly label: string;
  readonly until: Date;
  readonly done: boolean;
}

/** Why a change failed, or came to nothing. */
export interface Failure {
  readonly code: string;
  /** A sentence that a person can act on. */
  readonly sentence: string;
}

/** Seats as shown when the change was asked for; `seats` is absent on Enterprise. */
export interface Snapshot {
  readonly taken: number;
  /** Taken once the change is done. */
  readonly after: number;
  readonly seats?: number | undefined;
}

export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly origin: ChangeOrigin;
  readonly state: ChangeState;
  readonly revision: number;
  readonly steps: readonly Step[];
  readonly snapshot: Snapshot;
  readonly reason: string;
  /** Slack id of who asked. */
  readonly requesterId: string;
  readonly requesterEmail: string | undefined;
  readonly decidedBy: string | undefined;
  readonly decidedAt: Date | undefined;
  readonly decisionReason: string | undefined;
  readonly createdAt: Date;
  /** When a pending request lapses. */
  readonly expiresAt: Date | undefined;
  readonly notBefore: Date | undefined;
  /** Tries that ended in a passing fault. */
  readonly attempts: number;
  readonly leaseOwner: string | undefined;
  readonly leaseUntil: Date | undefined;
  readonly seatReserved: boolean;
  readonly appliedAt: Date | undefined;
  readonly failure: Failure | undefined;
  /** The passing fault of the latest try, while the change waits for the next. */
  readonly lastFault: Failure | undefined;
  /** How long an activation lasts, from the activation on. */
  readonly durationMs: number | undefined;
  /** When something is to be said or redrawn by itself: a reminder, a notice, the end of `Undo`. */
  readonly noticeAt: Date | undefined;
  readonly parentId: string | undefined;
  /** Another change has undone this one. */
  readonly undone: boolean;
}

/** How long an applied change can be undone, ms. */
export const UNDO_MS = 10 * 60_000;

/** Nothing happens to it any more by itself. */
export const isFinal = (state: ChangeState): boolean =>
  ['applied', 'failed', 'denied', 'expired', 'cancelled'].includes(state);

export const switchSteps = (change: Pick<Change, 'steps'>): readonly SwitchStep[] =>
  change.steps.filter((step): step is SwitchStep => step.type === 'switch');

/** The same request, whoever makes it: two such are never pending at once. */
export function twinKey(kind: ChangeKind, steps: readonly Step[]): string {
  return `${kind}:${steps.map(stepKey).join('+')}`;
}

function stepKey(step: Step): string {
  switch (step.type) {
    case 'switch':
      return `${step.enabled ? 'on' : 'off'}=${step.userId}`;
    case 'invite':
      return `invite=${step.email.toLowerCase()}`;
    case 'extend':
      return `extend=${step.changeId}`;
  }
}

/** Whether anything on the platform is otherwise than before. */
export const altersUsers = (change: Pick<Change, 'steps'>): boolean =>
  switchSteps(change).some(
    ({ before, after }) => before !== undefined && after !== undefined && before !== after,
  );

/** Whether an applied change has `Undo` at all: somebody's decision that altered users. */
export const hasUndo = (change: Pick<Change, 'origin' | 'steps'>): boolean =>
  (change.origin === 'direct' || change.origin === 'request') && altersUsers(change);

/** Whether a press on `Undo` at `now` still counts. */
export const isUndoable = (change: Change, now: Date): boolean =>
  change.state === 'applied' &&
  change.appliedAt !== undefined &&
  now.getTime() < change.appliedAt.getTime() + UNDO_MS &&
  !change.undone &&
  hasUndo(change);

/**
 * Whether a card shows `Undo`: until the end of its time is noted in the row. By the clock alone, a replica whose clock
 * is behind would leave the button for ever.
 */
export const showsUndo = (change: Change): boolean =>
  change.state === 'applied' && change.noticeAt !== undefined && !change.undone && hasUndo(change);
