import { SYSTEM } from '../db/audit-trail.ts';
import { applyChange } from './apply-change.ts';
import type { ApplyParts } from './apply-parts.ts';
import {
  type Change,
  type ChangeKind,
  type ChangeOrigin,
  type Failure,
  type Snapshot,
  type Step,
  switchSteps,
} from './change.ts';
import { entryOf, outcomeEntry } from './change-audit.ts';
import {
  type CardPlace,
  changesWithNews,
  dueChanges,
  findChange,
  findPendingTwin,
  insertChange,
  storeTransition,
} from './change-store.ts';
import { type ChangeEvent, decide, type Refusal } from './decide.ts';
import { whyEndIsMoot } from './timed-activation.ts';

const AT_A_TIME = 50;

/** What a person does to a change. */
type PersonsEvent = ChangeEvent & { readonly by: string };

const KEPT: Failure = { code: 'kept', sentence: 'The user stays active: the end was dropped.' };

/** What somebody asks for, from a form that they confirmed. */
export interface Ask {
  /** Made when the form was opened, so that a form sent twice is one change. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly steps: readonly Step[];
  readonly reason: string;
  readonly durationMs?: number | undefined;
  readonly snapshot: Snapshot;
  readonly parentId?: string | undefined;
  readonly requester: {
    readonly userId: string;
    readonly email: string | undefined;
    readonly administrator: boolean;
  };
}

/** What came of asking. */
export type Asked =
  | { readonly result: 'ended' | 'postponed' | 'requested' | 'repeated'; readonly change: Change }
  /** The same request was pending already. */
  | { readonly result: 'twin'; readonly change: Change };

export type Decided =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly reason: Refusal | 'unknown'; readonly change: Change | undefined };

export interface ChangeServiceParts extends ApplyParts {
  readonly fourEyes: boolean;
  readonly requestTtlMs: number;
  readonly approvalsChannel: string;
  /** Whether somebody altered the user outside Slack since. */
  readonly changedOutside: (userId: string, since: Date) => Promise<boolean>;
  /** Something is to be announced: look now rather than at the next pass. */
  readonly kick: () => void;
}

/** Changes from the asking to the outcome. Handlers and the recurring pass call the same functions. */
export class ChangeService {
  readonly #parts: ChangeServiceParts;

  constructor(parts: ChangeServiceParts) {
    this.#parts = parts;
  }

  /** Whether this person's own changes need somebody else's approval. */
  needsApproval(administrator: boolean): boolean {
    return !administrator || this.#parts.fourEyes;
  }

  find(id: string): Promise<Change | undefined> {
    return findChange(this.#parts.db, id);
  }

  /** Keeps what is asked, before anything is done; then does it, if it needs nobody's approval. */
  async ask(ask: Ask): Promise<Asked> {
    const { db, now } = this.#parts;
    const pending = this.needsApproval(ask.requester.administrator);
    const change = newChange(ask, pending, now(), this.#parts.requestTtlMs);
    const entry = pending ? entryOf(change, 'requested', change.requesterId, now(), 'Asked for.') : undefined;
    const inserted = await insertChange(db, change, { entry, cards: pending ? this.places(change) : [] });
    if (!inserted) return this.#alreadyThere(change);
    if (pending) {
      this.#parts.kick();
      return { result: 'requested', change };
    }
    return this.#carriedOut(change);
  }

  async #alreadyThere(change: Change): Promise<Asked> {
    const same = await findChange(this.#parts.db, change.id);
    if (same !== undefined) return { result: 'repeated', change: same };
    const twin = await findPendingTwin(this.#parts.db, change);
    // The twin was decided in this very moment: what it came to is the answer.
    return { result: 'twin', change: twin ?? change };
  }

  /** A person's decision. An approved change is carried out before this resolves. */
  async decide(id: string, event: PersonsEvent): Promise<Decided> {
    const { db, now, log } = this.#parts;
    const change = await findChange(db, id);
    if (change === undefined) return { ok: false, reason: 'unknown', change };
    const decision = decide(change, event, now());
    if (!decision.ok) {
      log.warn({ change: id, by: event.by, event: event.type, reason: decision.reason }, 'decision refused');
      if (decision.reason === 'expired') await this.#expire(change);
      return { ok: false, reason: decision.reason, change: await findChange(db, id) };
    }
    const stored = await storeTransition(db, decision.change, {
      entry: decisionEntry(decision.change, event, now()),
    });
    if (!stored) return this.decide(id, event);
    this.#parts.kick();
    if (decision.change.state !== 'approved') return { ok: true, change: decision.change };
    return { ok: true, change: (await this.#carriedOut(decision.change)).change };
  }

  async #carriedOut(change: Change): Promise<Asked> {
    const ended = (await applyChange(this.#parts, change.id)) ?? change;
    this.#parts.kick();
    return {
      result: ended.state === 'approved' || ended.state === 'applying' ? 'postponed' : 'ended',
      change: ended,
    };
  }

  /** An administrator keeps a user whose timed activation would end: its deactivation is dropped. */
  async keep(id: string, by: string): Promise<Decided> {
    return this.decide(id, { type: 'drop', by, failure: KEPT });
  }

  /** Carries out what is due: put off, left behind by a process that died, or timed. */
  async carryOutDue(): Promise<void> {
    const { db, now } = this.#parts;
    for (const change of await dueChanges(db, now(), AT_A_TIME)) {
      if (change.origin === 'timed' && change.state === 'approved' && (await this.#dropped(change))) continue;
      await applyChange(this.#parts, change.id);
    }
  }

  async #dropped(timed: Change): Promise<boolean> {
    const { db, now, changedOutside } = this.#parts;
    const failure = await whyEndIsMoot(db, timed, changedOutside);
    if (failure === undefined) return false;
    const decision = decide(timed, { type: 'drop', by: undefined, failure }, now());
    if (decision.ok)
      await storeTransition(db, decision.change, { entry: outcomeEntry(decision.change, now()) });
    return true;
  }

  /** Says what time alone brings: expiries, reminders, the coming end of a timed activation, the end of `Undo`. */
  async tellNews(): Promise<void> {
    const { db, now } = this.#parts;
    for (const change of await changesWithNews(db, now(), AT_A_TIME)) {
      const expired =
        change.state === 'pending' && change.expiresAt !== undefined && change.expiresAt <= now();
      if (expired) await this.#expire(change);
      else await this.#notice(change);
    }
  }

  async #expire(change: Change): Promise<void> {
    const decision = decide(change, { type: 'expire' }, this.#parts.now());
    if (!decision.ok) return;
    await storeTransition(this.#parts.db, decision.change, {
      entry: outcomeEntry(decision.change, this.#parts.now()),
    });
    this.#parts.kick();
  }

  async #notice(change: Change): Promise<void> {
    const { db, now } = this.#parts;
    const decision = decide(change, { type: 'noticed' }, now());
    if (!decision.ok) return;
    const reminder =
      change.state === 'pending'
        ? entryOf(decision.change, 'reminded', SYSTEM, now(), 'Still waiting for a decision.')
        : undefined;
    const cards = change.origin === 'timed' && change.state === 'approved' ? this.places(change) : [];
    await storeTransition(db, decision.change, { entry: reminder, cards });
  }

  /** Where a change is shown: requests in the approvals channel and to the requester; others to the people concerned. */
  places(change: Change): readonly CardPlace[] {
    const dm = (userId: string): CardPlace => ({ place: `dm:${userId}`, destination: userId });
    if (change.origin === 'timed')
      return [...new Set([change.requesterId, change.decidedBy ?? change.requesterId])].map(dm);
    if (change.origin !== 'request') return [dm(change.requesterId)];
    return [{ place: 'approvals', destination: this.#parts.approvalsChannel }, dm(change.requesterId)];
  }
}

function newChange(ask: Ask, pending: boolean, now: Date, ttlMs: number): Change {
  const origin: ChangeOrigin = pending ? 'request' : ask.parentId === undefined ? 'direct' : 'undo';
  return {
    id: ask.id,
    kind: ask.kind,
    origin,
    state: pending ? 'pending' : 'approved',
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
    expiresAt: pending ? new Date(now.getTime() + ttlMs) : undefined,
    notBefore: undefined,
    attempts: 0,
    leaseOwner: undefined,
    leaseUntil: undefined,
    seatReserved: false,
    appliedAt: undefined,
    failure: undefined,
    lastFault: undefined,
    durationMs: ask.durationMs,
    noticeAt: pending ? new Date(now.getTime() + ttlMs / 2) : undefined,
    parentId: ask.parentId,
    undone: false,
  };
}

function decisionEntry(change: Change, event: PersonsEvent, now: Date) {
  switch (event.type) {
    case 'approve':
      return entryOf(change, 'approved', event.by, now, 'Approved.');
    case 'try_again':
      return entryOf(change, 'retried', event.by, now, 'Tried again.');
    case 'deny':
    case 'cancel':
    case 'drop':
      return { ...outcomeEntry(change, now), actor: event.by };
    default:
      return undefined;
  }
}

/** The users whose seats a change concerns, for redrawing what they see. */
export const concernedUserIds = (change: Change): readonly string[] =>
  switchSteps(change).map(({ userId }) => userId);
