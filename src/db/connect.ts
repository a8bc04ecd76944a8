import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import Database from 'libsql';
import type { Db, Tables } from './tables.ts';

const FILE = /^file:/;
const INT8_OID = 20;
const BUSY_TIMEOUT_MS = 5000;
const POSTGRES_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/** Columns are `snake_case` in the database and `camelCase` here. */
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

export type DatabaseKind = 'file' | 'postgres';

export const databaseKind = (url: string): DatabaseKind => (FILE.test(url) ? 'file' : 'postgres');

/** Opens `file:…` (made when absent) or `postgres://…`. Nothing is read or written yet. */
export function connect(url: string, onError: (error: Error) => void): Db {
  return databaseKind(url) === 'file' ? openFile(url.replace(FILE, '')) : openPostgres(url, onError);
}

function openFile(path: string): Db {
  return new Kysely<Tables>({
    plugins,
    dialect: new SqliteDialect({
      database: async () => {
        makeFolder(dirname(path));
        const database = new Database(path);
        // FULL: what was answered to a person survives a power cut, not only a crash of the process.
        database.exec(
          `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;`,
        );
        return database;
      },
    }),
  });
}

/** One folder at a time: `recursive` never ends below a folder like /proc, where nothing can be made. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function openPostgres(url: string, onError: (error: Error) => void): Db {
  const openPool = async () => {
    const { default: pg } = await import('pg');
    const types = new pg.TypeOverrides();
    // Moments and sequence numbers stay far below 2^53.
    types.setTypeParser(INT8_OID, Number);
    const pool = new pg.Pool({
      connectionString: url,
      max: POSTGRES_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      types,
    });
    // A connection that breaks is replaced by the pool, be it idle or in use; without a listener for each it would
    // end the process. The pool's own tells of idle ones a second time.
    pool.on('connect', (client) => client.on('error', onError));
    pool.on('error', () => undefined);
    return pool;
  };
  return new Kysely<Tables>({ plugins, dialect: new PostgresDialect({ pool: openPool }) });
}

/** Whether the database answers. */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
