type OnMove = (offsetMs: number) => void;

/** A time that goes on like the real one and is moved ahead at will: everything that shares it moves together. */
export class MovableClock {
  #offsetMs: number;
  readonly #listeners = new Set<OnMove>();

  /** @param startsAt the time it shows now. @default the real one */
  constructor(startsAt?: Date) {
    this.#offsetMs = startsAt === undefined ? 0 : startsAt.getTime() - Date.now();
  }

  readonly now = (): Date => new Date(Date.now() + this.#offsetMs);

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Moves to a moment that lies ahead; one that has passed leaves the clock alone. */
  moveTo(moment: Date): void {
    this.#offsetMs += Math.max(0, moment.getTime() - this.now().getTime());
    for (const listener of this.#listeners) listener(this.#offsetMs);
  }

  onMove(listener: OnMove): void {
    this.#listeners.add(listener);
  }
}
