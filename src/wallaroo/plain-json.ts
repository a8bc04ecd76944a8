import { BACKSLASH, CLOSE, COLON, COMMA, FIRST_PRINTABLE, LAST_ASCII, OPEN, QUOTE } from './json-bytes.ts';

const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
/** A whole number of so many digits is kept exactly. */
const MOST_DIGITS = 15;
const DEEPEST = 8;
/** Bytes that are compared together. */
const WORD = 4;

const WORDS = [
  [Buffer.from('true'), true],
  [Buffer.from('false'), false],
  [Buffer.from('null'), null],
] as const;

/** One for all: hardly any list has a text. */
const NO_TEXTS: readonly string[] = [];

/** In place of an end: written in a way that is left to `JSON.parse`. */
export const ODD = -1;

/**
 * Reads values of a JSON text that is written as programs write it: no blanks, no escapes, whole numbers. All methods are told
 * where a value begins and tell where it ends; of all that is otherwise they say that it is odd, and of nothing that it is not JSON.
 */
export class PlainJson {
  readonly bytes: Buffer;
  /** What was read last, `behind` aside. */
  value: unknown;
  readonly #view: DataView;
  #isAscii = true;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  isAt(at: number, wanted: Uint8Array): boolean {
    const { bytes } = this;
    for (let index = 0; index < wanted.length; index += 1)
      if (bytes[at + index] !== wanted[index]) return false;
    return true;
  }

  /** Whether what stands at `at` is, byte for byte, what stands from `begin` to before `end`. */
  isSame(at: number, begin: number, end: number): boolean {
    const view = this.#view;
    const length = end - begin;
    if (at + length > this.bytes.length) return false;
    let done = 0;
    for (; done + WORD <= length; done += WORD)
      if (view.getUint32(at + done) !== view.getUint32(begin + done)) return false;
    for (; done < length; done += 1)
      if (view.getUint8(at + done) !== view.getUint8(begin + done)) return false;
    return true;
  }

  text(begin: number): number {
    const end = this.#textEnd(begin);
    if (end !== ODD) this.value = this.bytes.toString(this.#isAscii ? 'latin1' : 'utf8', begin + 1, end - 1);
    return end;
  }

  /** A list of texts. */
  texts(begin: number): number {
    if (this.bytes[begin] !== OPEN.array) return ODD;
    if (this.bytes[begin + 1] === CLOSE.array) {
      this.value = NO_TEXTS;
      return begin + 2;
    }
    const texts: unknown[] = [];
    let at = begin + 1;
    while (this.bytes[at] !== CLOSE.array || this.bytes[at - 1] === COMMA) {
      at = this.text(at);
      if (at === ODD) return ODD;
      texts.push(this.value);
      if (this.bytes[at] === COMMA) at += 1;
      else if (this.bytes[at] !== CLOSE.array) return ODD;
    }
    this.value = texts;
    return at + 1;
  }

  /** A number, a truth value or null. */
  scalar(at: number): number {
    return isNumeric(this.bytes[at]) ? this.#number(at) : this.#word(at);
  }

  /** Any value, of which nothing is kept. */
  behind(begin: number, depth = 0): number {
    const first = this.bytes[begin];
    if (first === QUOTE) return this.#textEnd(begin);
    if (first !== OPEN.object && first !== OPEN.array) return this.scalar(begin);
    const isObject = first === OPEN.object;
    const close = isObject ? CLOSE.object : CLOSE.array;
    let at = begin + 1;
    if (this.bytes[at] === close) return at + 1;
    if (depth === DEEPEST) return ODD;
    for (;;) {
      if (isObject) {
        at = this.#textEnd(at);
        if (this.bytes[at] !== COLON) return ODD;
        at += 1;
      }
      at = this.behind(at, depth + 1);
      if (this.bytes[at] === close) return at + 1;
      if (this.bytes[at] !== COMMA) return ODD;
      at += 1;
    }
  }

  #number(begin: number): number {
    const isNegative = this.bytes[begin] === MINUS;
    const first = isNegative ? begin + 1 : begin;
    let value = 0;
    let at = first;
    for (let byte = this.bytes[at]; isDigit(byte); byte = this.bytes[at]) {
      value = value * 10 + byte - ZERO;
      at += 1;
    }
    this.value = isNegative ? -value : value;
    const digits = at - first;
    const isPlain = digits === 1 || (digits <= MOST_DIGITS && this.bytes[first] !== ZERO);
    return digits > 0 && isPlain ? at : ODD;
  }

  #word(at: number): number {
    for (const [bytes, value] of WORDS)
      if (this.isAt(at, bytes)) {
        this.value = value;
        return at + bytes.length;
      }
    return ODD;
  }

  #textEnd(begin: number): number {
    const { bytes } = this;
    if (bytes[begin] !== QUOTE) return ODD;
    let isAscii = true;
    for (let at = begin + 1; ; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#isAscii = isAscii;
        return at + 1;
      }
      if (byte === undefined || byte < FIRST_PRINTABLE || byte === BACKSLASH) return ODD;
      if (byte > LAST_ASCII) isAscii = false;
    }
  }
}

const isDigit = (byte: number | undefined): byte is number =>
  byte !== undefined && byte >= ZERO && byte <= NINE;

const isNumeric = (byte: number | undefined): boolean => byte === MINUS || isDigit(byte);
