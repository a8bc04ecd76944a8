import { ChatopsError } from '../errors.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { failureLevel, isLost, redeliveryDelayMs } from '../slack/delivery.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { type Digest, type DigestWindow, isUneventful } from './digest.ts';
import { computeDigest, essenceHash } from './digest-facts.ts';
import type { DigestParts } from './digest-parts.ts';
import {
  claimSlot,
  type DigestRun,
  lastSlot,
  lastTold,
  type MessagePlace,
  outdate,
  recordAsked,
  scheduleStart,
  takeOutdated,
  takeUntold,
  updateRun,
} from './digest-store.ts';
import { digestMessage } from './digest-views.ts';
import { CATCH_UP_MS, createDueSlot, type DueSlot } from './slots.ts';
import { keepUser } from './snooze-store.ts';
import { keepUntil, type Snooze } from './suggestions.ts';

const FIRST_WINDOW_MS = 7 * 86_400_000;

/** A digest that somebody asked for could not be posted. */
class DigestNotPosted extends ChatopsError {
  constructor(cause: unknown) {
    const said = slackErrorOf(cause);
    super('digest could not be posted', {
      code: 'digest_not_posted',
      userMessage:
        said === undefined
          ? 'Slack did not take the digest. Please try again in a moment.'
          : `Slack did not take the digest (${said}). Is the bot a member of the license channel?`,
      cause,
    });
  }
}

/** Digests: on schedule, asked for, and drawn anew once posted. */
export class DigestService {
  readonly #parts: DigestParts;
  readonly #dueSlot: DueSlot;

  constructor(parts: DigestParts) {
    this.#parts = parts;
    this.#dueSlot = createDueSlot(parts);
  }

  /**
   * Claims the slot that is due, and posts what is claimed. A post that failed is tried again at a later pass. Between
   * Slack's taking the post and our recording it nothing else is done: a crash there, or an answer of Slack
   * that got lost, repeats that digest once.
   */
  async postDue(): Promise<void> {
    const { db, channel, cron, log, now } = this.#parts;
    if (cron === '') return;
    await this.#claimDue();
    const run = await takeUntold(db, channel, now(), new Date(now().getTime() - CATCH_UP_MS));
    if (run === undefined) return;
    try {
      await this.#post(run);
    } catch (error) {
      const delayMs = redeliveryDelayMs(error, run.attempts);
      const level = failureLevel(error, run.attempts);
      log[level]({ err: error, slot: new Date(run.slot), delayMs }, 'digest not posted: it is tried again');
      await updateRun(db, run, { notBefore: now().getTime() + delayMs });
    }
  }

  async #claimDue(): Promise<void> {
    const { db, channel, cron, timeZone, now } = this.#parts;
    const known = await scheduleStart(db, `digest ${channel} ${timeZone} ${cron}`, now());
    const claimed = await lastSlot(db, channel);
    const slot = this.#dueSlot(claimed !== undefined && claimed > known ? claimed : known, now());
    if (slot === undefined) return;
    await claimSlot(db, channel, slot, await this.#windowUpTo(slot));
  }

  /** From the end of the last digest that was told. */
  async #windowUpTo(to: Date): Promise<DigestWindow> {
    const last = await lastTold(this.#parts.db, this.#parts.channel);
    const from = last?.windowTo ?? to.getTime() - FIRST_WINDOW_MS;
    return { from: new Date(Math.min(from, to.getTime())), to };
  }

  async #post(run: DigestRun): Promise<void> {
    const { db, channel, log, whenUnchanged } = this.#parts;
    const digest = await computeDigest(this.#parts, windowOf(run));
    const essence = essenceHash(digest);
    if (!whenUnchanged && (await this.#saysNothingNew(digest, essence))) {
      log.info({ slot: new Date(run.slot) }, 'digest left out: nothing new to say');
      return updateRun(db, run, { done: 1, essence });
    }
    const ts = await this.#send(channel, digest);
    await updateRun(db, run, {
      done: 1,
      ts,
      essence,
      shownRevision: run.revision,
      attempts: 0,
      notBefore: 0,
    });
    log.info({ slot: new Date(run.slot), ts }, 'digest posted');
  }

  async #saysNothingNew(digest: Digest, essence: string): Promise<boolean> {
    if (digest.happenings.length > 0) return false;
    const last = await lastTold(this.#parts.db, this.#parts.channel);
    return isUneventful(digest) || last?.essence === essence;
  }

  async #send(channel: string, digest: Digest): Promise<string> {
    const { text, blocks } = digestMessage(digest);
    const { ts } = await this.#parts.client.chat.postMessage({ channel, text, blocks: [...blocks] });
    if (ts === undefined) throw new Error('chat.postMessage answered without ts');
    return ts;
  }

  /**
   * Posts a digest now.
   * @throws ChatopsError that says why Slack did not take it.
   */
  async postNow(): Promise<void> {
    const { db, channel, now } = this.#parts;
    const window = await this.#windowUpTo(now());
    const digest = await computeDigest(this.#parts, window);
    const ts = await this.#send(channel, digest).catch((error: unknown) => {
      throw new DigestNotPosted(error);
    });
    await recordAsked(db, channel, { window, ts, essence: essenceHash(digest) });
  }

  /** Hides the suggestion for everybody for a while; returns the snooze that holds. */
  async keep(user: WallarooUser, label: string, by: string): Promise<Snooze> {
    const now = this.#parts.now();
    return keepUser(this.#parts.db, { userId: user.id, keptBy: by, until: keepUntil(now) }, label, now);
  }

  /** Draws a posted digest anew soon: that of the message, or the latest. */
  outdate(message?: MessagePlace): Promise<void> {
    return outdate(this.#parts.db, message ?? { channelId: this.#parts.channel });
  }

  /** Rewrites posted digests of which something is not true any more. */
  async redrawOutdated(): Promise<void> {
    const { db, now } = this.#parts;
    for (const run of await takeOutdated(db, now())) await this.#redraw(run);
  }

  async #redraw(run: DigestRun): Promise<void> {
    const { client, db, log, now } = this.#parts;
    try {
      const { text, blocks } = digestMessage(await computeDigest(this.#parts, windowOf(run)));
      await client.chat.update({ channel: run.channel, ts: run.ts ?? '', text, blocks: [...blocks] });
    } catch (error) {
      if (!isLost(error)) {
        const delayMs = redeliveryDelayMs(error, run.attempts);
        const level = failureLevel(error, run.attempts);
        log[level]({ err: error, ts: run.ts, delayMs }, 'digest not drawn anew: it is tried again');
        return updateRun(db, run, { notBefore: now().getTime() + delayMs });
      }
      log.warn({ err: error, ts: run.ts }, 'digest cannot be rewritten any more');
    }
    await updateRun(db, run, { shownRevision: run.revision, attempts: 0, notBefore: 0 });
  }
}

const windowOf = (run: DigestRun): DigestWindow => ({
  from: new Date(run.windowFrom),
  to: new Date(run.windowTo),
});
