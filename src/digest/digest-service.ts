import { SlackError } from '@slack/web-api';
import { ChatopsError } from '../errors.ts';
import { keepPosts, showPost } from '../posts/keep-posts.ts';
import type { PostKind } from '../posts/post.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { windowUpTo } from './digest-facts.ts';
import type { DigestParts } from './digest-parts.ts';
import { digestPosts } from './digest-posts.ts';
import {
  claimSlot,
  type DigestRun,
  forgetAsked,
  insertAsked,
  lastSlot,
  type MessagePlace,
  outdate,
  scheduleStart,
} from './digest-store.ts';
import { createDueSlot, type DueSlot } from './slots.ts';
import { keepUser } from './snooze-store.ts';
import { keepUntil, type Snooze } from './suggestions.ts';

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

/** The latest of these that does not lie ahead, as what was noted before the clock was set back does. */
function latestBy(now: Date, moments: readonly (Date | undefined)[]): Date | undefined {
  const past = moments.filter((at) => at !== undefined).filter((at) => at <= now);
  return past.reduce<Date | undefined>(
    (latest, at) => (latest === undefined || at > latest ? at : latest),
    undefined,
  );
}

/** Digests: on schedule, asked for, and drawn again once posted. */
export class DigestService {
  readonly #parts: DigestParts;
  readonly #posts: PostKind<DigestRun>;
  readonly #dueSlot: DueSlot;
  /** Slots up to here are claimed, or from before the schedule was known. */
  #claimedUpTo: Date | undefined;

  constructor(parts: DigestParts) {
    this.#parts = parts;
    this.#posts = digestPosts(parts);
    this.#dueSlot = createDueSlot(parts);
  }

  /** Claims the slot that is due, posts what is not posted yet, and rewrites what is not true any more. */
  async keepDigests(alive?: () => void): Promise<void> {
    await this.#claimDue();
    await keepPosts(this.#parts, this.#posts, alive);
  }

  async #claimDue(): Promise<void> {
    const { db, channel, cron, timeZone } = this.#parts;
    const now = this.#parts.now();
    const before = this.#claimedUpTo;
    // In most passes nothing is due, and the database need not be asked: what is claimed stays claimed.
    if (cron === '' || (before && before <= now && this.#dueSlot(before, now) === undefined)) return;
    const known = await scheduleStart(db, `digest ${channel} ${timeZone} ${cron}`, now);
    const claimed = await lastSlot(db, channel, now);
    this.#claimedUpTo = latestBy(now, [known, claimed, before]) ?? now;
    const slot = this.#dueSlot(this.#claimedUpTo, now);
    if (slot === undefined) return;
    await claimSlot(db, channel, slot, await windowUpTo(db, channel, slot));
  }

  /**
   * Posts a digest now.
   * @throws ChatopsError that says why Slack did not take it.
   */
  async postNow(): Promise<void> {
    const { db, channel, now } = this.#parts;
    const run = await insertAsked(db, channel, await windowUpTo(db, channel, now()));
    const failed = await showPost(this.#parts, this.#posts, run);
    if (failed === undefined) return;
    await forgetAsked(db, run);
    throw failed.error instanceof SlackError ? new DigestNotPosted(failed.error) : failed.error;
  }

  /** Hides the suggestion for everybody for a while; returns the snooze that holds. */
  async keep(user: WallarooUser, label: string, by: string): Promise<Snooze> {
    const now = this.#parts.now();
    return keepUser(this.#parts.db, { userId: user.id, keptBy: by, until: keepUntil(now) }, label, now);
  }

  /** Draws a posted digest again soon: that of the message, or the latest. */
  outdate(message?: MessagePlace): Promise<void> {
    return outdate(this.#parts.db, message ?? { channelId: this.#parts.channel });
  }
}
