import { expect, it } from 'vitest';
import { clearEndedChanges, stillNeeded } from '../../src/changes/store/ended-changes.ts';
import { clearTrail } from '../../src/db/clear-trail.ts';
import type { RecordMark } from '../../src/db/record-mark.ts';
import type { ChangeRow } from '../../src/db/tables/change-table.ts';
import type { Db } from '../../src/db/tables.ts';
import { clearOldRuns, clearOldSnoozes } from '../../src/digest/old-runs-store.ts';
import { clearOldViewers } from '../../src/home/old-viewers-store.ts';
import { NOT_POSTED } from '../../src/posts/post.ts';
import { clearOldWarnings } from '../../src/watch/old-warnings-store.ts';
import { seenMark } from '../../src/watch/watch-store.ts';
import { describeOnDatabases } from '../support/databases.ts';

const before = new Date(1_000_000);
const OLD = 10;
const YOUNG = 2_000_000;
const POSTED = { ...NOT_POSTED, ts: '1.0', shown: 'x', shownRevision: 3 };

const change = (id: string, over: Partial<ChangeRow> = {}): ChangeRow => ({
  id,
  kind: 'activate',
  origin: 'request',
  state: 'applied',
  revision: 3,
  steps: JSON.stringify([{ type: 'switch', userId: `user of ${id}`, enabled: true, label: id }]),
  twinKey: id,
  snapshot: '{}',
  reason: '',
  requesterId: 'U0MIA',
  requesterEmail: null,
  requesterKeys: null,
  shown: null,
  amendedBy: null,
  amenderKeys: null,
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  createdAt: OLD,
  expiresAt: null,
  notBefore: null,
  attempts: 0,
  leaseOwner: null,
  leaseUntil: null,
  seatReserved: 0,
  appliedAt: OLD,
  failure: null,
  lastFault: null,
  durationMs: null,
  endsAt: null,
  noticeAt: null,
  parentId: null,
  undone: 0,
  ...over,
});

async function keep(
  db: Db,
  row: ChangeRow,
  { endedAt = OLD, shownRevision = row.revision } = {},
): Promise<void> {
  await db.insertInto('change').values(row).execute();
  await db
    .insertInto('card')
    .values({
      ...POSTED,
      changeId: row.id,
      place: 'approvals',
      destination: 'C1',
      channel: 'C1',
      toldSeq: 0,
      revision: row.revision,
      shownRevision,
    })
    .execute();
  await entry(db, row.id, endedAt, row.steps);
}

const entry = (db: Db, changeId: string | null, at: number, subjects: string) =>
  db
    .insertInto('audit')
    .values({
      at,
      changeId,
      event: changeId === null ? 'observed' : 'applied',
      actor: 'outside',
      requester: null,
      subjects,
      reason: '',
      before: null,
      after: null,
      outcome: '',
      once: `${changeId} ${at} ${subjects}`,
    })
    .execute();

async function clear(db: Db, seen?: RecordMark): Promise<void> {
  const needed = await stillNeeded(db);
  const alive = () => undefined;
  await clearEndedChanges(db, { before, seen, needed, alive });
  await clearTrail(db, { before, exceptOf: needed.users, alive });
}

describeOnDatabases('clearing changes', (open) => {
  it('takes those of each end with their cards and their trail, however many', async () => {
    const { db } = await open();
    const ends = ['applied', 'failed', 'denied', 'expired', 'cancelled'];
    for (let at = 0; at < 450; at += 1)
      await keep(db, change(`C${at}`, { state: ends[at % ends.length] ?? '', createdAt: OLD + (at % 7) }));
    await clear(db);
    for (const table of ['change', 'card', 'audit'] as const)
      expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  });

  it.each<[string, Partial<ChangeRow>, object?]>([
    ['is open', { state: 'pending' }],
    ['is to come', { state: 'approved', notBefore: YOUNG }],
    ['is being carried out', { state: 'applying' }],
    ['is in a state of a newer version', { state: 'parked' }],
    ['is of a kind of a newer version', { kind: 'rename' }],
    ['can be undone', { noticeAt: YOUNG }],
    ['holds a seat', { seatReserved: 1 }],
    ['is young', { createdAt: YOUNG }],
    ['ended not long ago', {}, { endedAt: YOUNG }],
    ['a card does not tell yet', {}, { shownRevision: 2 }],
  ])('leaves one that %s, and all of it', async (_why, over, more) => {
    const { db } = await open();
    await keep(db, change('KEPT', over), more);
    await keep(db, change('GONE'));
    await clear(db);
    for (const table of ['card', 'audit'] as const)
      expect(await db.selectFrom(table).select('changeId').execute(), table).toEqual([{ changeId: 'KEPT' }]);
    expect(await db.selectFrom('change').select('id').execute()).toEqual([{ id: 'KEPT' }]);
  });

  it("leaves what was written since the watch looked: else it would be taken for somebody else's", async () => {
    const { db } = await open();
    for (const id of ['UNDER WAY', 'SEEN', 'UNSEEN']) await keep(db, change(id));
    const [, { seq } = { seq: 0 }] = await db.selectFrom('audit').select('seq').orderBy('seq').execute();
    await clear(db, { seq, open: ['UNDER WAY'] });
    const left = await db.selectFrom('change').select('id').orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual(['UNDER WAY', 'UNSEEN']);
    await clear(db, { seq: seq + 1, open: [] });
    expect(await db.selectFrom('change').select('id').execute()).toEqual([]);
  });

  it('leaves what the end of an activation still needs: whose end it is, and what became of the user since', async () => {
    const { db } = await open();
    const steps = change('PARENT').steps;
    await keep(db, change('PARENT', { steps: '[{"type":"invite","email":"a@ex.co"}]' }));
    await keep(
      db,
      change('END', { state: 'approved', origin: 'timed', parentId: 'PARENT', notBefore: YOUNG, steps }),
    );
    await keep(db, change('LATER', { steps }));
    await keep(db, change('GONE'));
    await entry(db, null, OLD, '[{"userId":"user of PARENT","label":"p"}]');
    await entry(db, null, OLD, '[{"userId":"user of GONE","label":"g"}]');
    await clear(db);
    const left = await db.selectFrom('change').select('id').orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual(['END', 'LATER', 'PARENT']);
    const observed = await db.selectFrom('audit').select('subjects').where('changeId', 'is', null).execute();
    expect(observed).toEqual([{ subjects: '[{"userId":"user of PARENT","label":"p"}]' }]);
  });
});

describeOnDatabases('clearing the rest', (open) => {
  it('leaves the latest digest of each kind and channel, the last that was told, and the last that stands there', async () => {
    const { db } = await open();
    const run = (channel: string, slot: number, over: object = {}) => ({
      kind: 'scheduled',
      channel,
      slot,
      windowFrom: 0,
      windowTo: slot,
      essence: null,
      done: 1,
      revision: 0,
      ...POSTED,
      ...over,
    });
    await db
      .insertInto('digestRun')
      .values([
        run('C1', 1),
        run('C1', 2, { revision: 9 }),
        run('C1', 3),
        run('C1', 4, { ts: null }),
        run('C1', 5, { done: 0, ts: null }),
        run('C1', 6, { done: 0, ts: null }),
        run('C2', 1),
        run('C2', 2, { claim: 'x' }),
        run('C2', 3, { kind: 'asked' }),
        run('C2', YOUNG),
        run('C3', 1),
      ])
      .execute();
    await clearOldRuns(db, before);
    const left = await db
      .selectFrom('digestRun')
      .select(['channel', 'slot'])
      .orderBy('channel')
      .orderBy('slot')
      .execute();
    expect(left.map(({ channel, slot }) => `${channel} ${slot}`)).toEqual([
      'C1 2',
      'C1 3',
      'C1 4',
      'C1 6',
      'C2 2',
      'C2 3',
      `C2 ${YOUNG}`,
      'C3 1',
    ]);
  });

  it('leaves the warning that holds, the latest, and what the channel does not show yet', async () => {
    const { db } = await open();
    const warning = (id: number, over: object = {}) => ({
      id,
      channel: 'C1',
      raisedAt: OLD,
      level: 'near',
      meter: '{}',
      state: 'cleared',
      changedAt: OLD,
      revision: 3,
      ...POSTED,
      ...over,
    });
    await db
      .insertInto('licenseWarning')
      .values([
        warning(1),
        warning(2, { state: 'live' }),
        warning(3, { changedAt: YOUNG }),
        warning(4, { revision: 4 }),
        warning(5, { revision: 4, gone: 1 }),
        warning(6),
      ])
      .execute();
    await clearOldWarnings(db, before);
    const left = await db.selectFrom('licenseWarning').select('id').orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual([2, 3, 4, 6]);
  });

  it('leaves snoozes that hold, and people who opened Home lately', async () => {
    const { db } = await open();
    const snooze = { keptBy: 'U0ADA', keptAt: 0 };
    await db
      .insertInto('snooze')
      .values([
        { ...snooze, userId: 'over', until: OLD },
        { ...snooze, userId: 'holds', until: YOUNG },
      ])
      .execute();
    const viewer = {
      teamId: null,
      administrator: 0,
      asked: 1,
      answered: 1,
      seenSeq: 0,
      lookedAt: 0,
      shown: null,
      hash: null,
      claim: null,
      attempts: 0,
      notBefore: 0,
      claimedUntil: 0,
    };
    await db
      .insertInto('homeViewer')
      .values([
        { ...viewer, userId: 'long ago', openedAt: OLD },
        { ...viewer, userId: 'lately', openedAt: YOUNG },
      ])
      .execute();
    await clearOldSnoozes(db, before);
    await clearOldViewers(db, before);
    expect(await db.selectFrom('snooze').select('userId').execute()).toEqual([{ userId: 'holds' }]);
    expect(await db.selectFrom('homeViewer').select('userId').execute()).toEqual([{ userId: 'lately' }]);
  });

  it('knows how far the watch has looked, also where an older version kept the time alone', async () => {
    const { db } = await open();
    expect(await seenMark(db)).toBeUndefined();
    const row = { name: 'instance', nextLookAt: 9, level: 'free', users: '[]', mark: null };
    await db
      .insertInto('watch')
      .values({ ...row, revision: 0, lookedAt: 0 })
      .execute();
    expect(await seenMark(db)).toBeUndefined();
    await entry(db, null, OLD, '[]');
    await db.updateTable('watch').set({ revision: 1, lookedAt: YOUNG }).execute();
    const { seq } = await db.selectFrom('audit').select('seq').executeTakeFirstOrThrow();
    expect(await seenMark(db)).toEqual({ seq, open: [] });
    await db.updateTable('watch').set({ mark: '{"revision":1,"seq":77,"open":["x"]}' }).execute();
    expect(await seenMark(db)).toMatchObject({ seq: 77, open: ['x'] });
  });
});
