import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';
import { connect, ping } from '../../src/db/connect.ts';

describe.skipIf(inject('postgresUrl') === '')('a connection to PostgreSQL that breaks', () => {
  it.each(['idle', 'in use'])('is told of and replaced, while it is %s', async (when) => {
    const broken: string[] = [];
    const url = `${inject('postgresUrl')}/postgres?application_name=${when === 'idle' ? 'idle' : 'busy'}`;
    const db = connect(url, (error) => broken.push(error.message));
    const other = connect(`${inject('postgresUrl')}/postgres`, () => undefined);
    try {
      await ping(db);
      const sleeping = when === 'idle' ? undefined : sql`select pg_sleep(60)`.execute(db);
      const failing = sleeping && expect(sleeping).rejects.toThrow(/terminat/);
      await expect
        .poll(async () => {
          const name = new URL(url).searchParams.get('application_name');
          const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = ${name} and (${when} = 'idle' or state = 'active')`.execute(other);
          return rows.length;
        })
        .toBe(1);
      await failing;
      await expect.poll(() => broken.length).toBeGreaterThan(0);
      await ping(db);
    } finally {
      await db.destroy();
      await other.destroy();
    }
  });
});
