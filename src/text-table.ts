/** What stands behind the last code unit of a text: less than each of them. */
export const END = -1;

const UNITS_AT_FIRST = 1024;

/**
 * Texts by number, in the order in which they were added, to be sorted. Their code units lie together: sorting looks at them again and
 * again, and tens of thousands of strings would each lie somewhere else in memory.
 */
export class TextTable {
  #units = new Uint16Array(UNITS_AT_FIRST);
  /** Text `n` lies from bound `n` to before bound `n + 1`. */
  readonly #bounds = [0];

  get length(): number {
    return this.#bounds.length - 1;
  }

  /** Where the next text begins in `units`. */
  get begin(): number {
    return this.#bounds.at(-1) as number;
  }

  add(text: string): void {
    const units = this.units(text.length);
    const { begin } = this;
    for (let at = 0; at < text.length; at += 1) units[begin + at] = text.charCodeAt(at);
    this.endAt(begin + text.length);
  }

  /** Where the code units of the next text are to be written, from `begin` on: of so many at most. */
  units(most: number): Uint16Array {
    const size = this.begin + most;
    if (size > this.#units.length) {
      const units = new Uint16Array(2 * size);
      units.set(this.#units);
      this.#units = units;
    }
    return this.#units;
  }

  /** What was written from `begin` to before this place is the next text. */
  endAt(end: number): void {
    this.#bounds.push(end);
  }

  /** The code unit at a place of a text, or `END`. */
  unitAt(text: number, at: number): number {
    const place = (this.#bounds[text] as number) + at;
    return place < (this.#bounds[text + 1] as number) ? (this.#units[place] as number) : END;
  }

  /** Compares two texts that begin with the same `depth` code units. */
  compare(a: number, b: number, depth: number): number {
    for (let at = depth; ; at += 1) {
      const unit = this.unitAt(a, at);
      const order = unit - this.unitAt(b, at);
      if (order !== 0 || unit === END) return order;
    }
  }
}
