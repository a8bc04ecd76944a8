import { setTimeout as wait } from 'node:timers/promises';
import { placesOf } from './announce/card-places.ts';
import { applyChange } from './apply/apply-change.ts';
import { carryOutDue, expire, type TimeWorkParts, tellNews } from './apply/time-work.ts';
import { type Ask, newChange } from './ask/ask.ts';
import { type Change, type Failure, isFinal } from './change.ts';
import type { CardPlace } from './store/card-store.ts';
import { entryOf, outcomeEntry } from './store/change-audit.ts';
import { findChange, findPendingTwin, insertChange, storeTransition } from './store/change-store.ts';
import { type ChangeEvent, decide, type Refusal } from './transition.ts';

/** For so long a person waits for what another process, or the pass, carries out for them. */
const OTHERS_TAKE_MS = 10_000;
const POLL_MS = 50;

/** What a person does to a change. */
type PersonsEvent = ChangeEvent & { readonly by: string };

const KEPT: Failure = { code: 'kept', sentence: 'The user stays active: the end was dropped.' };

/** What came of asking. */
export type Asked =
  | { readonly result: 'ended' | 'postponed' | 'requested' | 'repeated'; readonly change: Change }
  /** The same request was pending already. */
  | { readonly result: 'twin'; readonly change: Change };

export type Decided =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly reason: Refusal | 'unknown'; readonly change: Change | undefined };

export interface ChangeServiceParts extends TimeWorkParts {
  readonly fourEyes: boolean;
  readonly requestTtlMs: number;
  readonly approvalsChannel: string;
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
    const { db, now, requestTtlMs } = this.#parts;
    const pending = this.needsApproval(ask.requester.administrator);
    const change = newChange(ask, now(), pending ? requestTtlMs : undefined);
    const entry = pending ? entryOf(change, 'requested', change.requesterId, now(), 'Asked for.') : undefined;
    const inserted = await insertChange(db, change, { entry, cards: pending ? this.places(change) : [] });
    if (!inserted) return this.#alreadyThere(ask, change);
    if (!pending) return this.#carriedOut(change);
    this.#parts.kick();
    return { result: 'requested', change };
  }

  async #alreadyThere(ask: Ask, change: Change): Promise<Asked> {
    const same = await findChange(this.#parts.db, change.id);
    if (same !== undefined) return { result: 'repeated', change: same };
    const twin = await findPendingTwin(this.#parts.db, change);
    // Decided in this very moment: then this request is a new one.
    return twin === undefined ? this.ask(ask) : { result: 'twin', change: twin };
  }

  /** A person's decision. An approved change is carried out before this resolves. */
  async decide(id: string, event: PersonsEvent): Promise<Decided> {
    const { db, now } = this.#parts;
    const change = await findChange(db, id);
    if (change === undefined) return this.#refuse(id, event, 'unknown');
    const decision = decide(change, event, now());
    if (!decision.ok) {
      if (decision.reason === 'expired') await expire(this.#parts, change);
      return this.#refuse(id, event, decision.reason);
    }
    const next = decision.change;
    const stored = await storeTransition(db, next, { entry: decisionEntry(next, event, now()) });
    if (!stored) return this.decide(id, event);
    this.#parts.kick();
    if (next.state !== 'approved') return { ok: true, change: next };
    return { ok: true, change: (await this.#carriedOut(next)).change };
  }

  async #refuse(id: string, event: PersonsEvent, reason: Refusal | 'unknown'): Promise<Decided> {
    this.#parts.log.warn({ change: id, by: event.by, event: event.type, reason }, 'decision refused');
    this.#parts.kick();
    return { ok: false, reason, change: await findChange(this.#parts.db, id) };
  }

  async #carriedOut(change: Change): Promise<Asked> {
    const applied = (await applyChange(this.#parts, change.id)) ?? change;
    const ended = await this.#seenThrough(applied);
    this.#parts.kick();
    return { result: isFinal(ended.state) ? 'ended' : 'postponed', change: ended };
  }

  /** The change once whoever was faster to take it up has come to something: its end, or a fault that may pass. */
  async #seenThrough(change: Change): Promise<Change> {
    const giveUpAt = performance.now() + OTHERS_TAKE_MS;
    let current = change;
    while (current.state === 'applying' && performance.now() < giveUpAt) {
      await wait(POLL_MS);
      current = (await findChange(this.#parts.db, change.id)) ?? current;
    }
    return current;
  }

  /** An administrator keeps a user whose timed activation would end: its deactivation is dropped. */
  async keep(id: string, by: string): Promise<Decided> {
    return this.decide(id, { type: 'drop', by, failure: KEPT });
  }

  /** Carries out what is due. */
  carryOutDue(alive: () => void = () => undefined): Promise<void> {
    return carryOutDue(this.#parts, alive);
  }

  /** Says what time alone brings. */
  async tellNews(): Promise<void> {
    await tellNews(this.#parts);
  }

  /** Where a change is shown. */
  places(change: Change): readonly CardPlace[] {
    return placesOf(change, this.#parts.approvalsChannel);
  }
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
