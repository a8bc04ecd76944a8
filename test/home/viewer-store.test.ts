import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type AuditEntry, appendAudit } from '../../src/db/audit-trail.ts';
import { settledSeq } from '../../src/db/settled-seq.ts';
import type { Db } from '../../src/db/tables.ts';
import { askForHome, claimViewer, type Viewer, viewersWithNews } from '../../src/home/viewer-store.ts';
import { describeOnDatabases } from '../support/databases.ts';

const SECOND_MS = 1000;
const start = new Date('2026-11-25T12:00:00Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);
const ada = { userId: 'U0ADA', teamId: 'T0' };
const mia = { userId: 'U0MIA', teamId: undefined };

const entry = (at: Date, over: Partial<AuditEntry> = {}): AuditEntry => ({
  at,
  changeId: undefined,
  event: 'applied',
  actor: 'U0BEN',
  requester: undefined,
  subjects: [],
  reason: '',
  before: undefined,
  after: undefined,
  outcome: '',
  once: `${at.getTime()}-${over.requester ?? ''}`,
  ...over,
});

const newsFor = async (db: Db, at: Date): Promise<readonly string[]> =>
  (await viewersWithNews(db, at, 10)).map(({ userId }) => userId).sort();

const terms = (at: Date) => ({ leaseNow: () => at, newId: randomUUID });

/** Somebody opens Home, and it is published with this result. */
async function settle(
  db: Db,
  clicker: typeof ada | typeof mia,
  done: Partial<Viewer>,
  delayMs = 0,
): Promise<void> {
  const claim = await claimViewer(db, await askForHome(db, clicker, start), terms(start));
  await claim?.release(done, delayMs);
}

const viewerOf = (db: Db, { userId }: typeof ada | typeof mia): Promise<Viewer> =>
  db.selectFrom('homeViewer').selectAll().where('userId', '=', userId).executeTakeFirstOrThrow();

/** A pass publishes what somebody sees. */
async function publishAgain(db: Db, clicker: typeof ada, done: Partial<Viewer>): Promise<void> {
  const claim = await claimViewer(db, await viewerOf(db, clicker), terms(after(10 * SECOND_MS)));
  await claim?.release(done);
}

/** An administrator and a member who both have seen everything so far. */
async function bothUpToDate(db: Db): Promise<void> {
  for (const clicker of [ada, mia]) {
    const administrator = clicker === ada ? 1 : 0;
    await settle(db, clicker, { administrator, answered: 1, lookedAt: start.getTime(), attempts: 0 });
  }
}

describeOnDatabases('viewers', (open) => {
  it('have news when they opened Home, until it is answered', async () => {
    const { db } = await open();
    await askForHome(db, ada, start);
    expect(await newsFor(db, start)).toEqual(['U0ADA']);
    await bothUpToDate(db);
    await publishAgain(db, ada, { answered: 2 });
    expect(await newsFor(db, after(SECOND_MS))).toEqual([]);
    const again = await askForHome(db, ada, after(SECOND_MS));
    expect(again).toMatchObject({ asked: 3, teamId: 'T0', openedAt: start.getTime() + SECOND_MS });
    expect(await newsFor(db, after(SECOND_MS))).toEqual(['U0ADA']);
  });

  it('have news of changes: administrators of all, members of what they asked for or did', async () => {
    const { db } = await open();
    await bothUpToDate(db);
    await appendAudit(db, entry(after(1)));
    expect(await newsFor(db, after(10 * SECOND_MS))).toEqual(['U0ADA']);
    await appendAudit(db, entry(after(2), { requester: 'U0MIA' }));
    expect(await newsFor(db, after(10 * SECOND_MS))).toEqual(['U0ADA', 'U0MIA']);
    await publishAgain(db, ada, { seenSeq: await settledSeq(db, after(10 * SECOND_MS)) });
    expect(await newsFor(db, after(10 * SECOND_MS))).toEqual(['U0MIA']);
  });

  it('are told of changes at most once a second', async () => {
    const { db } = await open();
    await bothUpToDate(db);
    await appendAudit(db, entry(after(1)));
    expect(await newsFor(db, after(SECOND_MS - 1))).toEqual([]);
    expect(await newsFor(db, after(SECOND_MS))).toEqual(['U0ADA']);
  });

  it('have no news a week after they opened Home', async () => {
    const { db } = await open();
    await bothUpToDate(db);
    const week = 7 * 86_400_000;
    await appendAudit(db, entry(after(1)));
    expect(await newsFor(db, after(week - 1))).toEqual(['U0ADA']);
    expect(await newsFor(db, after(week))).toEqual([]);
  });

  it('are taken by one process alone, and come free when it dies', async () => {
    const { db } = await open();
    const viewer = await askForHome(db, ada, start);
    const claims = await Promise.all([1, 2, 3].map(() => claimViewer(db, viewer, terms(start))));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await newsFor(db, after(SECOND_MS))).toEqual([]);
    expect(await newsFor(db, after(60 * SECOND_MS))).toEqual(['U0ADA']);
  });

  it('wait when put off, but not when they ask again', async () => {
    const { db } = await open();
    await settle(db, ada, {}, 30 * SECOND_MS);
    expect(await newsFor(db, after(SECOND_MS))).toEqual([]);
    await askForHome(db, ada, after(SECOND_MS));
    expect(await newsFor(db, after(SECOND_MS))).toEqual(['U0ADA']);
    const claim = await claimViewer(db, await viewerOf(db, ada), terms(after(SECOND_MS)));
    await claim?.remove();
    expect(await newsFor(db, after(SECOND_MS))).toEqual([]);
  });

  it('count an entry as seen that was written before the clock was set back an hour', async () => {
    const { db } = await open();
    await appendAudit(db, entry(after(3600 * SECOND_MS)));
    expect(await settledSeq(db, start)).toBeGreaterThan(0);
  });

  it('count an entry as seen only when no older one can turn up any more', async () => {
    const { db } = await open();
    expect(await settledSeq(db, start)).toBe(0);
    await appendAudit(db, entry(start));
    expect(await settledSeq(db, after(4 * SECOND_MS))).toBe(0);
    expect(await settledSeq(db, after(5 * SECOND_MS))).toBe(1);
  });
});
