import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { settledSeq } from '../db/settled-seq.ts';
import type { Db } from '../db/tables.ts';
import { type Claim, ClaimLost } from '../posts/claim.ts';
import type { Authorize, Clicker } from '../slack/actor.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { type HomeReader, homeReader } from './home-facts.ts';
import type { HomeSources } from './home-parts.ts';
import { homeBlocks, homeView } from './home-views.ts';
import { askForHome, claimViewer, type Viewer, viewersWithNews } from './viewer-store.ts';

const CONFLICT = Symbol('hash_conflict');
const AT_A_TIME = 20;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;
/** While the platform does not answer. */
const LOOK_AGAIN_MS = 30_000;
/** After so many failures in a row somebody is forgotten until they open Home again. */
const MOST_ATTEMPTS = 10;

export interface HomeServiceParts extends Omit<HomeSources, 'listUsers'> {
  readonly listUsers: (options?: { readonly fresh?: boolean }) => Promise<readonly WallarooUser[]>;
  readonly db: Db;
  /** Without repetitions of its own: the next pass is the repetition. */
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
  /** The clock that all replicas share. */
  readonly leaseNow: () => Date;
  /** Unique to each claim. */
  readonly newId: () => string;
  /** For pauses, which a changed clock must not make longer, ms. */
  readonly monotonicMs: () => number;
  readonly authorize: Authorize;
}

interface Manner {
  /** Also if it would show the same as before. */
  readonly always: boolean;
  readonly read: HomeReader;
  /** The last entry of the trail that is surely in what `read` tells. */
  readonly seenSeq: number;
}

/** Publishes App Home for the people who opened it lately. */
export class HomeService {
  readonly #parts: HomeServiceParts;
  /** Slack counts `views.publish` for all viewers together. */
  #rateLimitedUntilMs = 0;

  constructor(parts: HomeServiceParts) {
    this.#parts = parts;
  }

  /** Somebody opened Home or pressed `Refresh`. What cannot be published now is published by a later pass. */
  async show(clicker: Clicker, { fresh }: { readonly fresh: boolean }): Promise<void> {
    const { db, now, listUsers } = this.#parts;
    const viewer = await askForHome(db, clicker, now());
    await this.#bringUpToDate(viewer, await this.#manner(true, () => listUsers({ fresh })));
  }

  /**
   * Publishes Homes that are out of date, so many at a time, and calls `alive` after each. Run it as often as you like, by
   * as many replicas.
   */
  async refreshDue(alive: () => void = () => undefined): Promise<void> {
    const { db, leaseNow, listUsers } = this.#parts;
    const viewers = await viewersWithNews(db, leaseNow(), AT_A_TIME);
    if (viewers.length === 0) return;
    const manner = await this.#manner(false, () => listUsers());
    for (const viewer of viewers) {
      await this.#bringUpToDate(viewer, manner);
      alive();
    }
  }

  /** The trail first: what comes to it meanwhile may be missing in what is read then. */
  async #manner(always: boolean, listUsers: HomeSources['listUsers']): Promise<Manner> {
    const { db, now } = this.#parts;
    const seenSeq = await settledSeq(db, now());
    return { always, seenSeq, read: homeReader({ ...this.#parts, listUsers }, now()) };
  }

  async #bringUpToDate(viewer: Viewer, manner: Manner): Promise<void> {
    const { db } = this.#parts;
    if (this.#parts.monotonicMs() < this.#rateLimitedUntilMs) return;
    const claim = await claimViewer(db, viewer, this.#parts);
    if (claim === undefined) return;
    try {
      await this.#publish(claim, viewer, manner).catch((error: unknown) => this.#putOff(claim, error));
    } catch (error) {
      // What the other process publishes counts.
      if (!(error instanceof ClaimLost)) throw error;
    }
  }

  /** `viewer` is as it was before anything was read: what they asked for since is not answered yet. */
  async #publish(claim: Claim<Viewer>, viewer: Viewer, manner: Manner): Promise<void> {
    const { now, leaseNow, authorize } = this.#parts;
    const verdict = await authorize({ userId: viewer.userId, teamId: viewer.teamId ?? undefined });
    const facts = await manner.read(verdict, { isFirst: viewer.asked <= 1 });
    const blocks = homeBlocks(facts);
    const shown = createHash('sha256').update(JSON.stringify(blocks)).digest('base64url');
    const differs = manner.always || shown !== viewer.shown;
    const hash = differs ? await this.#send(claim, viewer, homeView(blocks, facts.role, now())) : viewer.hash;
    if (hash === CONFLICT) return this.#publish(claim, { ...viewer, hash: null }, manner);
    if (facts.role === 'outsider') return claim.remove();
    const done = {
      administrator: facts.role === 'administrator' ? 1 : 0,
      // By the clock that the next look for news goes by.
      lookedAt: leaseNow().getTime(),
      shown,
      hash,
      attempts: 0,
    };
    await (facts.platform.answered
      ? claim.release({ ...done, answered: viewer.asked, seenSeq: manner.seenSeq })
      : claim.release(done, LOOK_AGAIN_MS));
  }

  /**
   * Publishes over the version that we know: `CONFLICT` if somebody else published meanwhile. Without a known
   * version, over whatever is there.
   */
  async #send(
    claim: Claim<Viewer>,
    { userId, hash }: Viewer,
    view: HomeView,
  ): Promise<string | null | typeof CONFLICT> {
    try {
      const known = hash === null ? {} : { hash };
      await claim.prove();
      const published = await this.#parts.client.views.publish({ user_id: userId, view, ...known });
      return published.view?.hash ?? null;
    } catch (error) {
      if (hash !== null && slackErrorOf(error) === 'hash_conflict') return CONFLICT;
      throw error;
    }
  }

  async #putOff(claim: Claim<Viewer>, error: unknown): Promise<void> {
    if (error instanceof ClaimLost) throw error;
    const { log } = this.#parts;
    const { row: viewer } = claim;
    const facts = { err: error, user: viewer.userId, slackError: slackErrorOf(error) };
    if (viewer.attempts >= MOST_ATTEMPTS) {
      log.warn(facts, 'cannot publish a Home: giving up until somebody opens it');
      return claim.remove();
    }
    const delayMs = this.#delayAfter(error, viewer.attempts);
    log.warn({ ...facts, delayMs }, 'could not publish a Home: trying again later');
    // Whether Slack took it is open: nothing is known of what it shows.
    await claim.release({ shown: null, hash: null }, delayMs);
  }

  #delayAfter(error: unknown, attempts: number): number {
    if (!(error instanceof WebAPIRateLimitedError))
      return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
    const delayMs = error.retryAfter * 1000;
    this.#rateLimitedUntilMs = this.#parts.monotonicMs() + delayMs;
    return delayMs;
  }
}
