import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely';
import pRetry from 'p-retry';
import { ChatopsError } from '../errors.ts';
import type { DatabaseKind } from './connect.ts';
import { createChanges } from './migrations/2026-11-24-changes.ts';
import { createDigestAndWatch } from './migrations/2026-11-25-digest-and-watch.ts';
import { createHome } from './migrations/2026-11-25-home.ts';
import { createInstances } from './migrations/2026-11-25-instances.ts';
import type { Db } from './tables.ts';

const TRIES = 5;

/**
 * Brings the tables up to date; safe when several processes start at once: PostgreSQL's lock lets one work,
 * and on a file the one that came second tries again and finds nothing to do.
 */
export async function migrateToLatest(db: Db, kind: DatabaseKind): Promise<void> {
  await pRetry(async () => migrate(await migratorOf(db, kind)), {
    retries: TRIES,
    minTimeout: 100,
    maxTimeout: 1000,
    randomize: true,
  });
}

/** How many migrations of this version the database has, and how many it lacks. Alters nothing. */
export async function migrationCount(
  db: Db,
  kind: DatabaseKind,
): Promise<{ readonly made: number; readonly missing: number }> {
  const migrator = await migratorOf(db, kind);
  const ours = Object.keys(migrations(kind));
  const known = (await migrator.getMigrations()).filter(({ name }) => ours.includes(name));
  const made = known.filter(({ executedAt }) => executedAt !== undefined).length;
  return { made, missing: known.length - made };
}

/**
 * A newer version of the bot may have been here before: its migrations are additive, so this one may run, and
 * takes them for made. Kysely would refuse names that it does not know.
 */
async function migratorOf(db: Db, kind: DatabaseKind): Promise<Migrator> {
  const foreign = (await executedNames(db)).map((name) => [name, { up: async () => undefined }] as const);
  return new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...Object.fromEntries(foreign), ...migrations(kind) }) },
    allowUnorderedMigrations: true,
  });
}

async function executedNames(db: Db): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}

async function migrate(migrator: Migrator): Promise<void> {
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new ChatopsError('database migration failed', {
    code: 'migration_failed',
    userMessage: 'The database could not be brought up to date. See the log for the cause.',
    cause: error,
  });
}

/** By name, in order. A migration that was released is never altered; new ones come after it. */
const migrations = (kind: DatabaseKind): Record<string, Migration> => ({
  '2026-11-24-changes': { up: (db) => createChanges(db, kind) },
  '2026-11-25-digest-and-watch': { up: createDigestAndWatch },
  '2026-11-25-home': { up: createHome },
  '2026-11-25-instances': { up: createInstances },
});
