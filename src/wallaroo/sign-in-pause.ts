import { type Call, WallarooRefused } from './errors.ts';

/** Keycloak's lockout counts failed sign-ins; tries at this distance do not keep it alive by themselves. */
const PAUSE_MS = 300_000;
const MINUTE_MS = 60_000;

/** Keycloak's token endpoint (contract §3). */
export const tokenCall: Call = { method: 'POST', path: '/auth/realms/master/protocol/openid-connect/token' };

export interface Clocks {
  readonly monotonicMs: () => number;
  /** For the time of day that people are told. */
  readonly now: () => Date;
}

/**
 * After a sign-in with a password that is not accepted, or of a locked account, none for five minutes: each further
 * try would count as another failure. Kept in memory only, so a restart, as after a changed setting, tries at once.
 */
export class SignInPause {
  readonly #clocks: Clocks;
  #paused: { readonly untilMs: number; readonly refusal: WallarooRefused } | undefined;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Signs in, unless a pause is on. @throws WallarooRefused `wrong_password` with the time of the next try. */
  async signIn<T>(login: () => Promise<T>): Promise<T> {
    this.check();
    try {
      return await login();
    } catch (error) {
      if (!(error instanceof WallarooRefused) || error.code !== 'wrong_password') throw error;
      const userMessage = sentence(this.#clocks.now());
      const refusal = new WallarooRefused(tokenCall, 'wrong_password', { detail: error.detail, userMessage });
      this.#paused = { untilMs: this.#clocks.monotonicMs() + PAUSE_MS, refusal };
      throw refusal;
    }
  }

  /** @throws WallarooRefused while the pause lasts. */
  check(): void {
    if (this.#paused === undefined || this.#clocks.monotonicMs() >= this.#paused.untilMs) return;
    const { userMessage } = this.#paused.refusal;
    const detail = 'waiting after a refused sign-in';
    throw new WallarooRefused(tokenCall, 'wrong_password', {
      detail,
      userMessage,
      cause: this.#paused.refusal,
    });
  }
}

/** Also the reason of changes that failed and are not tried again: it says of the next sign-in only, not of what was asked. */
function sentence(now: Date): string {
  const at = new Date(Math.ceil((now.getTime() + PAUSE_MS) / MINUTE_MS) * MINUTE_MS);
  const time = at.toISOString().slice(11, 16);
  return `The bot cannot sign in to Wallaroo: its username or password is not accepted, or its account is locked for a while. Before ${time} UTC it does not sign in again, unless an administrator corrects WALLAROO_USER and WALLAROO_PASSWORD and restarts it.`;
}
