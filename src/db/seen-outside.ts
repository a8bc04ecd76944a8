import * as z from 'zod';
import { OUTSIDE } from './audit-trail.ts';
import type { Db } from './tables.ts';

/** Somebody who was noticed active, whom nobody had activated through the bot. */
export interface SeenActivation {
  readonly seq: number;
  readonly at: Date;
  readonly userId: string;
}

const subjectsSchema = z.array(z.object({ userId: z.string().optional() }));

/** Whom an entry of the watch is about: it notes one user in each. */
export const userSeen = (subjects: string): string =>
  subjectsSchema.parse(JSON.parse(subjects))[0]?.userId ?? '';

/** Activations and creations noticed outside Slack from `at` on, behind the entry `seq` of that moment; oldest first, so many entries. */
export async function activationsSeenOutside(
  db: Db,
  from: { readonly at: number; readonly seq: number },
  most: number,
): Promise<readonly SeenActivation[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['seq', 'at', 'subjects'])
    .where('actor', '=', OUTSIDE)
    .where('event', '=', 'observed')
    .where('after', '=', 'active')
    .where('at', '>=', from.at)
    .where((where) => where.or([where('at', '>', from.at), where('seq', '>', from.seq)]))
    .orderBy('at')
    .orderBy('seq')
    .limit(most)
    .execute();
  return rows.map(({ seq, at, subjects }) => ({ seq, at: new Date(at), userId: userSeen(subjects) }));
}
