import { type Kysely, sql } from 'kysely';

/**
 * Indexes that hold what is due and nothing else, so that a look each second costs the same with a hundred thousand ended
 * changes as with none. For that a card knows the revision of its change.
 */
export async function indexDueWork(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('card')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  const statements = [
    sql`update card set revision = (select change.revision from change where change.id = card.change_id)
      where exists (select 1 from change where change.id = card.change_id)`,
    sql`create index card_due on card (not_before) where gone = 0 and shown_revision < revision`,
    sql`create index change_going_on on change (created_at)
      where (state in ('pending', 'approved', 'applying') or notice_at is not null)`,
    sql`create index change_reserved on change (id) where seat_reserved = 1`,
    sql`create index change_applied on change (state, applied_at)`,
    sql`create index audit_requester on audit (requester, seq)`,
    sql`create index audit_actor on audit (actor, seq)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
