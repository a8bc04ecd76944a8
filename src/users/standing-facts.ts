import type { TimedEnds } from '../license/active-until.ts';
import type { IdleSince } from '../license/idle.ts';
import { isNamed, type Names } from '../license/seats.ts';
import { inSlices } from '../slices.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Standing } from './standing.ts';
import { indexed } from './user-index.ts';
import { goingBy } from './who.ts';

export interface StandingParts {
  readonly wallaroo: Pick<WallarooClient, 'account'>;
  readonly protectedUsers: Names;
  readonly now: () => Date;
  /** Why nobody may deactivate a user of this list, as a sentence. `requesterEmail` is of who asks. */
  readonly deactivationRefusal: (
    users: readonly WallarooUser[],
    requesterEmail: string | undefined,
  ) => Promise<(user: WallarooUser) => string | undefined>;
  /** When timed activations end, by the id of the user. */
  readonly activeUntil: () => Promise<TimedEnds>;
  /** Since when a user has given no sign of life. */
  readonly idleSince: () => Promise<IdleSince>;
}

/** Reads what is known of users beside their records. The platform being down takes away only what it would have told. */
export class StandingDesk {
  readonly #parts: StandingParts;
  /** The bot's own account as the platform named it last: it does not change while the bot runs. */
  #botUserId: string | undefined;

  constructor(parts: StandingParts) {
    this.#parts = parts;
  }

  async of(users: readonly WallarooUser[], viewerEmail: string | undefined): Promise<Standing> {
    const { deactivationRefusal, activeUntil, idleSince, protectedUsers, now } = this.#parts;
    const [own, botUserId, why, ends, since] = await Promise.all([
      this.#own(users, viewerEmail),
      this.#bot(),
      deactivationRefusal(users, viewerEmail).catch(unknown),
      activeUntil(),
      idleSince(),
    ]);
    return {
      now: now(),
      isOwn: ({ id }) => own.length === 1 && own[0]?.id === id,
      isBot: ({ id }) => id === botUserId,
      isProtected: (user) => isNamed(user, protectedUsers),
      whyNeverDeactivated: why,
      endOf: ({ id, enabled }) => (enabled ? ends.get(id) : undefined),
      idleSince: since,
    };
  }

  /** When timed activations end, by the id of the user. */
  ends(): Promise<TimedEnds> {
    return this.#parts.activeUntil();
  }

  async #own(users: readonly WallarooUser[], email: string | undefined): Promise<readonly WallarooUser[]> {
    if (email === undefined) return [];
    await inSlices(indexed(users, { names: true }));
    return goingBy(email, users);
  }

  async #bot(): Promise<string | undefined> {
    try {
      this.#botUserId = (await this.#parts.wallaroo.account()).userId;
    } catch (error) {
      if (!(error instanceof WallarooError)) throw error;
    }
    return this.#botUserId;
  }
}

const NOT_KNOWN = 'Wallaroo does not answer, so nobody can tell who may be deactivated.';

/** Where it cannot be known who may be deactivated, nobody may. */
function unknown(error: unknown): () => string {
  if (error instanceof WallarooError) return () => NOT_KNOWN;
  throw error;
}
