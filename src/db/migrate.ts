import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely';
import pRetry from 'p-retry';
import { ChatopsError } from '../errors.ts';
import { type DatabaseKind, databaseKind } from './connect.ts';
import { databaseFault } from './database-fault.ts';
import { createChanges } from './migrations/2026-11-24-changes.ts';
import { createDigestAndWatch } from './migrations/2026-11-25-digest-and-watch.ts';
import { createHome } from './migrations/2026-11-25-home.ts';
import { createInstances } from './migrations/2026-11-25-instances.ts';
import { nameClaims } from './migrations/2026-11-26-claims.ts';
import { indexDueWork } from './migrations/2026-11-26-due-work.ts';
import { endActivationsAt } from './migrations/2026-11-26-ends-at.ts';
import { keepRequesterKeys } from './migrations/2026-11-26-requester-keys.ts';
import { indexEnded } from './migrations/2026-11-26-retention.ts';
import { keepShown } from './migrations/2026-11-26-shown.ts';
import { createUserNews } from './migrations/2026-11-26-user-news.ts';
import { markLooks } from './migrations/2026-11-26-watch-mark.ts';
import type { Db } from './tables.ts';

const TRIES = 8;
/** No try begins later than this after the first one, ms: a server that says nothing takes seconds each time. */
const TRY_FOR_MS = 12_000;

/**
 * Brings the tables up to date; safe when several processes start at once: PostgreSQL's lock lets one work,
 * and on a file the one that came second tries again and finds nothing to do. Waits some seconds for a server that does
 * not answer yet.
 * @throws ChatopsError `database_unusable` that names the setting, the cause and what to do.
 */
export async function migrateToLatest(
  db: Db,
  url: string,
  onRetry: (problem: string) => void = () => undefined,
): Promise<void> {
  try {
    await pRetry(async () => migrate(await migratorOf(db, databaseKind(url))), {
      retries: TRIES,
      minTimeout: 100,
      maxTimeout: 2000,
      maxRetryTime: TRY_FOR_MS,
      randomize: true,
      shouldRetry: ({ error }) => databaseFault(url, error).passing,
      onFailedAttempt: ({ error, retriesLeft }) => {
        const { passing, problem } = databaseFault(url, error);
        if (passing && retriesLeft > 0) onRetry(problem);
      },
    });
  } catch (error) {
    const { problem, remedy } = databaseFault(url, error);
    throw new ChatopsError(`database cannot be used: ${problem}`, {
      code: 'database_unusable',
      userMessage: `The bot cannot start: its database does not work.\n\n  DATABASE_URL: ${problem}\n      what to do: ${remedy}\n`,
      cause: error,
    });
  }
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
  if (error !== undefined) throw error;
}

/** By name, in order. A migration that was released is never altered; new ones come after it. */
const migrations = (kind: DatabaseKind): Record<string, Migration> => ({
  '2026-11-24-changes': { up: (db) => createChanges(db, kind) },
  '2026-11-25-digest-and-watch': { up: createDigestAndWatch },
  '2026-11-25-home': { up: createHome },
  '2026-11-25-instances': { up: createInstances },
  '2026-11-26-claims': { up: nameClaims },
  '2026-11-26-due-work': { up: indexDueWork },
  '2026-11-26-ends-at': { up: endActivationsAt },
  '2026-11-26-requester-keys': { up: keepRequesterKeys },
  '2026-11-26-user-news': { up: createUserNews },
  '2026-11-26-retention': { up: indexEnded },
  '2026-11-26-watch-mark': { up: markLooks },
  '2026-11-26-shown': { up: keepShown },
});
