/** Recurring work that has to finish again and again. */
export interface Watched {
  /** It has finished, or shows otherwise that it goes on. */
  alive(): void;
  /** It ends for good: nobody waits for it any more. */
  end(): void;
}

export interface Standing {
  readonly name: string;
  /** Since it showed last that it goes on, ms. */
  readonly silentMs: number;
}

/** Knows when each recurring work finished last, and so which has stopped. */
export class Watchdog {
  readonly #monotonicMs: () => number;
  readonly #watched = new Map<string, { aliveAtMs: number; readonly limitMs: number }>();

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** From now on it is expected to show at least every `limitMs` that it goes on. Names are unique. */
  watch(name: string, limitMs: number): Watched {
    const watched = { aliveAtMs: this.#monotonicMs(), limitMs };
    this.#watched.set(name, watched);
    return {
      alive: () => {
        watched.aliveAtMs = this.#monotonicMs();
      },
      end: () => void this.#watched.delete(name),
    };
  }

  /** What has been silent for longer than its limit. */
  standing(): readonly Standing[] {
    return this.#all()
      .filter(({ silentMs, limitMs }) => silentMs > limitMs)
      .map(({ name, silentMs }) => ({ name, silentMs }));
  }

  /** Since when each has shown nothing. */
  ages(): readonly Standing[] {
    return this.#all().map(({ name, silentMs }) => ({ name, silentMs }));
  }

  #all() {
    const nowMs = this.#monotonicMs();
    return [...this.#watched].map(([name, { aliveAtMs, limitMs }]) => ({
      name,
      limitMs,
      silentMs: nowMs - aliveAtMs,
    }));
  }
}
