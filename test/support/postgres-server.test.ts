import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { nativeFolder, startPostgres } from './postgres-server.ts';

const isRoot = process.getuid?.() === 0;

it.runIf(isRoot)('starts as root from a folder that nobody else may enter', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'chatops-closed-'));
  onTestFinished(() => rm(closed, { recursive: true, force: true }));
  const native = join(closed, 'native');
  await symlink(nativeFolder(), native);
  const server = await startPostgres(native);
  onTestFinished(() => server.stop());
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
});

it('says what it tried where it cannot start', async () => {
  await expect(startPostgres('/nowhere')).rejects.toThrow(/\/nowhere\/bin\/initdb/);
});
