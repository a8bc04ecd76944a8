/** What goes wrong with one call of a Web API method. */
export type MethodFault =
  | { readonly error: string } // ok: false with this error string
  | { readonly retryAfterSeconds: number } // 429 ratelimited
  | { readonly status: number; readonly page?: string } // an HTTP status with no JSON, but perhaps a page
  | { readonly delayMs: number } // answered late
  | { readonly hang: true } // applied never, answered never
  | { readonly cut: 'before' | 'after' }; // connection reset before or after applying

interface Planned {
  readonly fault: MethodFault;
  left: number;
}

/** Faults on demand. `method` is a Web API method, `response_url`, or `*` for every method. */
export class SlackFaults {
  readonly #planned = new Map<string, Planned[]>();
  #down: 'refuse' | 'unavailable' | undefined;
  readonly #onDown: () => void;
  #refused: { bot?: string; app?: string } = {};

  constructor(onDown: () => void = () => {}) {
    this.#onDown = onDown;
  }

  /** Slack is away: `refuse` resets every connection, sockets included; `unavailable` answers 503. */
  goDown(how: 'refuse' | 'unavailable' = 'refuse'): void {
    this.#down = how;
    this.#onDown();
  }

  comeUp(): void {
    this.#down = undefined;
  }

  get down(): 'refuse' | 'unavailable' | undefined {
    return this.#down;
  }

  /** From now on every call with this token is refused with `error`, e.g. `token_revoked`; `undefined`: no longer. */
  refuseToken(kind: 'bot' | 'app', error: string | undefined): void {
    const { [kind]: _, ...others } = this.#refused;
    this.#refused = error === undefined ? others : { ...others, [kind]: error };
  }

  /** What calls with this token are refused with, if they are. */
  refusalOf(kind: 'bot' | 'app'): string | undefined {
    return this.#refused[kind];
  }

  /** The next `times` calls of `method` meet the fault; several plans for a method take turns in order. */
  plan(method: string, fault: MethodFault, times = 1): void {
    const planned = this.#planned.get(method) ?? [];
    this.#planned.set(method, [...planned, { fault, left: times }]);
  }

  /** The fault that this call meets, used up by asking. */
  take(method: string): MethodFault | undefined {
    for (const name of [method, '*']) {
      const next = this.#planned.get(name)?.find(({ left }) => left > 0);
      if (next === undefined) continue;
      next.left -= 1;
      return next.fault;
    }
    return undefined;
  }

  clear(): void {
    this.#planned.clear();
    this.#down = undefined;
    this.#refused = {};
  }
}
