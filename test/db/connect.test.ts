import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { databaseUrl } from '../../src/config/addresses.ts';
import { connect, ping } from '../../src/db/connect.ts';
import { scratchFolder } from '../support/scratch.ts';

describe.skipIf(inject('postgresUrl') === '')('PostgreSQL by the path of its socket', () => {
  it.each([encodeURIComponent, (path: string) => path])('is reached', async (written) => {
    const { username, password, port } = new URL(inject('postgresUrl'));
    const folder = await scratchFolder('chatops-socket-');
    let reached = 0;
    const socket = createServer((near) => {
      reached += 1;
      const far = createConnection(Number(port), '127.0.0.1');
      near.pipe(far).pipe(near);
      for (const end of [near, far]) end.on('error', () => undefined);
    }).listen(join(folder, '.s.PGSQL.5432'));
    onTestFinished(async () => {
      socket.close();
      await rm(folder, { recursive: true });
    });
    await once(socket, 'listening');
    const url = `postgres://${username}:${password}@/postgres?host=${written(folder)}`;
    expect(databaseUrl.safeParse(url).success).toBe(true);
    const db = connect(url, () => undefined);
    await ping(db);
    await db.destroy();
    expect(reached).toBe(1);
  });
});

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
