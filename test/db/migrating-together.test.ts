import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { migrateToLatest, migrationCount } from '../../src/db/migrate.ts';
import type { Db } from '../../src/db/tables.ts';
import { describeOnDatabases, fileDatabases, postgresDatabases } from '../support/databases.ts';

const PROCESSES = 4;
/** What Kysely locks while it migrates: node_modules/kysely/dist/esm/dialect/postgres/postgres-adapter.js. */
const LOCK = '3853314791062309107';

/** The database as each of several processes has it. */
function processes(url: string, limits?: Parameters<typeof connect>[2]): readonly Db[] {
  return Array.from({ length: PROCESSES }, () => {
    const db = connect(url, () => undefined, limits);
    onTestFinished(() => db.destroy());
    return db;
  });
}

async function expectMigratedOnce(all: readonly Db[], url: string): Promise<void> {
  expect(await Promise.all(all.map((db) => migrateToLatest(db, url)))).toEqual(all.map(() => 0));
  const [db] = all;
  if (db === undefined) throw new Error('no process');
  const kind = url.startsWith('file:') ? 'file' : 'postgres';
  expect(await migrationCount(db, kind)).toEqual({ made: expect.any(Number), missing: 0, newer: 0 });
  for (const [at, each] of all.entries())
    await each
      .insertInto('lease')
      .values({ name: `l${at}`, owner: 'x', until: 0 })
      .execute();
  expect(await db.selectFrom('lease').where('owner', '=', 'x').selectAll().execute()).toHaveLength(
    all.length,
  );
}

describeOnDatabases('several processes that start at once', (open) => {
  it('make the tables of an empty database once, and none fails', async () => {
    const { db, url, kind } = await open();
    if (kind === 'postgres') {
      await sql`drop schema public cascade`.execute(db);
      await sql`create schema public`.execute(db);
    }
    const fresh = kind === 'file' ? url.replace('test.db', 'fresh.db') : url;
    await expectMigratedOnce(processes(fresh), fresh);
  });
});

const openFile = fileDatabases();

it('several processes that start at once bring the database of an older version up to date once', async () => {
  const url = (await openFile()).url.replace('test.db', 'old.db');
  const old = new Database(url.replace('file:', ''));
  old.exec(readFileSync(new URL('../fixtures/database/0.1.0.sql', import.meta.url), 'utf8'));
  old.close();
  await expectMigratedOnce(processes(url), url);
});

const openPostgres = postgresDatabases();

it.skipIf(openPostgres === undefined)(
  'waits for another process that takes longer than a statement may',
  async () => {
    const { db, url } = (await openPostgres?.()) ?? { db: undefined, url: '' };
    const [waiting] = processes(url, { connectMs: 5000, queryMs: 200, idleMs: 1000, ageSeconds: 60 });
    if (db === undefined || waiting === undefined) throw new Error('no database');
    const retried: string[] = [];
    await db.connection().execute(async (holder) => {
      await sql`select pg_advisory_lock(${sql.lit(BigInt(LOCK))})`.execute(holder);
      const migrating = migrateToLatest(waiting, url, (problem) => void retried.push(problem));
      await expect.poll(() => retried.length).toBeGreaterThan(1);
      await sql`select pg_advisory_unlock(${sql.lit(BigInt(LOCK))})`.execute(holder);
      expect(await migrating).toBe(0);
    });
    expect(retried[0]).toMatch(/statement timeout|Query read timeout/);
  },
);
