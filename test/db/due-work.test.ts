import { CompiledQuery, createQueryId, type RootOperationNode, sql } from 'kysely';
import { expect, it } from 'vitest';
import { newChange } from '../../src/changes/ask/ask.ts';
import { catchUpCards, staleCards } from '../../src/changes/store/card-store.ts';
import { findChange, insertChange, storeTransition } from '../../src/changes/store/change-store.ts';
import { changesWithNews, dueChanges } from '../../src/changes/store/due-changes.ts';
import { clearEndedChanges, stillNeeded } from '../../src/changes/store/ended-changes.ts';
import { changesOfUserSince, reservedActivations } from '../../src/changes/store/find-changes.ts';
import { transition } from '../../src/changes/transition.ts';
import { clearTrail } from '../../src/db/clear-trail.ts';
import { settledSeq } from '../../src/db/settled-seq.ts';
import type { Db } from '../../src/db/tables.ts';
import { viewersWithNews } from '../../src/home/viewer-store.ts';
import { describeOnDatabases, type TestDatabase } from '../support/databases.ts';

const now = new Date('2026-11-25T12:00:00Z');
const ENDED = 5000;

/** Many ended changes with a card each that agrees, and as many entries of the trail. */
async function fill({ db, kind }: TestDatabase): Promise<void> {
  const numbers =
    kind === 'file'
      ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ENDED})`
      : sql`with n(i) as (select generate_series(1, ${sql.lit(ENDED)}))`;
  const name = sql`'C-' || cast(i as text)`;
  const asker = sql`'A' || cast(i % 50 as text)`;
  await sql`insert into change (id, kind, origin, state, revision, steps, twin_key, snapshot, reason, requester_id,
      created_at, attempts, seat_reserved, applied_at, undone)
    ${numbers} select ${name}, 'activate', 'direct', 'applied', 3, '[]', ${name}, '{}', '', 'U0ADA', i, 0, 0, i, 0
    from n`.execute(db);
  await sql`insert into card (change_id, place, destination, shown_revision, revision, told_seq, gone, attempts, not_before)
    ${numbers} select ${name}, 'approvals', 'C1', 3, 3, 0, 0, 0, 0 from n`.execute(db);
  await sql`insert into audit (at, change_id, event, actor, requester, subjects, reason, outcome, once)
    ${numbers} select i, ${name}, 'applied', ${asker}, ${asker}, '[]', '', '', ${name} from n`.execute(db);
  await sql`insert into home_viewer (user_id, administrator, opened_at, asked, answered, seen_seq, looked_at, attempts,
      not_before, claimed_until)
    ${numbers} select 'U' || cast(i as text), 0, ${now.getTime()}, 1, 1, 0, 0, 0, 0, 0 from n where i <= 200`.execute(
    db,
  );
  await (kind === 'file' ? sql`analyze` : sql`vacuum analyze`).execute(db);
}

/** How the database goes about what `ask` asks. */
async function planOf({ db, kind }: TestDatabase, ask: (db: Db) => Promise<unknown>): Promise<string> {
  const nodes: RootOperationNode[] = [];
  const spied = db.withPlugin({
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await ask(spied);
  const plans: string[] = [];
  const plain = db.withoutPlugins();
  for (const node of nodes) {
    const { sql: text, parameters } = plain.getExecutor().compileQuery(node, createQueryId());
    const explain = kind === 'file' ? 'explain query plan' : 'explain';
    const { rows } = await plain.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]));
    plans.push(...rows.map((row) => JSON.stringify(row)));
  }
  return plans.join('\n');
}

/** All is younger than that. */
async function clearNothing(db: Db): Promise<void> {
  const clearing = { before: new Date(0), alive: () => undefined };
  const needed = await stillNeeded(db);
  await clearEndedChanges(db, { ...clearing, seen: undefined, needed });
  await clearTrail(db, { ...clearing, exceptOf: needed.users });
}

describeOnDatabases('what is looked for each second', (open) => {
  it.each<[string, (db: Db) => Promise<unknown>, RegExp]>([
    ['cards', (db) => staleCards(db, now, 50), /card_due/],
    [
      'changes',
      (db) => dueChanges(db, now, { from: now, ms: 8000 }, { most: 50, waiting: ['x'] }),
      /change_going_on/,
    ],
    ['news', (db) => changesWithNews(db, now, { most: 50, waiting: ['x'] }), /change_going_on/],
    ['seats promised', (db) => reservedActivations(db, 'C-1'), /change_reserved/],
    ['later changes of a user', (db) => changesOfUserSince(db, 'id', now), /change_applied/],
    ['what is over', clearNothing, /change_ended[\s\S]*audit_at/],
    ['Homes', (db) => viewersWithNews(db, now, 20), /audit_requester[\s\S]*audit_actor/],
    ['the end of the trail', (db) => settledSeq(db, now), /./],
  ])('does not cost more with what has ended: %s', async (_what, ask, index) => {
    const database = await open();
    await fill(database);
    const plan = await planOf(database, ask);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan on (change|card|audit)\b|SCAN (change|card)\b(?! USING INDEX)/);
  });
});

describeOnDatabases('a card', (open) => {
  async function pending(db: Db): Promise<void> {
    const change = newChange(
      {
        id: 'C-1',
        steps: [
          { type: 'switch', userId: 'u', enabled: false, label: 'u', before: undefined, after: undefined },
        ],
        reason: '',
        seatsShown: { taken: 1, after: 0 },
        requester: { userId: 'U0MIA', email: undefined, personKeys: ['U0MIA'], administrator: false },
      },
      now,
      86_400_000,
    );
    await insertChange(db, change, { cards: [{ place: 'approvals', destination: 'C1' }] });
  }
  const dueIn = async (db: Db) => (await staleCards(db, now, 50)).length;

  it('is due when it is new, not once it agrees, and again with the next transition', async () => {
    const { db } = await open();
    await pending(db);
    expect(await dueIn(db)).toBe(1);
    const change = await findChange(db, 'C-1');
    if (change === undefined) throw new Error('no change');
    await db.updateTable('card').set({ shownRevision: change.revision }).execute();
    expect(await dueIn(db)).toBe(0);
    const next = transition(change, { type: 'cancel', by: 'U0MIA', byKeys: ['U0MIA'] }, now);
    if (!next.ok) throw new Error(next.reason);
    await storeTransition(db, next.change);
    expect(await dueIn(db)).toBe(1);
  });

  it('is found again whose change an older version of the bot has stored beside this one', async () => {
    const { db } = await open();
    await pending(db);
    await db.updateTable('card').set({ shownRevision: 1 }).execute();
    await db.updateTable('card').set({ revision: 1 }).execute();
    await db.updateTable('change').set({ revision: 5 }).execute();
    expect(await dueIn(db)).toBe(0);
    await catchUpCards(db);
    expect(await dueIn(db)).toBe(1);
  });
});
