import { randomUUID } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, inject } from 'vitest';
import { connect, type DatabaseKind, databaseKind } from '../../src/db/connect.ts';
import type { Db } from '../../src/db/tables.ts';
import { MIGRATED, onServer } from './on-server.ts';
import { scratchFolder } from './scratch.ts';

/** An empty database with all tables. */
export interface TestDatabase {
  readonly db: Db;
  /** For more connections to the same one, as other replicas have them. */
  readonly url: string;
  readonly kind: DatabaseKind;
}

/** The same tests on a file and on a real PostgreSQL. What `open` opened is closed and gone after each test. */
export function describeOnDatabases(name: string, define: (open: () => Promise<TestDatabase>) => void): void {
  const postgresUrl = inject('postgresUrl');
  describe(`${name}, on a file`, () => define(opener(freshFile)));
  describe.skipIf(postgresUrl === '')(`${name}, on PostgreSQL`, () =>
    define(opener(() => freshPostgres(postgresUrl))),
  );
}

/** For tests where one kind of database is enough. */
export function fileDatabases(): () => Promise<TestDatabase> {
  return opener(freshFile);
}

/** For tests that only PostgreSQL can carry; `undefined` where no server could be started. */
export function postgresDatabases(): (() => Promise<TestDatabase>) | undefined {
  const serverUrl = inject('postgresUrl');
  return serverUrl === '' ? undefined : opener(() => freshPostgres(serverUrl));
}

interface Fresh {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

function opener(fresh: () => Promise<Fresh>): () => Promise<TestDatabase> {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return async () => {
    const { url, remove } = await fresh();
    closers.push(remove);
    const kind = databaseKind(url);
    let closing = false;
    const db = connect(url, (error) => {
      // Dropping the database ends connections that are still being closed.
      if (!closing) throw error;
    });
    closers.push(() => {
      closing = true;
      return db.destroy();
    });
    return { db, url, kind };
  };
}

async function freshFile(): Promise<Fresh> {
  const folder = await scratchFolder('chatops-test-');
  const path = join(folder, 'test.db');
  await copyFile(inject('migratedFile'), path);
  return {
    url: `file:${path}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function freshPostgres(serverUrl: string): Promise<Fresh> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name} template ${MIGRATED}`);
  return {
    url: `${serverUrl}/${name}`,
    remove: () => onServer(serverUrl, `drop database ${name} with (force)`),
  };
}
