import { CLOSE, COLON, COMMA, OPEN } from './json-bytes.ts';
import { ODD, PlainJson } from './plain-json.ts';
import type { UserOnWire } from './schemas.ts';

/** Fields of a user, each with its place among the values of a record and what it has to be, unless it is null. */
const FIELDS = {
  id: [0, 'string'],
  username: [1, 'string'],
  enabled: [2, 'boolean'],
  email: [3, 'string'],
  emailVerified: [4, 'boolean'],
  firstName: [5, 'string'],
  lastName: [6, 'string'],
  createdTimestamp: [7, 'number'],
  lastLogin: [8, 'number'],
  realmRoles: [9, 'texts'],
  requiredActions: [10, 'texts'],
} as const satisfies Record<keyof UserOnWire, readonly [place: number, kind: string]>;

type Field = (typeof FIELDS)[keyof UserOnWire];

const isField = (name: unknown): name is keyof UserOnWire =>
  typeof name === 'string' && Object.hasOwn(FIELDS, name);

/** A key as it stands in the bytes, with its quotes and the colon. */
interface Key {
  readonly bytes: Buffer;
  /** `undefined`: of no use to us. */
  readonly field: Field | undefined;
  /** Which came behind it the last time: the records of one platform have their keys in one order. */
  next: Key | undefined;
}

/**
 * Reads records of users without an object for all that nobody needs, in a third of the time of `JSON.parse`. Whatever is not
 * written plainly, and whatever `userSchema` may refuse, it leaves alone; so what it reads is what `JSON.parse` would.
 */
export class RecordScan {
  readonly #json: PlainJson;
  readonly #keys = new Map<unknown, Key>();
  readonly #start: Key = { bytes: Buffer.alloc(0), field: undefined, next: undefined };
  readonly #values: unknown[] = Object.keys(FIELDS).map(() => undefined);
  /** Behind the record that was read last. */
  end = 0;

  constructor(bytes: Buffer) {
    this.#json = new PlainJson(bytes);
  }

  /** The record that begins there; `undefined` of one that is left to others. */
  read(begin: number): UserOnWire | undefined {
    const json = this.#json;
    const values = this.#values.fill(undefined);
    let at = begin;
    let key = this.#start;
    for (let separator: number = OPEN.object; json.bytes[at] === separator; separator = COMMA) {
      const next = this.#keyAt(at + 1, key);
      if (next === undefined) return undefined;
      key = next;
      at = this.#valueAt(at + 1 + key.bytes.length, key.field);
      if (at === ODD) return undefined;
      if (key.field !== undefined) values[key.field[0]] = json.value;
    }
    if (json.bytes[at] !== CLOSE.object) return undefined;
    this.end = at + 1;
    return recordOf(values);
  }

  /** The key there: most likely the one that came behind `before` the last time. */
  #keyAt(at: number, before: Key): Key | undefined {
    const json = this.#json;
    const likely = before.next;
    if (likely !== undefined && json.isAt(at, likely.bytes)) return likely;
    const end = json.text(at);
    if (end === ODD || json.bytes[end] !== COLON) return undefined;
    const name = json.value;
    const key = this.#keys.get(name) ?? {
      bytes: json.bytes.subarray(at, end + 1),
      field: isField(name) ? FIELDS[name] : undefined,
      next: undefined,
    };
    this.#keys.set(name, key);
    before.next = key;
    return key;
  }

  /** Goes behind the value there, if it is one that the field may have. */
  #valueAt(at: number, field: Field | undefined): number {
    const json = this.#json;
    if (field === undefined) return json.behind(at);
    const [, kind] = field;
    const asItShould = kind === 'string' ? json.text(at) : kind === 'texts' ? json.texts(at) : ODD;
    if (asItShould !== ODD) return asItShould;
    const end = json.scalar(at);
    return json.value === null || typeof json.value === kind ? end : ODD;
  }
}

/** The values as a record, if it has what every user has. Their types were looked at one by one. */
function recordOf(values: readonly unknown[]): UserOnWire | undefined {
  const [id, username, enabled, email, emailVerified, firstName, lastName, createdTimestamp] = values;
  const [lastLogin, realmRoles, requiredActions] = values.slice(8);
  if (typeof id !== 'string' || typeof username !== 'string' || typeof enabled !== 'boolean')
    return undefined;
  const record = {
    id,
    // Mostly the email: one text in memory instead of two.
    username: username === email ? email : username,
    enabled,
    email,
    emailVerified,
    firstName,
    lastName,
    createdTimestamp,
    lastLogin,
    realmRoles,
    requiredActions,
  };
  return record as UserOnWire;
}
