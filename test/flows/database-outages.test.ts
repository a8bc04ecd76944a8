import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import type { LinkLimits } from '../../src/db/postgres-links.ts';
import { postgresDatabases } from '../support/databases.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { approve, openModal, request, saying, submit } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const open = postgresDatabases();
const linkLimits: LinkLimits = { connectMs: 2000, queryMs: 500, idleMs: 30_000, ageSeconds: 600 };
const STANDSTILL_MS = 1500;

async function worldBehindProxy() {
  const database = await open?.();
  const url = new URL(database?.url ?? '');
  const proxy = await tcpProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const settings = { DATABASE_URL: url.href };
  const world = await startWorld({ settings, bot: { linkLimits, standstillMs: STANDSTILL_MS } });
  return { world, proxy };
}

async function asked({ bot }: World, path: string) {
  const response = await fetch(`http://127.0.0.1:${bot.port}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const statusOf = (world: World, path: string) => async () => (await asked(world, path)).status;

describe.skipIf(open === undefined)('a database that is away', () => {
  it.each(['freeze', 'reset'] as const)(
    'is found again after a %s of all links: what was asked goes on',
    async (how) => {
      const { world, proxy } = await worldBehindProxy();
      const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
      if (how === 'freeze') proxy.freeze('those there');
      else proxy.reset();
      await expect.poll(statusOf(world, '/readyz'), { timeout: 10_000 }).toBe(200);
      await approve(world, people.ada, card);
      await saying(world, card, 'Done, approved by @Ada Admin');
      expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
      await expect.poll(statusOf(world, '/healthz'), { timeout: 10_000 }).toBe(200);
    },
  );

  it('and only reads, as after a failover: people, readiness and health are told, until it writes again', async () => {
    const url = (await open?.())?.url ?? '';
    const name = new URL(url).pathname.slice(1);
    const world = await startWorld({
      settings: { DATABASE_URL: `${url}?application_name=bot` },
      bot: { linkLimits, standstillMs: STANDSTILL_MS },
    });
    const server = connect(url.replace(/[^/]*$/, 'postgres'), () => undefined);
    onTestFinished(() => server.destroy());
    const set = async (value: 'on' | 'off'): Promise<void> => {
      await sql`alter database ${sql.ref(name)} set default_transaction_read_only = ${sql.raw(value)}`.execute(
        server,
      );
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${name} and application_name = 'bot'`.execute(server);
    };
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await set('on');
    await expect.poll(statusOf(world, '/readyz'), { timeout: 10_000 }).toBe(503);
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    expect((await submit(world, people.ada)).text).toContain(
      "The bot's database does not answer, or takes no write",
    );
    await world.slack.as(people.ada).close('all');
    await expect
      .poll(async () => (await asked(world, '/healthz')).body.work, { timeout: 20_000 })
      .toMatch(/heartbeat \(\d+ s\)/);
    await set('off');
    await expect.poll(statusOf(world, '/readyz'), { timeout: 10_000 }).toBe(200);
    await expect.poll(statusOf(world, '/healthz'), { timeout: 20_000 }).toBe(200);
    expect(world.isActive('ada@ex.co')).toBe(false);
    await approve(world, people.ada, card);
    await saying(world, card, 'Done, approved by @Ada Admin');
  });

  it('for good: readiness says so, and health names what stands still, until it is back', async () => {
    const { world, proxy } = await worldBehindProxy();
    expect((await asked(world, '/healthz')).body).toMatchObject({ status: 'ok', work: 'goes on' });
    proxy.freeze('new ones too');
    expect(await asked(world, '/readyz')).toMatchObject({
      status: 503,
      body: { slack: 'connected', database: 'does not answer, or takes no write' },
    });
    await expect.poll(statusOf(world, '/healthz'), { timeout: 20_000 }).toBe(503);
    await expect
      .poll(async () => (await asked(world, '/healthz')).body.work, { timeout: 20_000 })
      .toMatch(/stands still: .*heartbeat \(\d+ s\).*carry out changes \(\d+ s\)/);
    proxy.thaw();
    await expect.poll(statusOf(world, '/healthz'), { timeout: 20_000 }).toBe(200);
    await expect.poll(statusOf(world, '/readyz'), { timeout: 10_000 }).toBe(200);
  });
});
