import { type Kysely, sql } from 'kysely';
import type { DatabaseKind } from '../connect.ts';

/** Changes, their cards, the audit trail and leases. */
export async function createChanges(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await createChange(db);
  await indexChange(db);
  await createCard(db);
  await createAudit(db, kind);
  await createLease(db);
}

async function createChange({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('change')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('steps', 'text', (c) => c.notNull())
    .addColumn('twin_key', 'text', (c) => c.notNull())
    .addColumn('snapshot', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('requester_id', 'text', (c) => c.notNull())
    .addColumn('requester_email', 'text')
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'bigint')
    .addColumn('decision_reason', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('not_before', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('seat_reserved', 'integer', (c) => c.notNull())
    .addColumn('applied_at', 'bigint')
    .addColumn('failure', 'text')
    .addColumn('last_fault', 'text')
    .addColumn('duration_ms', 'bigint')
    .addColumn('notice_at', 'bigint')
    .addColumn('parent_id', 'text')
    .addColumn('undone', 'integer', (c) => c.notNull())
    .execute();
}

async function indexChange(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await sql`create unique index if not exists change_pending_twin on change (twin_key) where state = 'pending'`.execute(
    db,
  );
  await schema
    .createIndex('change_state')
    .ifNotExists()
    .on('change')
    .columns(['state', 'not_before'])
    .execute();
  await schema.createIndex('change_notice').ifNotExists().on('change').column('notice_at').execute();
  await schema
    .createIndex('change_requester')
    .ifNotExists()
    .on('change')
    .columns(['requester_id', 'state'])
    .execute();
}

async function createCard({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('card')
    .ifNotExists()
    .addColumn('change_id', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('destination', 'text', (c) => c.notNull())
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('shown_revision', 'integer', (c) => c.notNull())
    .addColumn('shown', 'text')
    .addColumn('told_seq', 'bigint', (c) => c.notNull())
    .addColumn('gone', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('card_key', ['change_id', 'place'])
    .execute();
  await schema.createIndex('card_message').ifNotExists().on('card').columns(['channel', 'ts']).execute();
}

async function createAudit({ schema }: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await schema
    .createTable('audit')
    .ifNotExists()
    .addColumn('seq', kind === 'file' ? 'integer' : 'bigserial', (c) =>
      kind === 'file' ? c.primaryKey().autoIncrement() : c.primaryKey(),
    )
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('change_id', 'text')
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('requester', 'text')
    .addColumn('subjects', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('once', 'text', (c) => c.notNull().unique())
    .execute();
  await schema.createIndex('audit_change').ifNotExists().on('audit').column('change_id').execute();
  await schema.createIndex('audit_at').ifNotExists().on('audit').column('at').execute();
}

async function createLease({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('lease')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}
