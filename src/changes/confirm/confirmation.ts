import type { TimedEnds } from '../../license/active-until.ts';
import { type IdleSince, sortedByIdleness } from '../../license/idle.ts';
import { forecast, isNamed, type Meter, type Names, seatHolders } from '../../license/seats.ts';
import { labelOf } from '../../license/user-text.ts';
import { byIdIn } from '../../wallaroo/by-id.ts';
import type { WallarooUser, WorkspaceMembership } from '../../wallaroo/user.ts';
import { forEach, type Work } from '../../work.ts';
import type { SeatsShown } from '../change.ts';
import { deactivationGuard, type GuardFacts } from '../guards.ts';
import type { Shown } from '../shown/shown.ts';
import type { Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';
import { switchStep } from '../steps/switch-user.ts';
import type { Orphan } from './hand-over.ts';
import type { MembershipFact } from './memberships.ts';

/** One user whom a change concerns, as the platform has them now. */
export interface Subject {
  readonly user: WallarooUser;
  /** What `enabled` is to become. */
  readonly enabled: boolean;
  /** `undefined`: they could not be read. */
  readonly workspaces: readonly WorkspaceMembership[] | undefined;
}

/** Why a change cannot be. */
export interface ConfirmRefusal {
  /** Whom it is about; absent when it is about the license. */
  readonly label?: string;
  /** Plain text; it may begin with the label. */
  readonly sentence: string;
}

/** Everything that a confirmation shows, read at the moment of the press. */
export interface ConfirmFacts {
  readonly subjects: readonly Subject[];
  readonly before: Meter;
  readonly after: Meter;
  readonly refusal: ConfirmRefusal | undefined;
  /** Every seat is taken, or Wallaroo takes no more: somebody has to be deactivated in exchange. */
  readonly needsSwap: boolean;
  /** Whom one may deactivate in exchange, idle longest first. */
  readonly candidates: readonly WallarooUser[];
  /** Who was chosen of them before the form was drawn again. */
  readonly leaver?: Leaver | undefined;
  /** When timed activations end. */
  readonly ends: TimedEnds;
  /** What a card shows of the users concerned. */
  readonly shown: Shown;
  /** What it does to memberships, if anything. */
  readonly memberships?: readonly MembershipFact[] | undefined;
  readonly leaving: Leaving;
  /** Workspaces left without an active OWNER, of which nobody has said yet what becomes of them. */
  readonly orphans?: readonly Orphan[] | undefined;
  /** Of several who do not depend on each other: who cannot be changed, and is left out; elsewhere `undefined`. */
  readonly leftOut?: readonly ConfirmRefusal[] | undefined;
}

/** Who leaves in exchange, as a form tells of them. */
export interface Leaver {
  readonly user: WallarooUser | undefined;
  /** State, last sign-in and workspaces, as mrkdwn. */
  readonly text: string;
  /** Workspaces that are left without an active OWNER. */
  readonly orphans: readonly Orphan[];
}

/** What a deactivation ends, and what works on. */
export interface Leaving {
  /** Whether their sessions are ended too. */
  readonly endsSessions: boolean;
  /** The longest life of an access token, ms; `undefined` where nobody leaves, or Keycloak does not say. */
  readonly tokenLifeMs: number | undefined;
}

/** What decides whether users may be deactivated, with all of them. */
export type Guards = GuardFacts & {
  readonly users: readonly WallarooUser[];
  readonly idleSince: IdleSince;
};

/** What a confirmation of these turns is called. */
export const kindOfTurns = ([first, second]: readonly Turn[]): 'activate' | 'deactivate' | 'swap' =>
  second !== undefined && second.enabled !== first?.enabled
    ? 'swap'
    : first?.enabled
      ? 'activate'
      : 'deactivate';

/** The steps that bring about what was confirmed. */
export const stepsOf = (facts: ConfirmFacts): readonly Step[] =>
  facts.subjects.map(({ user, enabled }) => switchStep({ userId: user.id, enabled, label: labelOf(user) }));

/** Seats now and after, as kept with the change. */
export const seatsShownOf = ({ before, after }: ConfirmFacts): SeatsShown => ({
  taken: before.taken,
  after: after.taken,
  ...(before.kind === 'limited' ? { seats: before.seats, warnAt: before.warnAt } : {}),
});

/** Last sign-in and roles are only in the list of all (contract §5.1). */
export function withListing(subject: Subject, users: readonly WallarooUser[]): Subject {
  const listed = byIdIn(users).get(subject.user.id);
  if (listed === undefined) return subject;
  const { lastSignInMs, realmRoles } = listed;
  return { ...subject, user: { ...subject.user, lastSignInMs, realmRoles } };
}
/** Whether more seats are taken than there are. */
export const isOver = (meter: Meter): boolean => meter.kind === 'limited' && meter.taken > meter.seats;

/** Whether no seat is free by the bot's count; Wallaroo may have fewer than the bot was told (contract §8). */
export const allTaken = (meter: Meter): boolean => meter.kind === 'limited' && meter.taken >= meter.seats;

/** Why somebody has to leave in exchange. */
export const whySwap = ({ before }: Pick<ConfirmFacts, 'before'>): string =>
  allTaken(before) ? 'Every seat is taken' : 'Wallaroo takes no more users';

/** How many seats more are taken once this user is as wanted. */
export const seatDelta = ({ user, enabled }: Subject, exempt: Names): number =>
  user.enabled === enabled || isNamed(user, exempt) ? 0 : enabled ? 1 : -1;

/**
 * The seats after all of these, and whether one of them takes a seat that is not there: over the limit an exchange does, though
 * it leaves the count as it is. `takesNoMore`: Wallaroo has said so.
 */
export function seatsWith(
  before: Meter,
  deltas: readonly number[],
  takesNoMore = false,
): { readonly after: Meter; readonly full: boolean } {
  const sum = deltas.reduce((total, delta) => total + delta, 0);
  const after = forecast(before, sum);
  const full = (takesNoMore && sum > 0) || (deltas.some((delta) => delta > 0) && isOver(after));
  return { after, full };
}

/** The first reason that keeps a change from being; `overLimit`: no swap would help. */
export function refusalOf(
  subjects: readonly Subject[],
  guards: GuardFacts,
  overLimit: boolean,
): ConfirmRefusal | undefined {
  for (const { user, enabled } of subjects) {
    const label = labelOf(user);
    const already = `${label} is already ${enabled ? 'active' : 'inactive'}.`;
    const guard = enabled ? undefined : deactivationGuard(user, guards);
    const sentence = user.enabled === enabled ? already : guard;
    if (sentence !== undefined) return { label, sentence };
  }
  return overLimit ? OVER_LIMIT : undefined;
}

export const OVER_LIMIT: ConfirmRefusal = {
  sentence:
    'More users are active than the license allows, so an exchange would not help either. Deactivate users until the limit holds again.',
};

/** Of a change that swaps users, where every seat is taken: who leaves does not free one. */
export const FREES_NO_SEAT: ConfirmRefusal = {
  sentence: 'Every seat is taken, and the user who leaves does not free one.',
};

/** Whom one may deactivate in exchange, idle longest first. */
export function* candidatesOf(
  guards: Guards,
  exempt: Names,
  wanted: readonly Turn[],
): Work<readonly WallarooUser[]> {
  const concerned = new Set(wanted.map(({ userId }) => userId));
  const possible: WallarooUser[] = [];
  yield* forEach(yield* sortedByIdleness(seatHolders(guards.users, exempt), guards.idleSince), (user) => {
    if (!concerned.has(user.id) && deactivationGuard(user, guards) === undefined) possible.push(user);
  });
  return possible;
}
