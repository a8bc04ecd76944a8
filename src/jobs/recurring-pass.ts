import type { Logger } from 'pino';
import { endsWithin } from './time-limit.ts';
import type { Watchdog, Watched } from './watchdog.ts';

/** A piece of work that finds out what is due, so that it may run at any time, any number of times. */
export interface Duty {
  readonly name: string;
  /** Work of many items calls `alive` after each, so that only one that hangs looks like it. */
  readonly run: (alive?: () => void) => Promise<void>;
  /** A run without a sign of life for this long hangs, ms. @default that of the pass */
  readonly limitMs?: number;
}

export interface RecurringPassOptions {
  readonly duties: readonly Duty[];
  readonly everyMs: number;
  readonly log: Logger;
  /** Of duties that name none, ms. @default 60_000 */
  readonly limitMs?: number;
  /** @default nobody watches */
  readonly watchdog?: Watchdog;
  /** Whether a duty that fails so has done nothing, and counts as standing still. @default never */
  readonly isAtStandstill?: (error: unknown) => boolean;
}

const LIMIT_MS = 60_000;

/**
 * Runs all duties one after the other, regularly and when kicked. A duty that fails is logged and does not
 * keep the others from running; what it left undone is due at the next pass. One that hangs is left alone, and the next
 * pass starts it again: claims and leases keep what it may still do from harm.
 */
export class RecurringPass {
  readonly #options: RecurringPassOptions;
  readonly #watched = new Map<Duty, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: RecurringPassOptions) {
    this.#options = options;
  }

  start(): void {
    const { duties, everyMs, watchdog } = this.#options;
    if (watchdog !== undefined)
      for (const duty of duties) this.#watched.set(duty, watchdog.watch(duty.name, this.#limitOf(duty)));
    this.kick();
    this.#timer = setInterval(() => this.kick(), everyMs);
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
    for (const watched of this.#watched.values()) watched.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      for (const duty of this.#options.duties) await this.#runDuty(duty);
    }
    this.#running = undefined;
  }

  #limitOf({ limitMs }: Duty): number {
    return limitMs ?? this.#options.limitMs ?? LIMIT_MS;
  }

  async #runDuty(duty: Duty): Promise<void> {
    if (this.#stopped) return;
    const { log, isAtStandstill = () => false } = this.#options;
    const { name } = duty;
    const alive = (): void => this.#watched.get(duty)?.alive();
    const run = (goesOn: () => void): Promise<void> =>
      duty.run(() => {
        goesOn();
        alive();
      });
    try {
      const late = (error: unknown): void =>
        log.error({ err: error, duty: name }, 'a duty that hung has failed');
      if (await endsWithin(this.#limitOf(duty), run, late)) alive();
      else log.error({ duty: name }, 'a duty hangs: starting it again');
    } catch (error) {
      if (!isAtStandstill(error)) alive();
      log.error({ err: error, duty: name }, 'a duty failed: running it again at the next pass');
    }
  }
}
