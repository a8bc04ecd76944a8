interface Listing<T> {
  readonly value: Promise<T>;
  readonly beganMs: number;
  /** How many changes had been made when it began. */
  readonly changes: number;
}

export interface ListCacheOptions<T> {
  readonly load: () => Promise<T>;
  /** How old an answer may be, counted from when its listing began. */
  readonly maxAgeMs: number;
  readonly monotonicMs: () => number;
}

/**
 * One answer shared by concurrent callers and kept for a while. Once something is changed, no listing begun
 * before serves anybody who asks after.
 */
export class ListCache<T> {
  readonly #options: ListCacheOptions<T>;
  #latest: Listing<T> | undefined;
  #settled = true;
  #upcoming: Promise<T> | undefined;
  #changes = 0;

  constructor(options: ListCacheOptions<T>) {
    this.#options = options;
  }

  /** Says that the list may differ from now on. */
  invalidate(): void {
    this.#changes += 1;
  }

  /** An answer under way or young enough, else a new one. */
  read(): Promise<T> {
    const latest = this.#latest;
    const usable = latest !== undefined && latest.changes === this.#changes;
    const young = usable && this.#options.monotonicMs() - latest.beganMs < this.#options.maxAgeMs;
    return usable && (young || !this.#settled) ? latest.value : this.#begin();
  }

  /** An answer whose listing begins after this call: after the one under way, shared with those who wait as well. */
  fresh(): Promise<T> {
    this.#upcoming ??= this.#afterLatest();
    return this.#upcoming;
  }

  async #afterLatest(): Promise<T> {
    // A failure is told to those who asked for that listing.
    await this.#latest?.value.catch(() => undefined);
    this.#upcoming = undefined;
    return this.#begin();
  }

  #begin(): Promise<T> {
    const value = this.#options.load();
    const listing = { value, beganMs: this.#options.monotonicMs(), changes: this.#changes };
    this.#latest = listing;
    this.#settled = false;
    value.then(
      () => {
        if (this.#latest === listing) this.#settled = true;
      },
      () => {
        if (this.#latest === listing) this.#latest = undefined;
      },
    );
    return value;
  }
}
