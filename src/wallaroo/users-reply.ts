import type { Work } from '../work.ts';
import type { EntryGuess } from './entry-guess.ts';
import { JsonScan } from './json-scan.ts';
import { type PlacedText, RecordScan } from './record-scan.ts';

/** The entries of an earlier answer for all users, each at its number: `"id":{…}` from `begins` to before `ends` in `bytes`. */
export interface Entries {
  readonly bytes: Buffer;
  readonly numbers: ReadonlyMap<string, number>;
  /** 0 where an answer has no such entry: no entry begins there. */
  readonly begins: Uint32Array;
  readonly ends: Uint32Array;
  /** Made with the first answer that is compared. */
  readonly guess: () => EntryGuess;
}

/** The entries that are new or say something else than before, each at its number among them. */
interface ChangedEntries<T> {
  readonly numbers: Map<string, number>;
  /** What was made of the record of each; longer than `numbers` where an id came twice, which only the last time counts. */
  readonly made: T[];
  readonly begins: number[];
  readonly ends: number[];
}

/** An answer for all users, compared with an earlier one. */
export interface UsersReply<T> {
  /** Places of the earlier entries in this answer's bytes; of changed ones, too. */
  readonly begins: Uint32Array;
  readonly ends: Uint32Array;
  readonly changed: ChangedEntries<T>;
  /** How many entries it has. */
  readonly size: number;
}

/** What is kept of a record; `number` is that of the earlier entry with this id. */
type Make<T> = (id: string, record: unknown, number: number | undefined) => T;

const ENTRIES_IN_A_STEP = 64;

/**
 * Reads the answer to a `users/query` for all, an object with `users` (contract §5.1). Its order is another each time, so each
 * entry is found by its id; whose bytes are what they were is not parsed again. Of each other record `make` makes what is kept
 * of it, at once, as tens of thousands of parsed records would have to be carried along. `undefined` where `users` is no map.
 * @throws MalformedJson
 */
export function* usersReply<T>(
  bytes: Buffer,
  known: Entries,
  make: Make<T>,
): Work<UsersReply<T> | undefined> {
  const scan = new JsonScan(bytes);
  let reply: UsersReply<T> | undefined;
  scan.skipBlanks();
  if (!scan.atObject) {
    scan.value();
    scan.end();
    return undefined;
  }
  // Of a name that comes twice, the last counts, as with `JSON.parse`.
  for (let more = scan.enterObject(); more; more = scan.nextMember()) {
    const isUsers = scan.key() === 'users';
    if (isUsers && scan.atObject) reply = yield* entries(scan, known, make);
    else {
      scan.value();
      if (isUsers) reply = undefined;
    }
  }
  scan.end();
  return reply;
}

function* entries<T>(scan: JsonScan, known: Entries, make: Make<T>): Work<UsersReply<T>> {
  const begins = new Uint32Array(known.begins.length);
  const ends = new Uint32Array(known.begins.length);
  const changed: ChangedEntries<T> = { numbers: new Map(), made: [], begins: [], ends: [] };
  const records = new RecordScan(scan.bytes);
  const guess = known.guess();
  let [size, read] = [0, 0];
  for (let more = scan.enterObject(); more; more = scan.nextMember()) {
    const begin = scan.at;
    const guessed = guess.numberAt(scan.bytes, begin);
    // Most by far: nothing of it is read. One that came before in another way needs its id.
    if (guessed >= 0 && begins[guessed] === 0 && isUnchanged(scan, begin, known, guessed)) {
      size += 1;
      begins[guessed] = begin;
      ends[guessed] = scan.at;
    } else {
      const id = scan.key();
      const key = { text: id, begin, end: scan.keyEnd };
      const number = known.numbers.get(id);
      const changedBefore = changed.numbers.size;
      if (number !== undefined && begins[number] === 0) size += 1;
      if (number !== undefined && isUnchanged(scan, begin, known, number)) changed.numbers.delete(id);
      else {
        changed.numbers.set(id, changed.made.length);
        changed.made.push(make(id, recordAt(scan, records, key), number));
        changed.begins.push(begin);
        changed.ends.push(scan.at);
      }
      // Of a new id that comes twice there is one entry.
      if (number === undefined) size += changed.numbers.size - changedBefore;
      else {
        begins[number] = begin;
        ends[number] = scan.at;
      }
    }
    read += 1;
    if (read % ENTRIES_IN_A_STEP === 0) yield;
  }
  return { begins, ends, changed, size };
}

/** The record that comes next; goes behind it. */
function recordAt(scan: JsonScan, records: RecordScan, key: PlacedText): unknown {
  const record = records.read(scan.at, key);
  if (record === undefined) return scan.value();
  scan.at = records.end;
  return record;
}

/** Whether the entry at `begin` is, byte for byte, the known one; goes behind it then. */
function isUnchanged(scan: JsonScan, begin: number, known: Entries, number: number): boolean {
  const [knownBegin = 0, knownEnd = 0] = [known.begins[number], known.ends[number]];
  const end = begin + knownEnd - knownBegin;
  if (end > scan.bytes.length) return false;
  if (scan.bytes.compare(known.bytes, knownBegin, knownEnd, begin, end) !== 0) return false;
  scan.at = end;
  return true;
}
