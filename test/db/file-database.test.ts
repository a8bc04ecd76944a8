import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Migration, Migrator, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';

/** Far fewer than the timer would have on a machine that does nothing else. */
const SOME_TURNS = 10;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'chatops-file-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

function opened(path: string) {
  const db = connect(`file:${path}`, () => undefined);
  onTestFinished(() => db.destroy());
  return db;
}

/** How often something else had its turn while `work` went on: never, where it kept the process to itself. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 5);
  await work();
  clearInterval(timer);
  return turns;
}

/** Another program: it locks the file for that long, and tells when it has it. */
const LOCKER = `
  const { workerData, parentPort } = require('node:worker_threads');
  const Database = require(workerData.libsql);
  const database = new Database(workerData.path);
  database.exec('begin exclusive');
  parentPort.postMessage('locked');
  setTimeout(() => { database.exec('commit'); database.close(); }, workerData.forMs);
`;

it('that another program keeps locked delays what is written, and nothing else', async () => {
  const path = join(await folder(), 'chatops.db');
  const db = opened(path);
  await migrateToLatest(db, `file:${path}`);
  const libsql = new URL('../../node_modules/libsql/index.js', import.meta.url).pathname;
  const locker = new Worker(LOCKER, { eval: true, workerData: { libsql, path, forMs: 1500 } });
  const ended = once(locker, 'exit');
  await once(locker, 'message');
  const began = performance.now();
  const turns = await turnsDuring(() =>
    db.insertInto('lease').values({ name: 'x', owner: 'y', until: 0 }).execute(),
  );
  expect(performance.now() - began).toBeGreaterThan(1000);
  expect(turns).toBeGreaterThan(SOME_TURNS);
  await ended;
});

it('lets the process go on while a statement takes long', async () => {
  const db = opened(join(await folder(), 'chatops.db'));
  const counting = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000)
    select count(*) as many from n`;
  expect(await turnsDuring(() => counting.execute(db))).toBeGreaterThan(SOME_TURNS);
});

it('keeps transactions apart from what others do at the same time', async () => {
  const path = join(await folder(), 'chatops.db');
  const db = opened(path);
  await sql`create table counter (n integer)`.execute(db);
  await sql`insert into counter values (0)`.execute(db);
  const failing = db.transaction().execute(async (trx) => {
    await sql`update counter set n = n + 100`.execute(trx);
    throw new Error('no');
  });
  const increments = Array.from({ length: 20 }, () =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ n: number }>`select n from counter`.execute(trx);
      await sql`update counter set n = ${(rows[0]?.n ?? 0) + 1}`.execute(trx);
    }),
  );
  await expect(failing).rejects.toThrow('no');
  await Promise.all(increments);
  expect((await sql`select n from counter`.execute(db)).rows).toEqual([{ n: 20 }]);
});

it('tells the code of an error of SQLite', async () => {
  const db = opened(join(await folder(), 'chatops.db'));
  await sql`create table only (n integer primary key)`.execute(db);
  await sql`insert into only values (1)`.execute(db);
  await expect(sql`insert into only values (1)`.execute(db)).rejects.toMatchObject({
    code: expect.stringMatching(/^SQLITE_CONSTRAINT/),
  });
});

it('works on once there is room again on a disk that was full', async () => {
  const db = opened(join(await folder(), 'chatops.db'));
  await sql`create table filler (text text)`.execute(db);
  const pages = async (count: string) => sql.raw(`pragma max_page_count = ${count}`).execute(db);
  await pages('20');
  const fill = () => sql`insert into filler values (${'x'.repeat(100_000)})`.execute(db);
  await expect(fill()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await expect(
    db.transaction().execute(async (trx) => {
      await sql`insert into filler values (${'x'.repeat(100_000)})`.execute(trx);
    }),
  ).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect((await sql`select count(*) as many from filler`.execute(db)).rows).toEqual([{ many: 0 }]);
  await pages('1000000');
  await fill();
  expect((await sql`select count(*) as many from filler`.execute(db)).rows).toEqual([{ many: 1 }]);
});

it.each(['a new one', 'one that others could read'])('is for its owner alone: %s', async (which) => {
  const path = join(await folder(), 'made', 'by us', 'chatops.db');
  if (which !== 'a new one') {
    await mkdir(join(path, '..'), { recursive: true, mode: 0o755 });
    for (const end of ['', '-wal', '-shm']) await writeFile(`${path}${end}`, '', { mode: 0o644 });
  }
  const db = opened(path);
  await sql`create table t (n integer)`.execute(db);
  const modeOf = async (name: string) => ((await stat(name)).mode & 0o777).toString(8);
  for (const end of ['', '-wal', '-shm']) expect(await modeOf(`${path}${end}`)).toBe('600');
  if (which === 'a new one') expect(await modeOf(join(path, '..'))).toBe('700');
});

it('makes all migrations in one transaction, or none of them', async () => {
  const db = opened(join(await folder(), 'chatops.db'));
  const tables = async () => (await db.introspection.getTables()).map(({ name }) => name);
  const migrate = (migrations: Record<string, Migration>) =>
    new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  const first: Migration = { up: (trx) => sql`create table first (n integer)`.execute(trx).then() };
  const failing: Migration = {
    up: async () => {
      throw new Error('no');
    },
  };
  const second: Migration = { up: (trx) => sql`create table second (n integer)`.execute(trx).then() };
  expect((await migrate({ '1': first, '2': failing })).error).toMatchObject({ message: 'no' });
  expect(await tables()).toEqual([]);
  expect((await migrate({ '1': first, '2': second })).error).toBeUndefined();
  expect(await tables()).toEqual(['first', 'second']);
});
