/** So long nothing more may arrive before a burst counts as over, ms. */
const QUIET_MS = 10;
/** So long work waits for that at most, ms: little beside the 3 s for which a trigger lives. */
const LONGEST_MS = 1000;

/**
 * Lets pieces of work begin one by one, each in a turn of the event loop of its own. Of a burst of interactions all are
 * acknowledged first, whatever was asked for before: Slack waits 3 s for that, and people hardly see that an answer comes
 * later. One that comes alone begins at once.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #turn: NodeJS.Immediate | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #longest: NodeJS.Timeout | undefined;
  /** How many begin now, whatever arrives. */
  #overdue = 0;

  /** Resolves when it is the caller's turn, in the order of asking. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#overdue > 0) return;
      if (this.#waiting.length === 1) this.#beginSoon();
      else this.#wait();
    });
  }

  #beginSoon(): void {
    this.#turn = setImmediate(() => this.#begin());
  }

  #wait(): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#begin(), QUIET_MS);
    this.#longest ??= setTimeout(() => this.#beginAll(), LONGEST_MS);
  }

  #beginAll(): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#quiet);
    this.#longest = undefined;
    this.#overdue = this.#waiting.length;
    this.#begin();
  }

  #begin(): void {
    const wasOverdue = this.#overdue > 0;
    this.#overdue = Math.max(0, this.#overdue - 1);
    this.#waiting.shift()?.();
    if (this.#waiting.length === 0) {
      clearTimeout(this.#longest);
      this.#longest = undefined;
    } else if (wasOverdue && this.#overdue === 0) this.#wait();
    else this.#beginSoon();
  }
}
