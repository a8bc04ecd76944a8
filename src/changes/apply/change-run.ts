import { SYSTEM } from '../../db/audit-trail.ts';
import { ChatopsError } from '../../errors.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import { withoutAdvice } from '../advice-texts.ts';
import { type Change, type Failure, wasPutOff } from '../change.ts';
import { type ChangeEvent, LONGEST_PAUSE_MS } from '../change-event.ts';
import { TAKING_BACK } from '../change-texts.ts';
import type { Step } from '../steps/step.ts';
import { entryOf, outcomeEntry } from '../store/change-audit.ts';
import { findChange, storeTransition } from '../store/change-store.ts';
import { transition } from '../transition.ts';
import { newsOf } from '../user-news.ts';
import type { ApplyParts } from './apply-parts.ts';
import { type Hold, holdChange, LostLease, leaseTerm } from './hold-change.ts';
import { seatsApplied } from './seats-applied.ts';
import { endsOf } from './timed-activation.ts';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/**
 * One try of a change by this process, which holds the change's lease. It knows how the change stands, and stores every
 * step of the way on the condition that nobody else has stored one.
 */
export class ChangeRun {
  /** The platform's client among them writes only while the change is ours. */
  readonly parts: ApplyParts;
  readonly #owner: string;
  readonly #hold: Hold;
  #change: Change;
  #lockedAt: Date | undefined;

  private constructor(parts: ApplyParts, begun: Change, owner: string) {
    this.#owner = owner;
    this.#change = begun;
    this.#hold = holdChange(parts, begun.id, owner);
    this.parts = { ...parts, wallaroo: this.#hold.fence(parts.wallaroo) };
  }

  /** Takes the change's lease; `undefined` if it is not due, or another process was faster. */
  static async begin(parts: ApplyParts, id: string): Promise<ChangeRun | undefined> {
    const found = await findChange(parts.db, id);
    if (found === undefined) return undefined;
    const owner = parts.newId();
    const begun = transition(found, { type: 'begin', owner, lease: leaseTerm(parts) }, parts.now());
    if (!begun.ok || !(await storeTransition(parts.db, begun.change))) return undefined;
    return new ChangeRun(parts, begun.change, owner);
  }

  /** The change as this process stored it last. */
  get change(): Change {
    return this.#change;
  }

  /** Whether this try came as far as a write to the platform. */
  get cameToWrite(): boolean {
    return this.#hold.cameToWrite;
  }

  /** How many tries so far, this one among them, came as far as a write. */
  get writes(): number {
    return (this.#change.lastFault?.writes ?? 0) + (this.cameToWrite ? 1 : 0);
  }

  /** Takes the lock of all platform writes; `false` when others keep it for long. */
  async lock(): Promise<boolean> {
    const isOurs = await this.#hold.lock();
    this.#lockedAt = this.parts.now();
    return isOurs;
  }

  release(): Promise<void> {
    return this.#hold.release();
  }

  /** Stores how far it is. @throws LostLease when lease or lock are not ours any more. */
  async progress(done: Partial<Pick<Change, 'steps' | 'seatReserved' | 'failure'>>): Promise<void> {
    await this.#hold.prove();
    const { steps, seatReserved, failure } = { ...this.#change, ...done };
    const lease = { owner: this.#owner, lease: leaseTerm(this.parts) };
    const event: ChangeEvent = { type: 'progress', ...lease, steps, seatReserved, failure };
    const stored = await this.#store(event, this.parts.now());
    if (stored === undefined) throw new LostLease();
  }

  storeStep(index: number, step: Step): Promise<void> {
    return this.progress({ steps: this.#change.steps.map((kept, at) => (at === index ? step : kept)) });
  }

  /** Every step is done. Resolves to the change as it then stands, this process's or another's. */
  async succeed(): Promise<Change> {
    const seats = await seatsApplied(this.parts, this.#change, this.#lockedAt);
    return this.#end({ type: 'succeed', owner: this.#owner, steps: this.#change.steps, seats });
  }

  /** It failed for good. Resolves as `succeed` does. */
  fail(failure: Failure): Promise<Change> {
    return this.#end({ type: 'fail', owner: this.#owner, failure, steps: this.#change.steps });
  }

  /** Puts the change off: after a try, or where it never came to one. Resolves as `succeed` does. */
  async postpone(error: unknown, { tried = true } = {}): Promise<Change> {
    const { parts } = this;
    const { id, attempts, steps } = this.#change;
    const delayMs = retryDelayMs(attempts, parts.random, error);
    parts.log.warn({ err: error, change: id, delayMs }, 'change put off: trying again later');
    const fault = { ...failureOf(error), writes: this.writes };
    const event = { type: 'postpone', owner: this.#owner, delayMs, steps, fault, tried } as const;
    const now = parts.now();
    const { failure } = this.#change;
    const why = withoutAdvice((failure ?? fault).sentence);
    // A change that failed for good is never done: the bot tries again to take it back.
    const said =
      failure === undefined
        ? `Not done yet. ${why} Retrying automatically.`
        : `Not done. ${why} ${TAKING_BACK} Retrying automatically.`;
    const isFirst = !wasPutOff(this.#change);
    const stored = await this.#store(event, now, (next) => ({
      // Once is enough for the trail; the card counts the tries.
      entry: isFirst ? entryOf(next, 'postponed', SYSTEM, now, said) : undefined,
      cards: parts.placesOf(next),
    }));
    return stored ?? this.standing();
  }

  /** The change as the winner stored it. */
  async standing(): Promise<Change> {
    return (await findChange(this.parts.db, this.#change.id)) ?? this.#change;
  }

  async #end(event: ChangeEvent): Promise<Change> {
    const { parts } = this;
    await parts.faultPoint('before_outcome');
    const now = parts.now();
    const ended = await this.#store(event, now, (next) => {
      const left = next.state === 'applied' ? endsOf(next, now) : [];
      return {
        entry: outcomeEntry(next, now),
        left,
        undoes: undoneBy(next, now),
        cards: parts.placesOf(next),
        news: parts.notifyUsers === true ? newsOf(next, left, now) : [],
      };
    });
    await parts.faultPoint('after_outcome');
    if (ended === undefined) return this.standing();
    const { id, kind, state, failure } = ended;
    parts.log.info({ change: id, kind, state, failure: failure?.code }, 'change ended');
    parts.ended(ended);
    return ended;
  }

  async #store(
    event: ChangeEvent,
    now: Date,
    consequences: (next: Change) => Parameters<typeof storeTransition>[2] = () => ({}),
  ): Promise<Change | undefined> {
    const moved = transition(this.#change, event, now);
    if (!moved.ok) return undefined;
    const next = moved.change;
    if (!(await storeTransition(this.parts.db, next, consequences(next)))) return undefined;
    this.#change = next;
    return next;
  }
}

/** The change that `next` has undone, if it has: a timed end names as its parent what it ends. */
const undoneBy = ({ state, origin, parentId }: Change, at: Date) =>
  state === 'applied' && origin !== 'timed' && parentId !== undefined ? { id: parentId, at } : undefined;

/**
 * Exponential, at most half a minute, with jitter so that replicas do not knock together; later where the platform asks to be
 * left alone for longer.
 */
function retryDelayMs(attempts: number, random: () => number, error: unknown): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  const askedMs = error instanceof WallarooError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(Math.round(full * (0.5 + random() / 2)), Math.min(askedMs, LONGEST_PAUSE_MS));
}

/** What went wrong, as it is kept with the change and told to people. */
export const failureOf = (error: unknown): Failure =>
  error instanceof ChatopsError
    ? { code: error.code, sentence: error.userMessage }
    : { code: 'unexpected', sentence: 'Something went wrong on my side. The log has the details.' };
