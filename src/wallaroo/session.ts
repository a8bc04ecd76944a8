import { WallarooAway, WallarooRefused, WallarooStandIn, WallarooUnreachable } from './errors.ts';
import { type Clocks, SignInPause } from './sign-in-pause.ts';
import type { Granted, TokenGrants } from './token-grants.ts';

interface Tokens {
  readonly granted: Granted;
  /** By the monotonic clock, milliseconds. */
  readonly renewAtMs: number;
  readonly refreshUntilMs: number;
}

/** How long before its end a token is no longer used: a fifth of its life, as that may be a few seconds. */
const marginMs = (lifetimeMs: number): number => Math.min(30_000, lifetimeMs / 5);

/**
 * The bot's sign-in, kept in memory only. Renewed before the access or the refresh token ends, whichever is
 * first (contract §3.3): by the refresh token, and if that is refused by one new login. However many callers
 * wait, one renewal is under way. After a password that is not accepted, none is for a while.
 */
export class Session {
  readonly #grants: TokenGrants;
  readonly #monotonicMs: () => number;
  readonly #pause: SignInPause;
  #tokens: Tokens | undefined;
  #renewal: Promise<string> | undefined;

  constructor(grants: TokenGrants, clocks: Clocks) {
    this.#grants = grants;
    this.#monotonicMs = clocks.monotonicMs;
    this.#pause = new SignInPause(clocks);
  }

  /**
   * Runs `ask` with an access token; when it is refused as `unauthorized`, once more with a renewed one. So
   * `ask` must be safe to run again after a 401, which says that nothing was done.
   */
  async authorized<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#token();
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof WallarooRefused) || error.code !== 'unauthorized') throw error;
      return ask(await this.#replacement(token)).catch(ofGate);
    }
  }

  async #token(): Promise<string> {
    const tokens = this.#tokens;
    if (tokens !== undefined && this.#monotonicMs() < tokens.renewAtMs) return tokens.granted.access;
    return this.#renewed();
  }

  /** Another caller may have renewed while this one's request was under way. */
  async #replacement(refused: string): Promise<string> {
    const current = this.#tokens?.granted.access;
    return current !== undefined && current !== refused ? current : this.#renewed();
  }

  #renewed(): Promise<string> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(): Promise<string> {
    // Lifetimes count from before the request, so that they never end later here than there.
    const beganMs = this.#monotonicMs();
    this.#pause.check();
    const granted =
      (await this.#refreshed(beganMs)) ?? (await this.#pause.signIn(() => this.#grants.login()));
    this.#tokens = tokensOf(granted, beganMs);
    return granted.access;
  }

  /** `undefined` when only a login helps. */
  async #refreshed(nowMs: number): Promise<Granted | undefined> {
    const tokens = this.#tokens;
    const refresh = tokens?.granted.refresh;
    if (tokens === undefined || refresh === undefined || nowMs >= tokens.refreshUntilMs) return undefined;
    try {
      return await this.#grants.refresh(refresh);
    } catch (error) {
      // Whatever the answer was, a login tells whether the account is good (contract §3.4).
      if (error instanceof WallarooUnreachable && !(error instanceof WallarooAway)) throw error;
      return undefined;
    }
  }
}

/** Something between that takes no new token either asks for a sign-in of its own. */
function ofGate(error: unknown): never {
  if (!(error instanceof WallarooStandIn) || error.code !== 'unauthorized') throw error;
  const { call, detail, retryAfterMs } = error;
  throw new WallarooAway(call, 'blocked', { detail, retryAfterMs });
}

function tokensOf(granted: Granted, beganMs: number): Tokens {
  const accessMs = (granted.accessSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  const refreshMs = (granted.refreshSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  const firstEndMs = granted.refresh === undefined ? accessMs : Math.min(accessMs, refreshMs);
  const renewAtMs = Number.isFinite(firstEndMs)
    ? beganMs + firstEndMs - marginMs(firstEndMs)
    : Number.POSITIVE_INFINITY;
  return { granted, renewAtMs, refreshUntilMs: beganMs + refreshMs };
}
