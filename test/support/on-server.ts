import pg from 'pg';

/** The database on the tests' server that has all tables and nothing in them: others are made of it. */
export const MIGRATED = 'migrated';

/** Runs a statement that makes or drops a database. `serverUrl` names none. */
export async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
