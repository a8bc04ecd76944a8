import { BACKSLASH, CLOSE, COLON, COMMA, FIRST_PRINTABLE, LAST_ASCII, OPEN, QUOTE } from './json-bytes.ts';

/** The text is no JSON. */
export class MalformedJson extends Error {}

/**
 * Goes through a JSON text in UTF-8 without parsing what nobody needs. Takes exactly the texts that `JSON.parse` takes: it looks
 * at the punctuation between members itself, and leaves every key and value to `JSON.parse`.
 */
export class JsonScan {
  readonly bytes: Buffer;
  /** The next byte. */
  at = 0;
  /** Behind the key that was read last; 0: it is written with escapes. */
  keyEnd = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    // A mark of the byte order, which `Response.text()` drops as well.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  /** Whether a value that begins here is an object. */
  get atObject(): boolean {
    return this.bytes[this.at] === OPEN.object;
  }

  skipBlanks(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at += 1;
    }
  }

  /** Goes into the object that begins here; whether it has a member. */
  enterObject(): boolean {
    this.#expect(OPEN.object);
    return this.#hasMember();
  }

  /** Goes behind a member's value, to the next one; whether there is one. */
  nextMember(): boolean {
    this.skipBlanks();
    if (this.bytes[this.at] === COMMA) {
      this.at += 1;
      this.skipBlanks();
      if (this.bytes[this.at] !== QUOTE) throw new MalformedJson();
      return true;
    }
    this.#expect(CLOSE.object);
    return false;
  }

  /** The key that begins here; goes to its value. */
  key(): string {
    const begin = this.at;
    const end = this.#keyEnd(begin);
    const key = end === -1 ? this.#oddKey() : this.bytes.toString('latin1', begin + 1, end);
    if (end !== -1) this.at = end + 1;
    this.keyEnd = end + 1;
    this.skipBlanks();
    this.#expect(COLON);
    this.skipBlanks();
    return key;
  }

  /** The value that begins here; goes behind it. */
  value(): unknown {
    const begin = this.at;
    const end = this.#valueEnd(begin);
    this.at = end;
    try {
      return JSON.parse(this.bytes.toString('utf8', begin, end));
    } catch {
      throw new MalformedJson();
    }
  }

  /** Nothing comes behind the value. */
  end(): void {
    this.skipBlanks();
    if (this.at !== this.bytes.length) throw new MalformedJson();
  }

  #hasMember(): boolean {
    this.skipBlanks();
    if (this.bytes[this.at] === QUOTE) return true;
    this.#expect(CLOSE.object);
    return false;
  }

  #expect(byte: number): void {
    if (this.bytes[this.at] !== byte) throw new MalformedJson();
    this.at += 1;
  }

  /** The closing quote of a key of printable ASCII without escapes, as ids are; -1 for any other. */
  #keyEnd(begin: number): number {
    for (let at = begin + 1; ; at += 1) {
      const byte = this.bytes[at];
      if (byte === QUOTE) return at;
      if (byte === undefined || byte < FIRST_PRINTABLE || byte > LAST_ASCII || byte === BACKSLASH) return -1;
    }
  }

  #oddKey(): string {
    return String(this.value());
  }

  #valueEnd(begin: number): number {
    const first = this.bytes[begin];
    if (first === QUOTE) return this.#stringEnd(begin);
    if (first === OPEN.object || first === OPEN.array) return this.#nestedEnd(begin);
    for (let at = begin; ; at += 1) {
      const byte = this.bytes[at];
      if (byte === undefined || byte <= 0x20 || byte === COMMA || byte === CLOSE.object) return at;
    }
  }

  #stringEnd(begin: number): number {
    const { bytes } = this;
    for (let at = begin + 1; at < bytes.length; at += 1) {
      if (bytes[at] === QUOTE) return at + 1;
      if (bytes[at] === BACKSLASH) at += 1;
    }
    throw new MalformedJson();
  }

  #nestedEnd(begin: number): number {
    const { bytes } = this;
    let depth = 0;
    for (let at = begin; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) at = this.#stringEnd(at) - 1;
      else if (byte === OPEN.object || byte === OPEN.array) depth += 1;
      else if (byte === CLOSE.object || byte === CLOSE.array) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    throw new MalformedJson();
  }
}
