import type { z } from 'zod';
import type { AuditSubject } from '../../db/audit-trail.ts';
import type { NewsKind } from '../../db/user-news.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { EndOutcome } from './end-outcome.ts';

/** What every step has; the rest is its kind's own. */
export interface AnyStep {
  readonly type: string;
}

/**
 * Everything that one kind of step knows. `S` is the step as it is stored, inferred from `schema`; `K` are the kinds of
 * change that it makes, `U` the steps that undo it. Every part is required: a kind that has no answer says so.
 */
export interface StepKind<S extends AnyStep, K extends string = string, U extends AnyStep = S> {
  readonly type: S['type'];
  /** Reads a step from JSON, those of earlier versions too. */
  readonly schema: z.ZodType<S>;
  /** The kinds of change that it makes, as people see them, each with what the trail says of one that is done. */
  readonly kinds: Readonly<Record<K, string>>;
  /** Which of them a change is that ends with this step; `inSwap`: an earlier step makes room for it. */
  kindOf(step: S, inSwap: boolean): K;
  /** The same for steps that ask the same: two requests with the same keys are never pending at once. */
  key(step: S): string;
  /** Whom or what it concerns. */
  subject(step: S): AuditSubject;
  /** Addresses by which somebody is known whom it concerns, beside its subject: none of them approves it alone. */
  addresses(step: S): readonly string[];
  /** The user whom it turns active or inactive, if that is what it does: a confirmation shows and guards them. */
  turns(step: S): Turn | undefined;
  /** What it does to the seats of the license, if anything. */
  seat(step: S): SeatUse | undefined;
  /** How many seats more are taken once it is done, as the platform stands now. */
  seatDelta(step: S, seats: SeatLedger): number;
  /** What it asks, as mrkdwn that follows "asks to"; `lasting` says how long an activation lasts, if it ends. */
  asks(step: S, lasting: string | undefined): string;
  /** The same of all whom `names` tells, as mrkdwn; `undefined` if it is asked of one at a time. Steps of which it says the same are told together. */
  asksOfMany(step: S, names: string): string | undefined;
  /** The same in exchange for the user who leaves; `undefined` if it never takes a seat. */
  asksInSwap(step: S, leaves: string): string | undefined;
  /** What it did, as a sentence of mrkdwn; `undefined` until the platform has confirmed it. `briefly`: without what is so for all. */
  did(step: S, briefly?: boolean): string | undefined;
  /** Its subject before and after in a word each, for the trail; `undefined` where that is not known. */
  states(step: S): { readonly before: string | undefined; readonly after: string | undefined };
  /** Whether it is done and something is otherwise than before: not when it was so already. */
  altered(step: S): boolean;
  /**
   * Does it, once: finds what a try before a crash has done, stores what it read before it writes and what it read after.
   * @throws PermanentFault where no repetition helps; a `WallarooError` says itself whether it may pass.
   */
  perform(step: S, run: StepRun<S>): Promise<void>;
  /**
   * Takes back what it did, or may have done, because a later step failed for good. Resolves to a sentence where that is
   * not possible, to `undefined` where nothing is left of it.
   */
  takeBack(step: S, run: StepRun<S>): Promise<string | undefined>;
  /**
   * What follows once every step has done its part and nothing is taken back any more, or once all that can be is. Done
   * at least once: a crash in between repeats it. What goes wrong with it undoes nothing: `remark` says so.
   */
  conclude(step: S, run: StepRun<S>): Promise<void>;
  /** What did not come off although the step is done, as sentences for the trail; `did` tells it too. */
  remark(step: S): string | undefined;
  /** The step that undoes it; `undefined` if it altered nothing, or cannot be undone. */
  undo(step: S): U | undefined;
  /** As it was before any try, for `Try again`; what a former try did is found again by reading the platform. */
  unperformed(step: S): S;
  /** What it has done to whose account, for them to be told; `undefined` until the platform has confirmed it. */
  affects(step: S): Affected | undefined;
  /** What it wrote, or may have written, to users: the watch takes these for ours. */
  ownWrites(step: S): readonly StepWrite[];
}

/** What was done to somebody's account. */
export interface Affected {
  readonly kind: NewsKind;
  /** The user of the platform. */
  readonly userId: string;
  /** When their access ends, where the step says so. */
  readonly until?: Date | undefined;
  /** The email by which they go from now on. */
  readonly address?: string | undefined;
  /** The name of the workspace that it is about. */
  readonly workspace?: string | undefined;
}

/** What is to become of one user. */
export interface Turn {
  readonly userId: string;
  readonly enabled: boolean;
}

export interface SeatUse {
  readonly effect: 'takes' | 'frees';
  /** Who takes or frees it: the id of a user, or the email of somebody whose id is not known yet. */
  readonly key: string;
  /** The email of somebody who gets an account, in small letters. */
  readonly invited?: string;
}

/** Counts how seats would change, step by step, from how the platform stands now. */
export interface SeatLedger {
  /** How many seats more are taken once this user is active, or inactive; the steps that follow count from there. */
  turn(userId: string, enabled: boolean): number;
  /** The same for somebody with this email who gets an account, unless the platform shows that they have one. */
  join(email: string): number;
}

/** What a step is performed with: the platform, and the run of its change. */
export interface StepRun<S extends AnyStep> {
  readonly wallaroo: WallarooClient;
  /** Whether its change has no other step. */
  readonly isOnly: boolean;
  /** Whether deactivating somebody also ends their sessions. */
  readonly endsSessions: boolean;
  readonly now: () => Date;
  /** Stores how far the step is, while this process may go on; rejects when it may not. */
  store(step: S): Promise<void>;
  /** Makes one write to the platform. A test may stop the process right before and right after it. */
  write<T>(call: () => Promise<T>): Promise<T>;
  /** Why this user must not be deactivated, as a sentence; `undefined` if they may be. */
  deactivationGuard(user: WallarooUser): Promise<string | undefined>;
  /** Owners of the workspace who may be gone although the platform still shows them: other changes are under way. */
  ownersLeaving(workspaceId: number): Promise<ReadonlySet<string>>;
  /** The workspaces in which this user is the last active OWNER, read now; none where they cannot be read. */
  orphansOf(userId: string): Promise<readonly { readonly id: number; readonly name: string }[]>;
  /** Whether the seat that `step` takes is free, counted now. */
  seatIsFree(step: S): Promise<boolean>;
  /** Moves the end of a timed activation to a later moment. */
  moveEnd(changeId: string, until: Date): Promise<EndOutcome>;
  /** Drops the end of a timed activation. */
  dropEnd(changeId: string): Promise<EndOutcome>;
}

/** A write of the bot's, so that the watch can tell it from those of others. */
export interface StepWrite {
  /** A user's id, or the email of somebody invited whose id is not known yet. */
  readonly subject: string;
  readonly enabled: boolean;
  /** Whether the platform has confirmed it. */
  readonly isConfirmed: boolean;
}
