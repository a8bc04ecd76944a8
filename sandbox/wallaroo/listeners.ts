export type Listener<T> = (value: T) => void | Promise<void>;

/** Who wants to know of one kind of event. */
export class Listeners<T> {
  readonly #listeners = new Set<Listener<T>>();

  /** Returns what ends the listening. */
  on(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Tells all at once; resolves when those that answered with a promise are through. */
  async tell(value: T): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener(value)));
  }
}
