import { setTimeout as wait } from 'node:timers/promises';
import { isKnown, sharesKey } from '../access/person-keys.ts';
import { isSlackId } from '../slack/actor-text.ts';
import { placesOf } from './announce/card-places.ts';
import { applyChange } from './apply/apply-change.ts';
import { applyDue, expire, type TimeWorkParts, tellNews } from './apply/time-work.ts';
import { type Ask, newChange } from './ask/ask.ts';
import { readBeneficiaries } from './beneficiary-facts.ts';
import { type Change, isFinal } from './change.ts';
import type { ChangeEvent, Decider, Refusal } from './change-event.ts';
import type { Present } from './shown/differences.ts';
import type { CardPlace } from './store/card-store.ts';
import { entryOf } from './store/change-audit.ts';
import { findChange, findSamePending, insertChange, storeTransition } from './store/change-store.ts';
import { decisionEntry, type PersonsEvent } from './store/decision-entry.ts';
import { type Transition, transition } from './transition.ts';

/** How long a person waits while another process applies their change. */
const OTHERS_TAKE_MS = 10_000;
const POLL_MS = 50;

/** What came of asking. */
export type Asked =
  | { readonly result: 'ended' | 'postponed' | 'requested' | 'repeated'; readonly change: Change }
  /** The same request was pending already. */
  | { readonly result: 'same_pending'; readonly change: Change };

export type Decided =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly reason: Refusal | 'unknown'; readonly change: Change | undefined };

export interface ChangeServiceParts extends TimeWorkParts {
  readonly fourEyes: boolean;
  readonly requestTtlMs: number;
  readonly approvalsChannel: string;
  /** How it stands now with what a request would show; `undefined` where that cannot be read. */
  readonly present: (
    change: Pick<Change, 'kind' | 'steps' | 'requesterEmail'>,
  ) => Promise<Present | undefined>;
  /** By what the people are known who decide about steps as owners of all workspaces that they are about. */
  readonly ownerKeys: (steps: Change['steps']) => Promise<readonly string[]>;
  /** Slack ids of the owners whom a request is to be shown to, in place of the approvals channel. */
  readonly ownersToAsk: (change: Pick<Change, 'steps' | 'requesterKeys'>) => Promise<readonly string[]>;
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

  /** Whether this person decides about such steps: an administrator about all, an owner about their workspaces. */
  async decides({ administrator, personKeys }: Decider, steps: Change['steps']): Promise<boolean> {
    return administrator || sharesKey(personKeys, await this.ownerKeys(steps));
  }

  /** By what the owners are known who decide about such steps beside the administrators. */
  ownerKeys(steps: Change['steps']): Promise<readonly string[]> {
    return this.#parts.ownerKeys(steps);
  }

  /** Whether such steps, asked by this person, need somebody else's approval. */
  async needsApprovalOf(person: Decider, steps: Change['steps']): Promise<boolean> {
    return this.needsApproval(await this.decides(person, steps));
  }

  /** Whether an owner could be asked about such steps by the person known by these keys. */
  async hasOwnerToAsk(requesterKeys: readonly string[], steps: Change['steps']): Promise<boolean> {
    return (await this.#parts.ownersToAsk({ steps, requesterKeys })).length > 0;
  }

  find(id: string): Promise<Change | undefined> {
    return findChange(this.#parts.db, id);
  }

  /** Keeps what is asked, before anything is done; then does it, if it needs nobody's approval. */
  async ask(ask: Ask): Promise<Asked> {
    const { db, now, requestTtlMs } = this.#parts;
    const pending = await this.needsApprovalOf(ask.requester, ask.steps);
    const asked = newChange(ask, now(), pending ? requestTtlMs : undefined);
    const change = pending ? await this.#withShown(asked) : asked;
    const entry = pending ? entryOf(change, 'requested', change.requesterId, now(), 'Asked for.') : undefined;
    // Of a change made in Slack its form tells at once; of one made on a command line nobody there would hear.
    const isTold = pending || !isSlackId(change.requesterId);
    const inserted = await insertChange(db, change, { entry, cards: isTold ? this.places(change) : [] });
    if (!inserted) return this.#alreadyThere(ask, change);
    if (!pending) return this.#applied(change);
    this.#parts.kick();
    return { result: 'requested', change };
  }

  /** A request as its card is to show it: with how it stands at this moment. */
  async #withShown(change: Change): Promise<Change> {
    const [present, owners] = await Promise.all([
      this.#parts.present(change),
      this.#parts.ownersToAsk(change),
    ]);
    if (present === undefined) return change;
    const deciders = owners.length === 0 ? {} : { deciders: owners };
    return { ...change, seatsShown: present.seats, shown: { ...present.shown, ...deciders } };
  }

  async #alreadyThere(ask: Ask, change: Change): Promise<Asked> {
    const same = await findChange(this.#parts.db, change.id);
    // Under way, perhaps: of two presses at once both are told of the outcome.
    if (same !== undefined) return { ...(await this.#applied(same)), result: 'repeated' };
    const pending = await findSamePending(this.#parts.db, change);
    // Decided in this very moment: then this request is a new one.
    return pending === undefined ? this.ask(ask) : { result: 'same_pending', change: pending };
  }

  /** A person's moved. An approved change is applied before this resolves. */
  async decide(id: string, event: PersonsEvent): Promise<Decided> {
    const { db } = this.#parts;
    const change = await findChange(db, id);
    if (change === undefined) return this.#refuse(id, event, 'unknown');
    const moved = await this.judge(change, event);
    if (!moved.ok) {
      if (moved.reason === 'expired') await expire(this.#parts, change);
      return this.#refuse(id, event, moved.reason);
    }
    const next = moved.change;
    const same = next.state === 'pending' ? await findSamePending(db, next) : undefined;
    if (same !== undefined && same.id !== id) return this.#refuse(id, event, 'same_pending');
    const entry = decisionEntry(next, event, this.#parts.now());
    const stored = await storeTransition(db, next, { entry });
    if (!stored) return this.decide(id, event);
    if (isFinal(next.state)) this.#parts.closed?.(next);
    this.#parts.kick();
    if (next.state !== 'approved') return { ok: true, change: next };
    return { ok: true, change: (await this.#applied(next)).change };
  }

  /** What `event` would make of the change now, with all that its verdict depends on. */
  async judge(change: Change, asked: ChangeEvent): Promise<Transition> {
    const { fourEyes, now, requestTtlMs, wallaroo } = this.#parts;
    const event = await this.#withOwner(change, asked);
    if (event.type === 'amend') return transition(change, { ...event, requestTtlMs }, now());
    if (event.type !== 'approve' && event.type !== 'try_again') return transition(change, event, now());
    const beneficiaries = await readBeneficiaries(wallaroo, change);
    const judged = { ...event, fourEyes, beneficiaries, isUnknown: !isKnown(event.byKeys) };
    return transition(change, judged, now());
  }

  /** The event with the rights that who acts has as an owner of the workspaces concerned. */
  async #withOwner(change: Change, event: ChangeEvent): Promise<ChangeEvent> {
    if (!('administrator' in event) || event.administrator) return event;
    const administrator = sharesKey(event.byKeys, await this.ownerKeys(change.steps));
    return { ...event, administrator };
  }

  async #refuse(id: string, event: PersonsEvent, reason: Refusal | 'unknown'): Promise<Decided> {
    this.#parts.log.warn({ change: id, by: event.by, event: event.type, reason }, 'decision refused');
    this.#parts.kick();
    return { ok: false, reason, change: await findChange(this.#parts.db, id) };
  }

  async #applied(change: Change): Promise<Asked> {
    const ended = await this.#seenThrough((await applyChange(this.#parts, change.id)) ?? change);
    this.#parts.kick();
    return { result: isFinal(ended.state) ? 'ended' : 'postponed', change: ended };
  }

  /** The change once the process that took it has come to an end or to a fault that may pass. */
  async #seenThrough(change: Change): Promise<Change> {
    const giveUpAt = performance.now() + OTHERS_TAKE_MS;
    let current = change;
    while (current.state === 'applying' && performance.now() < giveUpAt) {
      await wait(POLL_MS);
      current = (await findChange(this.#parts.db, change.id)) ?? current;
    }
    return current;
  }

  /** Applies what is due. */
  applyDue(alive: () => void = () => undefined): Promise<void> {
    return applyDue(this.#parts, alive);
  }

  /** Says what time alone brings. */
  async tellNews(alive: () => void = () => undefined): Promise<void> {
    await tellNews(this.#parts, alive);
  }

  /** Where a change is shown. */
  places(change: Change): readonly CardPlace[] {
    return placesOf(change, this.#parts.approvalsChannel);
  }
}
