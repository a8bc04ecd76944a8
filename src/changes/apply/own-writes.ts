import type { RecordMark } from '../../db/record-mark.ts';
import type { Db } from '../../db/tables.ts';
import { kindOfStep } from '../steps/step.ts';
import type { StepWrite } from '../steps/step-kind.ts';
import { fromRows } from '../store/change-rows.ts';
import { goesOn, putOff } from '../store/due-changes.ts';

/** A write of the bot's, so that the watch can tell it from those of others. */
export interface OwnWrite extends Pick<StepWrite, 'subject' | 'enabled'> {
  readonly changeId: string;
  /** The place in the trail of its change's end; `undefined`: under way, or nobody knows whether it took effect. */
  readonly settledSeq: number | undefined;
}

/** How far the bot's records are now. Open changes are read last: what ended in between is settled either way. */
export async function markRecords(db: Db): Promise<RecordMark> {
  const latest = await db
    .selectFrom('audit')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { seq: latest?.seq ?? 0, open: (await openChanges(db)).map(({ id }) => id) };
}

/** Every write of the bot's that was settled after that point, or is not settled yet. */
export async function ownWrites(db: Db, since: RecordMark): Promise<readonly OwnWrite[]> {
  const ended = await db
    .selectFrom('audit')
    .select(['changeId', 'seq'])
    .where('event', 'in', ['applied', 'failed', 'cancelled'])
    .where('changeId', 'is not', null)
    .where((where) =>
      where.or([
        where('seq', '>', since.seq),
        ...(since.open.length > 0 ? [where('changeId', 'in', since.open)] : []),
      ]),
    )
    .orderBy('seq')
    .execute();
  const seqOf = new Map(ended.map(({ changeId, seq }) => [changeId, seq]));
  const open = await openChanges(db);
  const ids = new Set([...seqOf.keys()].filter((id) => id !== null));
  for (const { id } of open) ids.delete(id);
  const closed =
    ids.size === 0
      ? []
      : await db
          .selectFrom('change')
          .selectAll()
          .where('id', 'in', [...ids])
          .execute();
  return fromRows([...open, ...closed]).flatMap(({ id: changeId, steps, state }) =>
    steps.flatMap((step) =>
      kindOfStep(step)
        .ownWrites(step)
        .map(({ subject, enabled, isConfirmed }) => ({
          changeId,
          subject,
          enabled,
          settledSeq: isConfirmed && state === 'applied' ? seqOf.get(changeId) : undefined,
        })),
    ),
  );
}

/** Changes that may be writing at this moment, or may have written. */
export const openChanges = (db: Db) =>
  db
    .selectFrom('change')
    .selectAll()
    .where(goesOn)
    .where((where) =>
      where.or([where('state', '=', 'applying'), where.and([where('state', '=', 'approved'), putOff])]),
    )
    .execute();
