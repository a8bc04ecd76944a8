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
 * not answer yet. Resolves with how many migrations of newer versions it found.
 * @throws ChatopsError `database_unusable` that names the setting, the cause and what to do.
 */
export async function migrateToLatest(
  db: Db,
  url: string,
  onRetry: (problem: string) => void = () => undefined,
): Promise<number> {
  try {
    return await pRetry(() => migrate(db, databaseKind(url)), {
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

/** How many migrations of this version the database has, how many it lacks, and how many it has of newer ones. Alters nothing. */
export async function migrationCount(
  db: Db,
  kind: DatabaseKind,
): Promise<{ readonly made: number; readonly missing: number; readonly newer: number }> {
  const ours = Object.keys(migrations(kind));
  const executed = await executedNames(db);
  const made = executed.filter((name) => ours.includes(name)).length;
  return { made, missing: ours.length - made, newer: executed.length - made };
}

/** What it means that the database has so many migrations of a newer version; `undefined` where it has none. */
export const newerSentence = (newer: number): string | undefined =>
  newer === 0
    ? undefined
    : `a newer version of the bot was here before (${newer} ${newer === 1 ? 'migration' : 'migrations'} of its own): this one works on, and leaves alone what only the newer one knows`;

/**
 * A newer version of the bot may have been here before: its migrations are additive, so this one may run, and
 * takes them for made. Kysely would refuse names that it does not know.
 */
async function migrate(db: Db, kind: DatabaseKind): Promise<number> {
  const executed = await executedNames(db);
  const known = executed.map((name) => [name, { up: async () => undefined }] as const);
  const ours = migrations(kind);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...Object.fromEntries(known), ...ours }) },
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return executed.filter((name) => !Object.hasOwn(ours, name)).length;
}

async function executedNames(db: Db): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
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
