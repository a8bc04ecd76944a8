/** How many bytes of an entry tell it from others: of a UUID as good as all. */
const TOLD_BY = 16;
/** Ids that begin alike share their slots; whom so many lie before is not guessed. */
const MOST_TRIES = 8;

/** A number of 32 bits out of the first bytes of the entry that begins there (FNV-1a). */
function hashAt(bytes: Buffer, begin: number): number {
  let hash = 0x811c9dc5;
  for (let at = begin; at < begin + TOLD_BY; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

/**
 * Guesses by its first bytes which of the known entries one may be, without a text of its id, whose making and looking up
 * costs more than comparing all of it. Whether it is that one, its bytes tell.
 */
export class EntryGuess {
  /** Numbers and one: 0 is empty. */
  readonly #slots: Uint32Array;
  readonly #hashes: Int32Array;

  /** The entry of each number begins at `begins` in `bytes`, or nowhere: 0. */
  constructor(bytes: Buffer, begins: Uint32Array) {
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * begins.length + 1)));
    this.#hashes = new Int32Array(begins.length);
    begins.forEach((begin, number) => {
      if (begin > 0) this.#put(number, hashAt(bytes, begin));
    });
  }

  /** The number of the entry that may begin there; -1: none. */
  numberAt(bytes: Buffer, begin: number): number {
    const hash = hashAt(bytes, begin);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const number = (this.#slots[this.#slot(hash, tries)] ?? 0) - 1;
      if (number < 0 || this.#hashes[number] === hash) return number;
    }
    return -1;
  }

  #put(number: number, hash: number): void {
    this.#hashes[number] = hash;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const slot = this.#slot(hash, tries);
      if (this.#slots[slot] !== 0) continue;
      this.#slots[slot] = number + 1;
      return;
    }
  }

  #slot(hash: number, tries: number): number {
    return (hash + tries) & (this.#slots.length - 1);
  }
}
