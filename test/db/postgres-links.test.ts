import { sql } from 'kysely';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { connect, ping } from '../../src/db/connect.ts';
import { isAway } from '../../src/db/database-fault.ts';
import type { LinkLimits } from '../../src/db/postgres-links.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

const serverUrl = inject('postgresUrl');
const limits: LinkLimits = { connectMs: 2000, queryMs: 500, idleMs: 30_000, ageSeconds: 600 };

async function behindProxy(over: Partial<LinkLimits> = {}) {
  const server = new URL(`${serverUrl}/postgres`);
  const proxy = await tcpProxy({ host: server.hostname, port: Number(server.port) });
  server.port = String(proxy.port);
  const db = connect(server.href, () => undefined, { ...limits, ...over });
  onTestFinished(() => db.destroy());
  return { proxy, db };
}

/** How many times `ask` fails before it goes well. */
async function failuresOf(ask: () => Promise<unknown>): Promise<number> {
  for (let failures = 0; ; failures += 1) {
    const error = await ask().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error === undefined) return failures;
    expect(isAway(error), String(error)).toBe(true);
  }
}

describe.skipIf(serverUrl === '')('links to PostgreSQL', () => {
  it('that went dead without a word are all dropped when the first is found out', async () => {
    const { proxy, db } = await behindProxy();
    await Promise.all(Array.from({ length: 8 }, () => sql`select pg_sleep(0.05)`.execute(db)));
    expect(proxy.made).toBe(8);
    proxy.freeze('those there');
    expect(await failuresOf(() => ping(db))).toBe(1);
    for (let time = 0; time < 8; time += 1) await ping(db);
  });

  it('that went dead in a transaction cost it one time limit, not another one for its end', async () => {
    const { proxy, db } = await behindProxy();
    const began = performance.now();
    await expect(
      db.transaction().execute(async (trx) => {
        await ping(trx);
        proxy.freeze('those there');
        await ping(trx);
      }),
    ).rejects.toThrow('Query read timeout');
    expect(performance.now() - began).toBeLessThan(2 * limits.queryMs);
    await ping(db);
  });

  it('are made again once the server can be reached again', async () => {
    const { proxy, db } = await behindProxy();
    await ping(db);
    proxy.freeze('new ones too');
    await expect(ping(db)).rejects.toThrow('Query read timeout');
    await expect(ping(db)).rejects.toThrow(/timeout/);
    proxy.thaw();
    await ping(db);
  });

  it('that are reset are dropped', async () => {
    const { proxy, db } = await behindProxy();
    await ping(db);
    const sleeping = sql`select pg_sleep(10)`.execute(db);
    const failing = expect(sleeping).rejects.toSatisfy(isAway);
    await expect.poll(() => proxy.made).toBe(1);
    proxy.reset();
    await failing;
    await ping(db);
    expect(proxy.made).toBe(2);
  });

  it('live no longer than they may', async () => {
    const { proxy, db } = await behindProxy({ ageSeconds: 0.2 });
    await ping(db);
    await expect.poll(() => ping(db).then(() => proxy.made)).toBe(2);
  });

  it.each(['25006', '57P01', '08006'])('are dropped after an error that says %s', async (code) => {
    const { proxy, db } = await behindProxy();
    const failing = sql`do $$ begin raise exception using errcode = ${sql.lit(code)}; end $$`.execute(db);
    await expect(failing).rejects.toSatisfy(isAway);
    await ping(db);
    expect(proxy.made).toBe(2);
  });

  it('stay where a statement is only slow: the server gives it up first', async () => {
    const { proxy, db } = await behindProxy();
    await expect(sql`select pg_sleep(10)`.execute(db)).rejects.toMatchObject({ code: '57014' });
    await ping(db);
    expect(proxy.made).toBe(1);
  });

  it('keep no lock for a transaction whose process has fallen silent', async () => {
    const { db } = await behindProxy();
    const silent = db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(7)`.execute(trx);
      await expect
        .poll(() => sql`select pg_try_advisory_xact_lock(7) as free`.execute(db).then(({ rows }) => rows), {
          timeout: 5000,
        })
        .toEqual([{ free: true }]);
      await ping(trx);
    });
    await expect(silent).rejects.toSatisfy(isAway);
  });
});
