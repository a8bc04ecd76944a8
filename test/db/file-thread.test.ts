import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { fileDialect } from '../../src/db/file-dialect.ts';
import { FileThread, startThreadEarly } from '../../src/db/file-thread.ts';
import { scratchFolder } from '../support/scratch.ts';

/** Threads that start from now on: Node tells of each a tick later. */
function threads(): readonly Worker[] {
  const started: Worker[] = [];
  const note = (worker: Worker): void => void started.push(worker);
  process.on('worker', note);
  onTestFinished(() => void process.off('worker', note));
  return started;
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

async function opened(name = 'chatops.db'): Promise<FileThread> {
  const folder = await scratchFolder('chatops-thread-');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const thread = new FileThread(join(folder, name));
  onTestFinished(() => thread.close());
  return thread;
}

it('serves the file that is opened next, and that one alone', async () => {
  const started = threads();
  startThreadEarly();
  await tick();
  expect(started).toHaveLength(1);
  const [first, second] = [await opened(), await opened()];
  await first.run('create table here (n integer)', []);
  expect(started).toHaveLength(1);
  expect((await second.run("select count(*) as n from sqlite_master where name = 'here'", [])).rows).toEqual([
    { n: 0 },
  ]);
  expect(started).toHaveLength(2);
});

it('is followed by another where it died before a file was opened', async () => {
  const started = threads();
  startThreadEarly();
  await tick();
  const [early] = started;
  if (early === undefined) throw new Error('no thread');
  await Promise.all([once(early, 'exit'), early.terminate()]);
  expect((await (await opened()).run('select 1 as n', [])).rows).toEqual([{ n: 1 }]);
  expect(started).toHaveLength(2);
});

it('keeps no process alive that opens no file', () => {
  const code = `const { startThreadEarly } = await import(${JSON.stringify(import.meta.resolve('../../src/db/file-thread.ts'))}); startThreadEarly();`;
  const argv = ['--import', 'tsx', '--input-type=module', '--eval', code];
  expect(spawnSync(process.execPath, argv, { timeout: 30_000 }).status).toBe(0);
});

it('loses a transaction with the thread that began it: what comes after is not done outside of it', async () => {
  const started = threads();
  const folder = await scratchFolder('chatops-thread-');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const db = new Kysely<{ note: { text: string } }>({ dialect: fileDialect(join(folder, 'chatops.db')) });
  onTestFinished(() => db.destroy());
  await db.schema.createTable('note').addColumn('text', 'text').execute();
  const put = (to: Kysely<{ note: { text: string } }>, text: string) =>
    to.insertInto('note').values({ text }).execute();
  const cut = db.transaction().execute(async (transaction) => {
    await put(transaction, 'before');
    const [worker] = started;
    if (worker === undefined) throw new Error('no thread');
    await Promise.all([once(worker, 'exit'), worker.terminate()]);
    await put(transaction, 'after');
  });
  await expect(cut).rejects.toMatchObject({ code: 'SQLITE_IOERR' });
  await db.transaction().execute((transaction) => put(transaction, 'next'));
  expect(await db.selectFrom('note').selectAll().execute()).toEqual([{ text: 'next' }]);
  expect(started).toHaveLength(2);
});

it('asks the same again as the table is by then, also where another process has altered it', async () => {
  const folder = await scratchFolder('chatops-thread-');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'chatops.db');
  const [thread, another] = [new FileThread(path), new FileThread(path)];
  onTestFinished(async () => void (await Promise.all([thread.close(), another.close()])));
  const all = async () => (await thread.run('select * from note', [])).rows;
  await thread.run('create table note (text text)', []);
  await thread.run('insert into note values (?)', ['one']);
  expect(await all()).toEqual([{ text: 'one' }]);
  await another.run("alter table note add column by text default 'Ada'", []);
  expect(await all()).toEqual([{ text: 'one', by: 'Ada' }]);
  await another.run('alter table note drop column text', []);
  expect(await all()).toEqual([{ by: 'Ada' }]);
});

it('does a statement that failed once as soon as it can be done', async () => {
  const thread = await opened();
  await thread.run('create table note (text text primary key)', []);
  const put = (text: string) => thread.run('insert into note values (?) returning text', [text]);
  await put('one');
  for (let time = 0; time < 3; time += 1)
    await expect(put('one')).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  expect((await put('two')).rows).toEqual([{ text: 'two' }]);
});

it('answers right also where more is asked than it keeps prepared, in whatever order', async () => {
  const thread = await opened();
  const asked = Array.from({ length: 300 }, (_, index) => (index * 7) % 120);
  for (const n of asked)
    expect((await thread.run(`select ${n} as n, ? as text`, ['x'.repeat(n * 200)])).rows).toEqual([
      { n, text: 'x'.repeat(n * 200) },
    ]);
});
