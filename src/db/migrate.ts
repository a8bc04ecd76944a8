import { type Migration, Migrator } from 'kysely';
import pRetry from 'p-retry';
import { ChatopsError } from '../errors.ts';
import type { DatabaseKind } from './connect.ts';
import { createChanges } from './migrations/2026-11-24-changes.ts';
import { createDigestAndWatch } from './migrations/2026-11-25-digest-and-watch.ts';
import { createHome } from './migrations/2026-11-25-home.ts';
import type { Db } from './tables.ts';

const TRIES = 5;

/**
 * Brings the tables up to date; safe when several processes start at once: PostgreSQL's lock lets one work,
 * and on a file the one that came second tries again and finds nothing to do.
 */
export async function migrateToLatest(db: Db, kind: DatabaseKind): Promise<void> {
  const migrator = migratorOf(db, kind);
  await pRetry(() => migrate(migrator), {
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
  const known = await migratorOf(db, kind).getMigrations();
  const made = known.filter(({ executedAt }) => executedAt !== undefined).length;
  return { made, missing: known.length - made };
}

const migratorOf = (db: Db, kind: DatabaseKind): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => migrations(kind) },
    // A roll-back to an older version of the bot finds migrations it does not know: additive, so it may run.
    allowUnorderedMigrations: true,
  });

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
});
