import type { Kysely } from 'kysely';

/** Digests with their claims, snoozed suggestions, what the watch saw last, and its warnings. */
export async function createDigestAndWatch(db: Kysely<unknown>): Promise<void> {
  await createDigest(db);
  await createWatch(db);
}

async function createDigest({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('schedule_start')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('digest_run')
    .ifNotExists()
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('slot', 'bigint', (c) => c.notNull())
    .addColumn('window_from', 'bigint', (c) => c.notNull())
    .addColumn('window_to', 'bigint', (c) => c.notNull())
    .addColumn('essence', 'text')
    .addColumn('ts', 'text')
    .addColumn('done', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('shown_revision', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('digest_run_key', ['kind', 'channel', 'slot'])
    .execute();
  await schema
    .createIndex('digest_run_message')
    .ifNotExists()
    .on('digest_run')
    .columns(['channel', 'ts'])
    .execute();
  await schema
    .createTable('snooze')
    .ifNotExists()
    .addColumn('user_id', 'text', (c) => c.primaryKey())
    .addColumn('kept_by', 'text', (c) => c.notNull())
    .addColumn('kept_at', 'bigint', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}

async function createWatch({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('watch')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('looked_at', 'bigint', (c) => c.notNull())
    .addColumn('next_look_at', 'bigint', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('users', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('license_warning')
    .ifNotExists()
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('raised_at', 'bigint', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('meter', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('shown_revision', 'integer', (c) => c.notNull())
    .addColumn('ts', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .execute();
}
