import type { Db } from '../../db/tables.ts';
import { kindOfStep } from '../steps/step.ts';
import { fromRows } from './change-rows.ts';

/** Longer ago nobody counts it as a sign of life, ms. */
const LATELY_MS = 366 * 86_400_000;

/**
 * When somebody was let in last, activated or invited, within a year: by user id, and by the email in small letters where
 * the platform told no id.
 */
export async function lettingIn(db: Db, now: Date): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where('state', '=', 'applied')
    .where('appliedAt', '>', now.getTime() - LATELY_MS)
    .orderBy('appliedAt')
    .execute();
  const letIn = new Map<string, Date>();
  for (const { appliedAt, steps } of fromRows(rows))
    for (const step of steps) {
      const seat = kindOfStep(step).seat(step);
      if (appliedAt !== undefined && seat?.effect === 'takes') letIn.set(seat.key, appliedAt);
    }
  return letIn;
}
