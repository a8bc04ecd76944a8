import type { Db } from '../../db/tables.ts';
import { kindOfStep } from '../steps/step.ts';
import type { OwnWrite } from '../steps/step-kind.ts';
import { fromRows } from '../store/change-rows.ts';

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
  return fromRows(rows).flatMap(({ steps, appliedAt }) =>
    steps.flatMap((step) => kindOfStep(step).ownWrites(step, appliedAt)),
  );
}
