import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import type { Db } from '../../src/db/tables.ts';
import { postgresDatabases } from '../support/databases.ts';
import { startPostgresGreeting } from '../support/postgres-tls.ts';
import { examine, type Patient, start } from './support.ts';

async function withDatabase(
  { folder }: Patient,
  use: (db: Db, url: string) => Promise<unknown>,
): Promise<void> {
  const url = `file:${join(folder, 'chatops.db')}`;
  const db = connect(url, () => undefined);
  await use(db, url);
  await db.destroy();
}

const openPostgres = postgresDatabases();

describe.skipIf(openPostgres === undefined)('the clock of PostgreSQL', () => {
  it.each([
    [20_000, 'warning', /but this machine's clock is 20 s ahead of the database's$/],
    [-20_000, 'warning', /but this machine's clock is 20 s behind the database's$/],
    [2000, 'right', /up to date$/],
  ])('is compared with that of this machine: %i ms', async (aheadMs, state, text) => {
    const url = (await openPostgres?.())?.url ?? '';
    const now = () => new Date(Date.now() + aheadMs);
    const { of } = await examine(await start(), { DATABASE_URL: url }, { now });
    expect(of('Database')).toMatchObject({ state, text: expect.stringMatching(text) });
  });
});

it.skipIf(openPostgres === undefined)(
  'a database that only reads is wrong, and the remedy names it',
  async () => {
    const { url = '', db } = (await openPostgres?.()) ?? {};
    const name = new URL(url).pathname.slice(1);
    await sql`alter database ${sql.ref(name)} set default_transaction_read_only = on`.execute(db as Db);
    const { of } = await examine(await start(), { DATABASE_URL: url });
    expect(of('Database')).toMatchObject({
      state: 'wrong',
      text: expect.stringContaining('read-only transaction'),
      remedy: expect.stringContaining('takes no writes'),
    });
  },
);

describe('the database', () => {
  it('is right once the bot has made it, and is not made by looking', async () => {
    const patient = await start();
    const { of } = await examine(patient);
    expect(of('Database').text).toMatch(/is made at the first start$/);
    expect(existsSync(join(patient.folder, 'chatops.db'))).toBe(false);
    await withDatabase(patient, migrateToLatest);
    expect((await examine(patient)).of('Database')).toMatchObject({
      state: 'right',
      text: `${join(patient.folder, 'chatops.db')}, up to date`,
    });
  });

  it('is right while it is empty', async () => {
    const patient = await start();
    await withDatabase(patient, (db) => sql`select 1`.execute(db));
    expect((await examine(patient)).of('Database')).toMatchObject({
      state: 'right',
      text: expect.stringContaining('empty: the first start makes the tables'),
    });
  });

  it('is wrong while it is of an older version', async () => {
    const patient = await start();
    await withDatabase(patient, async (db, url) => {
      await migrateToLatest(db, url);
      await sql`delete from kysely_migration where name = (select max(name) from kysely_migration)`.execute(
        db,
      );
    });
    expect((await examine(patient)).of('Database')).toMatchObject({
      state: 'wrong',
      text: expect.stringContaining('1 migration is missing'),
      remedy: expect.stringContaining('start this version'),
    });
  });

  it('is told apart where a newer version was, beside which the bot works on', async () => {
    const patient = await start();
    await withDatabase(patient, async (db, url) => {
      expect(await migrateToLatest(db, url)).toBe(0);
      await sql`insert into kysely_migration (name, timestamp) values ('2031-01-01-renames', 'then')`.execute(
        db,
      );
      expect(await migrateToLatest(db, url)).toBe(1);
    });
    expect((await examine(patient)).of('Database')).toMatchObject({
      state: 'warning',
      text: expect.stringContaining('a newer version of the bot was here before (1 migration of its own)'),
      remedy: expect.stringContaining('Rollback'),
    });
  });

  it('is wrong where another file lies', async () => {
    const patient = await start();
    await writeFile(join(patient.folder, 'chatops.db'), 'not a database at all, but long enough '.repeat(40));
    expect((await examine(patient)).of('Database')).toMatchObject({
      state: 'wrong',
      text: expect.stringContaining('cannot be opened: '),
      remedy: expect.stringContaining('move it away'),
    });
  });

  it('is wrong where its folder cannot be', async () => {
    const patient = await start();
    const path = join(patient.folder, 'file');
    await writeFile(path, '');
    const { of } = await examine(patient, { DATABASE_URL: `file:${path}/chatops.db` });
    expect(of('Database')).toMatchObject({
      state: 'wrong',
      text: `${path}/chatops.db cannot be made: ${path} is a file`,
      remedy: 'set another path',
    });
  });

  it('is wrong where no PostgreSQL answers', async () => {
    const { of } = await examine(await start(), { DATABASE_URL: 'postgres://u:p@127.0.0.1:9/chatops' });
    expect(of('Database')).toMatchObject({
      state: 'wrong',
      text: 'PostgreSQL cannot be used: connect ECONNREFUSED 127.0.0.1:9',
      remedy: expect.stringContaining('that the server runs'),
    });
  });

  it.each([
    [true, /DEPTH_ZERO_SELF_SIGNED_CERT/, 'NODE_EXTRA_CA_CERTS'],
    [false, /does not support SSL/, 'take sslmode out of DATABASE_URL'],
  ])('is wrong where TLS of PostgreSQL does not work out: %s', async (tls, text, remedy) => {
    const port = await startPostgresGreeting({ tls });
    const { of } = await examine(await start(), {
      DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/chatops?sslmode=require`,
    });
    expect(of('Database')).toMatchObject({
      state: 'wrong',
      text: expect.stringMatching(text),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('wants a password with signs of an address percent-encoded, and does not repeat it', async () => {
    const { of, text } = await examine(await start(), { DATABASE_URL: 'postgres://u:hunter%2@h/d' });
    expect(of('DATABASE_URL')).toMatchObject({
      state: 'wrong',
      text: expect.stringContaining('percent-encode'),
    });
    expect(of('Database')).toMatchObject({ state: 'unchecked' });
    expect(text).not.toContain('hunter');
  });
});

describe('the clock', () => {
  it.each([
    [-300, 'Slack is 300 s ahead, Wallaroo is 300 s ahead'],
    [90, 'Slack is 90 s behind, Wallaroo is 90 s behind'],
  ])('is wrong when it differs by %d seconds', async (seconds, text) => {
    const now = () => new Date(Date.now() + seconds * 1000);
    const { of, exitCode } = await examine(await start(), {}, { now });
    const found = of('Clock');
    expect(found).toMatchObject({ state: 'wrong', remedy: expect.stringContaining('NTP') });
    // The reply's date counts whole seconds.
    expect(found.text.replace(/\d+/g, (n) => `${Math.round(Number(n) / 10) * 10}`)).toBe(text);
    expect(exitCode).toBe(1);
  });

  it('may differ by a few seconds', async () => {
    const now = () => new Date(Date.now() + 10_000);
    expect((await examine(await start(), {}, { now })).of('Clock')).toMatchObject({ state: 'right' });
  });

  it('is not judged where nobody tells the time', async () => {
    const patient = await start();
    patient.slack.faults.goDown();
    const { of } = await examine(patient, { WALLAROO_URL: 'http://127.0.0.1:9' });
    expect(of('Clock')).toMatchObject({ state: 'unchecked' });
  });
});

describe('the schedule', () => {
  it('shows the next three digests in their own zone, the clock change between them', async () => {
    const now = () => new Date('2026-03-25T12:00:00Z');
    const { of } = await examine(
      await start(),
      { DIGEST_CRON: '30 8 * * 5,1', DIGEST_TIMEZONE: 'Europe/Berlin' },
      { now },
    );
    expect(of('Digest schedule').text).toBe(
      'next on Fri, 27 Mar 2026, 08:30; Mon, 30 Mar 2026, 08:30; Fri, 3 Apr 2026, 08:30 (Europe/Berlin)',
    );
  });

  it('may be switched off', async () => {
    const { of } = await examine(await start(), { DIGEST_CRON: '' });
    expect(of('Digest schedule')).toMatchObject({ state: 'right', text: 'never: DIGEST_CRON is empty' });
  });

  it('is wrong when its day never comes', async () => {
    const { of } = await examine(await start(), { DIGEST_CRON: '0 9 30 2 *' });
    expect(of('DIGEST_CRON')).toMatchObject({
      state: 'wrong',
      text: expect.stringMatching(/no day ever fits .+, not "0 9 30 2 \*"/),
    });
    expect(of('Digest schedule')).toMatchObject({ text: 'not checked, because DIGEST_CRON is wrong' });
  });
});
