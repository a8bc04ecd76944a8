import type { Logger } from 'pino';

/** A piece of work that finds by itself what is due, so that it may run at any time and as often as one likes. */
export interface Duty {
  readonly name: string;
  readonly run: () => Promise<void>;
}

export interface RecurringPassOptions {
  readonly duties: readonly Duty[];
  readonly everyMs: number;
  readonly log: Logger;
}

/**
 * Runs all duties one after the other, regularly and when kicked. A duty that fails is logged and does not
 * keep the others from running; what it left undone is due at the next pass.
 */
export class RecurringPass {
  readonly #options: RecurringPassOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: RecurringPassOptions) {
    this.#options = options;
  }

  start(): void {
    this.kick();
    this.#timer = setInterval(() => this.kick(), this.#options.everyMs);
  }

  /** Looks for due work now, or once more after the pass under way. */
  kick(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Resolves when everything that was due at the time of the call is done. */
  async settled(): Promise<void> {
    this.kick();
    while (this.#running !== undefined) await this.#running;
  }

  /** Starts nothing any more and waits for the pass under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      for (const duty of this.#options.duties) await this.#runDuty(duty);
    }
    this.#running = undefined;
  }

  async #runDuty({ name, run }: Duty): Promise<void> {
    if (this.#stopped) return;
    try {
      await run();
    } catch (error) {
      this.#options.log.error({ err: error, duty: name }, 'a duty failed: it runs again at the next pass');
    }
  }
}
