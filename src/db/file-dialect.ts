import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { FileThread } from './file-thread.ts';
import { prepareFile } from './prepare-file.ts';

const NO_TRANSACTION = /no transaction is active|ended in a transaction/;

/** SQLite in a thread of its own, so that no statement, lock or disk keeps the process from acknowledging. */
export const fileDialect = (path: string): Dialect => ({
  createAdapter: () => new FileAdapter(),
  createDriver: () => new FileDriver(path),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

/**
 * All migrations in one transaction, as SQLite can (sqlite.org/lang_transaction.html) and Kysely does not expect of it: they
 * are made or not made, and the disk is waited for once and not after each statement.
 */
class FileAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class FileDriver implements Driver {
  readonly #path: string;
  readonly #connection: FileConnection;
  /** Resolves when the connection is free: SQLite has one, and a transaction has it to itself. */
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(path: string) {
    this.#path = path;
    this.#connection = new FileConnection(new FileThread(path));
  }

  async init(): Promise<void> {
    await prepareFile(this.#path);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    let release: () => void = () => undefined;
    this.#free = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return this.#connection;
  }

  /** All our transactions write: taking the lock at once, they wait for it, where upgrading later would fail at once. */
  async beginTransaction(): Promise<void> {
    await this.#connection.begin();
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.commit();
  }

  async rollbackTransaction(): Promise<void> {
    try {
      await this.#connection.rollback();
    } catch (error) {
      // SQLite has rolled back on its own, as it does where the disk is full or its thread ends: what ended the transaction is
      // told instead.
      if (!(error instanceof Error && NO_TRANSACTION.test(error.message))) throw error;
    }
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    await this.#connection.close();
  }
}

class FileConnection implements DatabaseConnection {
  readonly #thread: FileThread;
  /** The number of the thread that has a transaction open. */
  #transaction: number | undefined;

  constructor(thread: FileThread) {
    this.#thread = thread;
  }

  async begin(): Promise<void> {
    await this.executeQuery(CompiledQuery.raw('begin immediate'));
    this.#transaction = this.#thread.number;
  }

  async commit(): Promise<void> {
    await this.executeQuery(CompiledQuery.raw('commit'));
    this.#transaction = undefined;
  }

  async rollback(): Promise<void> {
    const undone = this.executeQuery(CompiledQuery.raw('rollback'));
    this.#transaction = undefined;
    await undone;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, lastInsertRowid } = await this.#thread.run(sql, parameters, this.#transaction);
    return {
      rows: rows as R[],
      ...(changes === undefined ? {} : { numAffectedRows: BigInt(changes) }),
      ...(lastInsertRowid === undefined ? {} : { insertId: BigInt(lastInsertRowid) }),
    };
  }

  // biome-ignore lint/correctness/useYield: the type asks for it, and we stream nothing.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('a file database streams nothing: read it in pages');
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
