import type { Db } from '../../db/tables.ts';
import type { Change, Step } from '../change.ts';
import { fromRows } from '../store/change-rows.ts';

/** A write of the bot's, for whoever tells its changes from those of others. */
export interface OwnWrite {
  /** A user's id, or the email of somebody invited whose id is not known yet. */
  readonly subject: string;
  readonly enabled: boolean;
  /** `undefined`: under way, or nobody knows whether it took effect. */
  readonly settledAt: Date | undefined;
}

/** Every write of the bot's that was settled since then, or is not settled yet. */
export async function ownWrites(db: Db, since: Date): Promise<readonly OwnWrite[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where((where) =>
      where.or([
        where('state', '=', 'applying'),
        where.and([where('state', '=', 'approved'), where('attempts', '>', 0)]),
        where(
          'id',
          'in',
          where
            .selectFrom('audit')
            .select('audit.changeId')
            .where('audit.event', 'in', ['applied', 'failed'])
            .where('audit.at', '>=', since.getTime())
            .where('audit.changeId', 'is not', null)
            .$narrowType<{ changeId: string }>(),
        ),
      ]),
    )
    .execute();
  return fromRows(rows).flatMap((change) => change.steps.flatMap((step) => writesOf(change, step)));
}

function writesOf({ appliedAt }: Change, step: Step): readonly OwnWrite[] {
  switch (step.type) {
    case 'invite':
      return [step.email, ...(step.userId === undefined ? [] : [step.userId])].map((subject) => ({
        subject,
        enabled: true,
        settledAt: appliedAt,
      }));
    case 'switch': {
      // `before` is stored ahead of the write: without it, or where it was so already, nothing was written.
      if (step.before === undefined || step.before === step.enabled) return [];
      const settledAt = step.after === undefined ? undefined : appliedAt;
      const write = { subject: step.userId, enabled: step.enabled, settledAt };
      return step.takenBack ? [write, { ...write, enabled: !step.enabled }] : [write];
    }
    case 'extend':
      return [];
  }
}
