import { expect, it } from 'vitest';
import type { Db } from '../../src/db/tables.ts';
import { commandLineNews } from '../../src/features/command-line-news.ts';
import { describeOnDatabases } from '../support/databases.ts';

const start = Date.parse('2026-11-25T12:00:00Z');

/** An entry at this place of the trail, which may turn up after those behind it. */
const add = (db: Db, seq: number, at: number, actor = 'cli:ann@vm') =>
  db
    .insertInto('audit')
    .values({
      seq,
      at,
      changeId: `C${seq}`,
      event: 'applied',
      actor,
      requester: null,
      subjects: '[]',
      reason: '',
      before: null,
      after: null,
      outcome: '',
      once: String(seq),
    })
    .execute();

describeOnDatabases('what a command line has done', (open) => {
  it('is found once, also where its entry turns up behind a newer one', async () => {
    const { db } = await open();
    let nowMs = start;
    let found = 0;
    const news = commandLineNews({ db, now: () => new Date(nowMs) }, () => {
      found += 1;
    });
    await add(db, 1, nowMs);
    expect(await news()).toBe(false);
    await add(db, 3, nowMs, 'U0ADA');
    expect(await news()).toBe(false);
    nowMs += 1000;
    await add(db, 2, nowMs);
    expect([await news(), await news()]).toEqual([true, false]);
    await add(db, 4, nowMs);
    expect([await news(), await news()]).toEqual([true, false]);
    nowMs += 60_000;
    expect(await news()).toBe(false);
    expect(found).toBe(2);
  });
});
