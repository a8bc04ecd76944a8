import type { Db } from '../../db/tables.ts';
import { type Change, isRequestOf, mayAskAgain } from '../change.ts';
import { kindOfStep } from '../steps/step.ts';
import { fromRows } from './change-rows.ts';
import { pendingChanges } from './change-store.ts';

/** How far back somebody's ended requests are shown, ms. */
const LATELY_MS = 30 * 86_400_000;
/** Of each person: those that ended well are not shown. */
const MOST_READ = 30;

/** What the person known by these keys asked for within a month and did not get, or had until it ended, newest first. */
export async function lostRequests(
  db: Db,
  personKeys: readonly string[],
  now: Date,
): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where('requesterId', 'in', [...personKeys])
    .where('createdAt', '>', now.getTime() - LATELY_MS)
    .orderBy('createdAt', 'desc')
    .limit(MOST_READ)
    .execute();
  const newest = new Map<string, Change>();
  for (const change of fromRows(rows)) {
    if (!isRequestOf(change, personKeys)) continue;
    const subject = subjectsOf(change).join(' ');
    if (!newest.has(subject)) newest.set(subject, change);
  }
  return [...newest.values()].filter(mayAskAgain);
}

const subjectsOf = ({ steps }: Change): readonly string[] =>
  steps.map((step) => {
    const { userId, label } = kindOfStep(step).subject(step);
    return userId ?? label.toLowerCase();
  });

/** The oldest pending request that lets in the user of this id, or invites this email. */
export async function waitingFor(
  db: Db,
  { userId, email }: { readonly userId: string | undefined; readonly email: string },
): Promise<{ readonly since: Date } | undefined> {
  const keys = [userId, email.toLowerCase()];
  const found = (await pendingChanges(db)).find(({ steps }) =>
    steps.some((step) => {
      const seat = kindOfStep(step).seat(step);
      return seat?.effect === 'takes' && keys.includes(seat.key);
    }),
  );
  return found && { since: found.createdAt };
}
