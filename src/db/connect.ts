import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { fileDialect } from './file-dialect.ts';
import { LINK_LIMITS, type LinkLimits, openLinks } from './postgres-links.ts';
import type { Db, Tables } from './tables.ts';

const FILE = /^file:/;
const MEMORY = ':memory:';

/** Columns are `snake_case` in the database and `camelCase` here. */
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

export type DatabaseKind = 'file' | 'postgres';

export const databaseKind = (url: string): DatabaseKind => (FILE.test(url) ? 'file' : 'postgres');

/** Where the file of a database lies; `undefined` where it is in none. */
export function filePath(url: string): string | undefined {
  const path = url.replace(FILE, '');
  return databaseKind(url) === 'file' && path !== MEMORY ? path : undefined;
}

/** Opens `file:…` (made when absent) or `postgres://…`. Nothing is read or written yet. */
export function connect(url: string, onError: (error: Error) => void, limits: LinkLimits = LINK_LIMITS): Db {
  return databaseKind(url) === 'file' ? openFile(url.replace(FILE, '')) : openPostgres(url, onError, limits);
}

function openFile(path: string): Db {
  // In memory there is nothing to wait for: thousands of stories are told on it, each as fast as it goes.
  const dialect =
    path === MEMORY
      ? new SqliteDialect({ database: async () => new (await import('libsql')).default(MEMORY) })
      : fileDialect(path);
  return new Kysely<Tables>({ plugins, dialect });
}

function openPostgres(url: string, onError: (error: Error) => void, limits: LinkLimits): Db {
  const dialect = new PostgresDialect({ pool: () => openLinks(url, limits, onError) });
  return new Kysely<Tables>({ plugins, dialect });
}

/** Whether the database answers. */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
