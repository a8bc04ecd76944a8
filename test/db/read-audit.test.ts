import { expect, it } from 'vitest';
import { type AuditEntry, appendAudit } from '../../src/db/audit-trail.ts';
import { readAudit } from '../../src/db/read-audit.ts';
import type { Db } from '../../src/db/tables.ts';
import { describeOnDatabases } from '../support/databases.ts';

const DAY_MS = 86_400_000;
const start = new Date('2026-11-01T08:00:00Z');

function entry(n: number, over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: new Date(start.getTime() + n * DAY_MS),
    changeId: `C-${n}`,
    event: 'applied',
    actor: 'U0ADMIN',
    requester: undefined,
    subjects: [{ userId: `id-${n}`, label: `user${n}@example.com` }],
    reason: '',
    before: 'inactive',
    after: 'active',
    outcome: 'Activated.',
    once: `once-${n}`,
    ...over,
  };
}

async function append(db: Db, ...entries: readonly AuditEntry[]): Promise<void> {
  for (const one of entries) await appendAudit(db, one);
}

describeOnDatabases('readAudit', (open) => {
  it('gives back what was appended, newest first', async () => {
    const { db } = await open();
    const first = entry(1, { requester: 'U0ASKED', reason: 'new "colleague"\nfrom \\ Köln' });
    const second = entry(2, {
      event: 'observed',
      actor: 'outside',
      changeId: undefined,
      subjects: [{ userId: undefined, label: 'nobody' }],
      before: undefined,
      after: undefined,
    });
    await append(db, first, second);
    const [newest, oldest, ...more] = await readAudit(db, { most: 10 });
    expect(newest).toEqual({ ...second, seq: newest?.seq });
    expect(oldest).toEqual({ ...first, seq: oldest?.seq });
    expect(more).toEqual([]);
  });

  it('narrows by moment and event: since included, until not', async () => {
    const { db } = await open();
    await append(db, entry(1), entry(2, { event: 'denied' }), entry(3), entry(4));
    const between = await readAudit(db, { since: entry(2).at, until: entry(4).at, most: 10 });
    expect(between.map(({ changeId }) => changeId)).toEqual(['C-3', 'C-2']);
    const denied = await readAudit(db, { events: ['denied', 'expired'], most: 10 });
    expect(denied.map(({ changeId }) => changeId)).toEqual(['C-2']);
    expect(await readAudit(db, { events: [], most: 10 })).toEqual([]);
  });

  it('tells of each change that ended once: how it went when it was tried again', async () => {
    const { db } = await open();
    const failed = { event: 'failed', changeId: 'C-1' } as const;
    await append(
      db,
      entry(1, { event: 'requested', changeId: 'C-1' }),
      entry(2, failed),
      entry(3, { event: 'retried', changeId: 'C-1' }),
      entry(4, failed),
      entry(5, { event: 'retried', changeId: 'C-1' }),
      entry(6, { changeId: 'C-1' }),
      entry(7, { event: 'failed' }),
      entry(8, { event: 'observed', changeId: undefined }),
    );
    const ends = await readAudit(db, { ends: true, most: 10 });
    expect(ends.map(({ event, changeId }) => [event, changeId])).toEqual([
      ['observed', undefined],
      ['failed', 'C-7'],
      ['applied', 'C-1'],
    ]);
  });

  it.each([
    ['a part of a label, ignoring case', 'USER3@', ['C-3']],
    ["a subject's id", 'ID-2', ['C-2']],
    ['no part of an id', 'd-2', []],
    ['the Slack id of who did it', 'U0OTHER', ['C-4']],
    ['the Slack id of who asked', 'u0asked', ['C-1']],
    ['a quotation mark in a label', 'o"brien', ['C-5']],
    ['a backslash in a label', 'corp\\o', ['C-5']],
    ['letters beyond ASCII, ignoring case', 'Ö', ['C-6']],
    ['no wildcard %', 'user%', []],
    ['no wildcard _', 'user_', ['C-7']],
    ['not the names of the stored fields', 'label', []],
    ['nobody', 'zoe', []],
  ])('finds by who: %s', async (_case, who, changeIds) => {
    const { db } = await open();
    await append(
      db,
      entry(1, { requester: 'U0ASKED' }),
      entry(2),
      entry(3),
      entry(4, { actor: 'U0OTHER' }),
      entry(5, { subjects: [{ userId: 'x', label: 'CORP\\O"Brien' }] }),
      entry(6, { subjects: [{ userId: 'y', label: 'JÖRG' }] }),
      entry(7, { subjects: [{ userId: 'z', label: 'user_z' }] }),
    );
    const found = await readAudit(db, { who, most: 10 });
    expect(found.map(({ changeId }) => changeId)).toEqual(changeIds);
  });

  it('finds entries that concern any of several', async () => {
    const { db } = await open();
    await append(db, entry(1), entry(2), entry(3, { actor: 'U0OTHER' }));
    const found = await readAudit(db, { who: ['U0OTHER', 'user1@example.com'], most: 10 });
    expect(found.map(({ changeId }) => changeId)).toEqual(['C-3', 'C-1']);
  });

  it('pages by seq without gaps or repetitions, also where many rows only look like a match', async () => {
    const { db } = await open();
    for (let n = 0; n < 25; n++)
      await append(
        db,
        entry(n, n % 5 === 0 ? {} : { subjects: [{ userId: 'label', label: `other${n}` }], actor: 'U1' }),
      );
    const seen: (string | undefined)[] = [];
    let beforeSeq: number | undefined;
    for (;;) {
      const page = await readAudit(db, { who: 'example', beforeSeq, most: 2 });
      seen.push(...page.map(({ changeId }) => changeId));
      beforeSeq = page.at(-1)?.seq;
      if (page.length < 2) break;
    }
    expect(seen).toEqual(['C-20', 'C-15', 'C-10', 'C-5', 'C-0']);
  });
});
