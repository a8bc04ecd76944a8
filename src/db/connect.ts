import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import Database from 'libsql';
import { LINK_LIMITS, type LinkLimits, openLinks } from './postgres-links.ts';
import type { Db, Tables } from './tables.ts';

const FILE = /^file:/;
const BUSY_TIMEOUT_MS = 5000;

/** Columns are `snake_case` in the database and `camelCase` here. */
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

export type DatabaseKind = 'file' | 'postgres';

export const databaseKind = (url: string): DatabaseKind => (FILE.test(url) ? 'file' : 'postgres');

/** Opens `file:…` (made when absent) or `postgres://…`. Nothing is read or written yet. */
export function connect(url: string, onError: (error: Error) => void, limits: LinkLimits = LINK_LIMITS): Db {
  return databaseKind(url) === 'file' ? openFile(url.replace(FILE, '')) : openPostgres(url, onError, limits);
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

function openPostgres(url: string, onError: (error: Error) => void, limits: LinkLimits): Db {
  const dialect = new PostgresDialect({ pool: () => openLinks(url, limits, onError) });
  return new Kysely<Tables>({ plugins, dialect });
}

/** Whether the database answers. */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
