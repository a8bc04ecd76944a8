import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/db/connect.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import { MIGRATED, onServer } from './on-server.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { scratchFolder } from './scratch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server for this run, without a database's name; '' where none could be started. */
    postgresUrl: string;
    /** The path of a file database that has all tables and nothing in them, to be copied: making it takes a quarter of a bot's start. */
    migratedFile: string;
  }
}

let server: PostgresServer | undefined;
let folder = '';

/** One real PostgreSQL server for each run of the tests: only that shows locking. */
export async function setup(project: TestProject): Promise<void> {
  try {
    server = await startPostgres();
  } catch (error) {
    process.stderr.write(
      `\n!!! PostgreSQL could not be started: THE TESTS ON IT ARE SKIPPED. ${String(error)}\n` +
        '!!! What to do: run `npm ci` (without `--omit=optional`), not as root, in a folder that you own.\n\n',
    );
  }
  folder = await scratchFolder('chatops-migrated-');
  const file = join(folder, 'chatops.db');
  await migrated(`file:${file}`);
  if (server !== undefined) {
    await onServer(server.url, `create database ${MIGRATED}`);
    await migrated(`${server.url}/${MIGRATED}`);
  }
  project.provide('postgresUrl', server?.url ?? '');
  project.provide('migratedFile', file);
}

export async function teardown(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await server?.stop();
}

async function migrated(url: string): Promise<void> {
  const db = connect(url, (error) => {
    throw error;
  });
  await migrateToLatest(db, url);
  await db.destroy();
}
