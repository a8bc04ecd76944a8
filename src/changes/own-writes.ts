import type { Db } from '../db/tables.ts';
import type { Change, Step } from './change.ts';
import { fromRow } from './change-rows.ts';

/** A write of ours on the platform, made or tried. */
export interface OwnWrite {
  /** A user's id, or the email of somebody invited whose id is not known yet. */
  readonly subject: string;
  readonly enabled: boolean;
  /** When its change ended; `undefined` while it is under way, or when nobody knows whether it took effect. */
  readonly settledAt: Date | undefined;
}

/** What the bot itself wrote since then, and what it is writing now: for telling changes made elsewhere apart. */
export async function ownWrites(db: Db, since: Date): Promise<readonly OwnWrite[]> {
  const rows = await db
    .selectFrom('change')
    .leftJoin('audit', (join) =>
      join
        .onRef('audit.change_id', '=', 'change.id')
        .on('audit.event', 'in', ['applied', 'failed'])
        .on('audit.at', '>=', since.getTime()),
    )
    .selectAll('change')
    .select('audit.at as ended_at')
    .where((where) =>
      where.or([where('change.state', 'in', ['approved', 'applying']), where('audit.at', 'is not', null)]),
    )
    .execute();
  return rows.flatMap(({ ended_at, ...row }) => writesOf(fromRow(row), ended_at));
}

function writesOf(change: Change, endedAt: number | null): readonly OwnWrite[] {
  const ended = change.state === 'applied' || change.state === 'failed';
  const settledAt = ended && endedAt !== null ? new Date(endedAt) : undefined;
  return change.steps.flatMap((step) => writesOfStep(step, settledAt));
}

/** A step's `before` is stored ahead of its write: without it nothing was written. */
function writesOfStep(step: Step, settledAt: Date | undefined): readonly OwnWrite[] {
  switch (step.type) {
    case 'extend':
      return [];
    case 'invite':
      return [
        {
          subject: step.userId ?? step.email,
          enabled: true,
          settledAt: step.userId === undefined ? undefined : settledAt,
        },
      ];
    case 'switch': {
      const { userId: subject, enabled, before, after, takenBack } = step;
      if (before === undefined || before === enabled) return [];
      if (takenBack !== true)
        return [{ subject, enabled, settledAt: after === undefined ? undefined : settledAt }];
      return [
        { subject, enabled, settledAt },
        { subject, enabled: !enabled, settledAt },
      ];
    }
  }
}
