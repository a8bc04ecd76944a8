import * as z from 'zod';
import { staysRefused, WallarooError } from './errors.ts';
import { type Platform, read } from './platform.ts';
import { plainUser, type UserOnWire, userSchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';

const LARGEST_PAGE = 1000;
/** Keycloak's own: where so few do not come through, the reason is another. */
const SMALLEST_PAGE = 100;
const SMALLER = 4;
/** For so long pages stay small: what was in the way may be gone, and tens of thousands of users are many small pages. */
const SMALL_FOR_MS = 600_000;
/** How far to go back where a page does not follow on what was read; each time twice as far. */
const STEP_BACK = 100;
/** So often; then pages are taken as they come: a server without an order would never let them follow on each other. */
const STEPS_BACK = 8;

const pageSchema = z.array(userSchema);

/** What becomes of an answer that is too long for Keycloak or a proxy: late, cut, or replaced by a page of the proxy's own. */
const MAY_BE_TOO_LONG: ReadonlySet<string> = new Set([
  'timeout',
  'unreachable',
  'malformed',
  'platform_error',
  'away',
  'page',
]);

/**
 * All users as Keycloak lists them; `undefined` when it refuses, or tells no more than their beginning. In pages, as it takes
 * minutes for tens of thousands at once, and these of smaller size where an answer does not come whole. Briefly, so nobody's
 * required actions are told.
 */
export async function keycloaksUsers(platform: Platform): Promise<readonly WallarooUser[] | undefined> {
  const reading = new PageReading();
  try {
    for (;;) {
      const max = pageSize(platform);
      const page = await pageAt(platform, reading.at, max);
      if (page === undefined) makeSmaller(platform, max);
      else if (reading.take(page)) return reading.isCut(page, max) ? undefined : reading.users;
    }
  } catch (error) {
    if (staysRefused(error)) return undefined;
    // Nothing came through, however small: it was not the size.
    platform.memory.smallPages = undefined;
    throw error;
  }
}

/**
 * Keycloak's users, page by page. People come and go meanwhile, which moves the others to other pages: so each page begins with
 * the last user of the one before. Where it begins with somebody new, others moved up and may have been missed, and it is read
 * again from further ahead.
 */
class PageReading {
  /** Where the next page begins. */
  at = 0;
  readonly #byId = new Map<string, WallarooUser>();
  #furthest = 0;
  #stepsBack = 0;

  get users(): readonly WallarooUser[] {
    return [...this.#byId.values()];
  }

  /** Takes the page at `at`; `true` where nobody comes after it. */
  take(page: readonly UserOnWire[]): boolean {
    if (!this.#followsOn(page) && this.#stepsBack < STEPS_BACK) {
      this.at = Math.max(0, this.at - STEP_BACK * 2 ** this.#stepsBack);
      this.#stepsBack += 1;
      return false;
    }
    const before = this.#byId.size;
    for (const user of page) this.#byId.set(user.id, plainUser(user));
    if (this.#byId.size === before && this.at >= this.#furthest) return true;
    this.#furthest = Math.max(this.#furthest, this.at);
    this.at += Math.max(1, page.length - 1);
    return false;
  }

  /**
   * Whether `last` is the beginning again, of a server that does not heed where a page is to begin, and may end at a limit: the
   * one that was asked for, or its own.
   */
  isCut(last: readonly UserOnWire[], max: number): boolean {
    const [first] = this.#byId.keys();
    const isBeginning = this.at > 0 && last.length > 1 && last[0]?.id === first;
    return isBeginning && (last.length === max || (last.length < max && last.length % SMALLEST_PAGE === 0));
  }

  #followsOn([first]: readonly UserOnWire[]): boolean {
    return this.at === 0 || (first !== undefined && this.#byId.has(first.id));
  }
}

function pageSize({ memory, wire }: Platform): number {
  if (memory.smallPages !== undefined && wire.monotonicMs() >= memory.smallPages.untilMs)
    memory.smallPages = undefined;
  return memory.smallPages?.size ?? LARGEST_PAGE;
}

function makeSmaller({ memory, wire }: Platform, size: number): void {
  memory.smallPages = {
    size: Math.max(SMALLEST_PAGE, Math.floor(size / SMALLER)),
    untilMs: wire.monotonicMs() + SMALL_FOR_MS,
  };
}

/** A page; `undefined` where a smaller one may come through. */
async function pageAt(platform: Platform, first: number, max: number): Promise<UserOnWire[] | undefined> {
  const ask = (token: string) =>
    platform.keycloak.find(token, { first, max, briefRepresentation: true }, pageSchema);
  if (max <= SMALLEST_PAGE) return read(platform, ask);
  try {
    return await platform.session.authorized(ask);
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    if (MAY_BE_TOO_LONG.has(error.code)) return undefined;
    return read(platform, ask);
  }
}
