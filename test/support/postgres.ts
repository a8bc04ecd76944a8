import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server for this run, without a database's name; '' where none could be started. */
    postgresUrl: string;
  }
}

let server: PostgresServer | undefined;

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
  project.provide('postgresUrl', server?.url ?? '');
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
