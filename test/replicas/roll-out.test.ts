import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import type { ChangeRow } from '../../src/db/tables/change-table.ts';
import type { Db } from '../../src/db/tables.ts';
import {
  again,
  approve,
  expectNoLiveButtons,
  openModal,
  press,
  request,
  saying,
  submit,
  told,
} from '../flows/requests.ts';
import { LICENSE, people, startWorld, type World } from '../flows/world.ts';
import { readRecords } from '../support/change-records.ts';

/** The database of the bots, as a newer version beside them has it. */
function beside(world: World): Db {
  const db = connect(world.databaseUrl, () => undefined);
  onTestFinished(() => db.destroy());
  return db;
}

/** A row as a newer version may write it, made from one that this version wrote. */
async function writeAs(db: Db, over: Partial<ChangeRow> & Pick<ChangeRow, 'id'>): Promise<void> {
  const row = await db.selectFrom('change').selectAll().limit(1).executeTakeFirstOrThrow();
  const fresh = { appliedAt: null, createdAt: 0, twinKey: over.id, revision: 7, notBefore: 0 };
  await db
    .insertInto('change')
    .values({ ...row, ...fresh, ...over })
    .execute();
}

describe('an older version beside a newer one, on one database', () => {
  it('leaves alone what it does not know, and does its own work', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    const db = beside(world);
    const steps = JSON.stringify([{ type: 'rename', userId: 'u', name: 'x' }]);
    const strange: readonly (Partial<ChangeRow> & Pick<ChangeRow, 'id'>)[] = [
      { id: 'NEWKIND', kind: 'rename', state: 'approved', steps },
      { id: 'NEWSTEP', kind: 'swap', state: 'approved', steps },
      { id: 'NEWSTATE', state: 'parked', noticeAt: 1 },
      { id: 'NEWORIGIN', origin: 'schedule', state: 'pending', expiresAt: 1, noticeAt: 1 },
      { id: 'BROKEN', state: 'applying', steps: '{', leaseUntil: 0 },
    ];
    for (const row of strange) await writeAs(db, row);
    for (const { id } of strange)
      await db
        .insertInto('card')
        .values({
          changeId: id,
          place: 'approvals',
          destination: 'C0APPROVALS',
          channel: null,
          ts: null,
          shownRevision: -1,
          shown: null,
          toldSeq: 0,
          gone: 0,
          attempts: 0,
          notBefore: 0,
        })
        .execute();
    const before = (await readRecords(world.databaseUrl)).changes.filter(({ revision }) => revision === 7);
    await world.bot.settled();
    await world.slack.as(people.ada).type(LICENSE, '/wallaroo requests');
    expect((await told(world, people.ada, LICENSE, 'Pending requests')).buttons).toEqual(['Approve', 'Deny']);
    expect((await approve(world, people.ada, card)).text).toContain('is now inactive');
    await saying(world, card, 'Done, approved by @Ada Admin');
    expect((await readRecords(world.databaseUrl)).changes.filter(({ revision }) => revision === 7)).toEqual(
      before,
    );
    for (const { id } of strange) await db.deleteFrom('card').where('changeId', '=', id).execute();
    await expectNoLiveButtons(world);
  });

  it('keeps a seat for an activation that it cannot read', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await writeAs(beside(world), { id: 'NEWKIND', kind: 'import', state: 'applying', seatReserved: 1 });
    await openModal(world, people.ada, '/wallaroo activate olga@ex.co');
    expect((await submit(world, people.ada)).text).toContain('The license is full');
    expect(world.isActive('olga@ex.co')).toBe(false);
  });

  it('works on tables that have grown', async () => {
    const world = await startWorld();
    const db = beside(world);
    for (const table of ['change', 'card', 'audit', 'lease'])
      await sql`alter table ${sql.table(table)} add column later text`.execute(db);
    await sql`insert into kysely_migration (name, timestamp) values ('2099-01-01-later', '2099')`.execute(db);
    const another = await world.startAnother();
    await another.settled();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await approve(world, people.ada, card);
    const done = await saying(world, card, 'Done, approved by @Ada Admin');
    expect((await press(world, people.ben, done, 'Undo')).text).toContain('is now active');
    await expectNoLiveButtons(world);
  });

  it('tells on the cards what the older one stored, once an hour has passed', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '2d' } });
    const card = await request(
      world,
      people.mia,
      '/wallaroo deactivate testuser@wallaroo.ai',
      'as asked first',
    );
    const altered = { reason: 'as an older version has it' };
    await beside(world)
      .updateTable('change')
      .set((row) => ({ ...altered, revision: row('revision', '+', 1) }))
      .execute();
    await world.bot.settled();
    expect(again(world, card).text).toContain('as asked first');
    world.advance(3_600_000);
    await world.bot.settled();
    await saying(world, card, altered.reason);
  });
});
