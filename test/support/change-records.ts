import { connect } from '../../src/db/connect.ts';
import type { AuditRow } from '../../src/db/tables/audit-table.ts';
import type { CardRow } from '../../src/db/tables/card-table.ts';
import type { ChangeRow } from '../../src/db/tables/change-table.ts';
import type { Db } from '../../src/db/tables.ts';

export interface ChangeRecords {
  readonly changes: readonly ChangeRow[];
  readonly cards: readonly CardRow[];
  /** Oldest first. */
  readonly audit: readonly AuditRow[];
}

/** What a bot has on record, read beside it. */
export async function readRecords(databaseUrl: string): Promise<ChangeRecords> {
  let closing = false;
  const db = connect(databaseUrl, (error) => {
    // A test that ends drops the database, whose links may still be closing.
    if (!closing) throw error;
  });
  try {
    return await recordsIn(db);
  } finally {
    closing = true;
    await db.destroy();
  }
}

export async function recordsIn(db: Db): Promise<ChangeRecords> {
  return {
    changes: await db.selectFrom('change').selectAll().orderBy('createdAt').execute(),
    cards: await db.selectFrom('card').selectAll().execute(),
    audit: await db.selectFrom('audit').selectAll().orderBy('seq').execute(),
  };
}
