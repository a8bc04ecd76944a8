import { type Kysely, sql } from 'kysely';
import type { Db, Tables } from '../db/tables.ts';

/** Columns of a row that one process at a time works on. */
export interface Claimable {
  /** Names the claim in force; null where nobody has the row. */
  readonly claim: string | null;
  /** When the row is due again; until then a claim holds, and so does a wait after a failure. */
  readonly notBefore: number;
  /** Claims since the last success. */
  readonly attempts: number;
}

/** Tables with the columns of a claim, and what a row's message shows. */
type ClaimableTable = {
  [Name in keyof Tables]: Tables[Name] extends Claimable & { shown: string | null } ? Name : never;
}[keyof Tables];

/** The one row that `key` names. */
export interface RowPlace {
  readonly table: ClaimableTable;
  readonly key: Readonly<Record<string, string | number>>;
}

export interface ClaimTerms {
  /** The clock that all replicas share. */
  readonly leaseNow: () => Date;
  /** Unique to each claim. */
  readonly newId: () => string;
  /** How long others leave the row alone while nobody proves or records anything, ms. */
  readonly claimMs: number;
}

/** No row waits for longer, whatever Slack asks for, ms. */
const LONGEST_WAIT_MS = 600_000;

/** Whether the turn of a row has come: one that would wait for longer than any was put off before the clock was set back. */
export const isItsTurn = ({ notBefore }: Pick<Claimable, 'notBefore'>, now: Date): boolean =>
  notBefore <= now.getTime() || notBefore > now.getTime() + LONGEST_WAIT_MS;

/** The same of the moment in a column; it may have to be `agoMs` ago. */
export function hasCome(column: string, now: Date, agoMs = 0) {
  const at = now.getTime();
  const moment = sql.ref(column);
  return sql<boolean>`(${moment} <= ${at - agoMs} or ${moment} > ${at + LONGEST_WAIT_MS})`;
}

/** For `notBefore` of a row that something happened to: it is due at once, but a claim goes on. */
export const dueUnlessClaimed = (table: ClaimableTable) =>
  sql<number>`case when ${sql.ref(`${table}.claim`)} is null then 0 else ${sql.ref(`${table}.notBefore`)} end`;

/** The row belongs to another process by now: what that one does is what counts. */
export class ClaimLost extends Error {}

/** What these functions need of any of the tables. */
type AnyDb = Kysely<Record<string, Record<string, string | number | null>>>;

/** A row that this process has to itself, until `claimMs` after it last proved or recorded something. */
export class Claim<Row extends Claimable> {
  readonly row: Row;
  readonly #db: AnyDb;
  readonly #place: RowPlace;
  readonly #terms: ClaimTerms;

  constructor(db: Db, place: RowPlace, row: Row, terms: ClaimTerms) {
    this.#db = db as unknown as AnyDb;
    this.#place = place;
    this.row = row;
    this.#terms = terms;
  }

  /**
   * Makes sure that the row is still ours, right before something is done that cannot be taken back.
   * @throws ClaimLost
   */
  async prove(): Promise<void> {
    await this.record({});
  }

  /**
   * Stores what was done and keeps the row.
   * @throws ClaimLost and stores nothing when another process has the row.
   */
  async record(done: Partial<Row>): Promise<void> {
    await this.#update({ notBefore: this.#terms.leaseNow().getTime() + this.#terms.claimMs, ...done });
  }

  /**
   * Stores what was done and lets the row go; it is due again after `delayMs`.
   * @throws ClaimLost
   */
  async release(done: Partial<Row>, delayMs = 0): Promise<void> {
    const notBefore = this.#terms.leaseNow().getTime() + Math.min(delayMs, LONGEST_WAIT_MS);
    await this.#update({ ...done, claim: null, notBefore: delayMs === 0 ? 0 : notBefore });
  }

  /** Lets the row go as one that is done: the next failure is its first. */
  async finish(done: Partial<Row>): Promise<void> {
    await this.#update({ ...done, claim: null, notBefore: 0, attempts: 0 });
  }

  /** Removes the row. @throws ClaimLost */
  async remove(): Promise<void> {
    const { table, key } = this.#place;
    const removed = await this.#db
      .deleteFrom(table)
      .where((row) => row.and({ ...key, claim: this.row.claim }))
      .returning('claim')
      .executeTakeFirst();
    if (removed === undefined) throw new ClaimLost();
  }

  async #update(values: object): Promise<void> {
    const { table, key } = this.#place;
    const updated = await this.#db
      .updateTable(table)
      .set({ ...values })
      .where((row) => row.and({ ...key, claim: this.row.claim }))
      .returning('claim')
      .executeTakeFirst();
    if (updated === undefined) throw new ClaimLost();
  }
}

/**
 * Takes a row that is due for this process alone; `undefined` when another was faster. Until the work is recorded, what
 * its message shows counts as unknown: a process that dies may have rewritten it.
 */
export async function takeClaim<Row extends Claimable>(
  db: Db,
  { place, row, terms }: { readonly place: RowPlace; readonly row: Row; readonly terms: ClaimTerms },
): Promise<Claim<Row> | undefined> {
  const now = terms.leaseNow();
  const taken = await (db as unknown as AnyDb)
    .updateTable(place.table)
    .set({
      claim: terms.newId(),
      notBefore: now.getTime() + terms.claimMs,
      attempts: row.attempts + 1,
      shown: null,
    })
    .where((found) => found.and({ ...place.key, attempts: row.attempts, notBefore: row.notBefore }))
    .where(hasCome('notBefore', now))
    .returningAll()
    .executeTakeFirst();
  return taken === undefined ? undefined : new Claim(db, place, taken as unknown as Row, terms);
}
