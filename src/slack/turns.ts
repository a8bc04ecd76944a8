/**
 * Lets pieces of work begin one by one, each in a turn of the event loop of its own. Whatever arrives meanwhile is
 * acknowledged between them, so a burst of interactions does not hold up its own acknowledgements.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the caller's turn, in the order of asking. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#begin());
    });
  }

  #begin(): void {
    this.#waiting[0]?.();
    this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(() => this.#begin());
  }
}
