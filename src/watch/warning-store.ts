import * as z from 'zod';
import { earliest } from '../db/earliest.ts';
import type { LicenseWarningRow } from '../db/tables/watch-tables.ts';
import type { Db } from '../db/tables.ts';
import { type Level, levelOf, type Meter } from '../license/seats.ts';
import { dueUnlessClaimed, hasCome } from '../posts/claim.ts';
import { NOT_POSTED } from '../posts/post.ts';
import { hasRisen } from './crossing.ts';
import type { Warning, WarningState } from './warning-views.ts';

const meterSchema = z.object({
  kind: z.literal('limited'),
  taken: z.number(),
  seats: z.number(),
  warnAt: z.number(),
});

interface Followed {
  /** The look that saw the meter. */
  readonly id: number;
  readonly before: Level;
  readonly meter: Meter;
  readonly channel: string;
  readonly beganAt: Date;
}

/** Makes the warnings agree with the meter: one more after a rise; else the standing one tells how it is now. */
export async function followMeter(trx: Db, { id, before, meter, channel, beganAt }: Followed): Promise<void> {
  // The last limit stays with it: no version reads a warning without one.
  if (meter.kind === 'unlimited') return alterLive(trx, beganAt, { state: 'cleared' });
  const level = levelOf(meter);
  if (hasRisen(before, level)) {
    await alterLive(trx, beganAt, { state: 'superseded' });
    await insertWarning(trx, { id, level, meter, channel, at: beganAt });
  } else if (level === 'free')
    await alterLive(trx, beganAt, { state: 'cleared', meter: JSON.stringify(meter) });
  else await alterLive(trx, beganAt, { meter: JSON.stringify(meter) });
}

/** Alters the warning that stands, unless it says so already. */
async function alterLive(
  trx: Db,
  at: Date,
  alteration: { readonly state?: WarningState; readonly meter?: string },
): Promise<void> {
  let update = trx
    .updateTable('licenseWarning')
    .set((row) => ({
      ...alteration,
      changedAt: at.getTime(),
      revision: row('revision', '+', 1),
      notBefore: dueUnlessClaimed('licenseWarning'),
    }))
    .where('state', '=', 'live');
  if (alteration.state === undefined && alteration.meter !== undefined)
    update = update.where('meter', '!=', alteration.meter);
  await update.execute();
}

async function insertWarning(
  trx: Db,
  warning: { id: number; level: Level; meter: Meter; channel: string; at: Date },
): Promise<void> {
  const { id, level, channel, at } = warning;
  await trx
    .insertInto('licenseWarning')
    .values({
      id,
      channel,
      raisedAt: at.getTime(),
      level,
      meter: JSON.stringify(warning.meter),
      state: 'live',
      changedAt: at.getTime(),
      revision: 0,
      ...NOT_POSTED,
    })
    .execute();
}

/** Warnings that the channel does not show as they are. */
export const outdatedWarnings = (db: Db, now: Date, most: number): Promise<readonly LicenseWarningRow[]> =>
  db
    .selectFrom('licenseWarning')
    .selectAll()
    .whereRef('shownRevision', '<', 'revision')
    .where('gone', '=', 0)
    .where(hasCome('notBefore', now))
    .orderBy('id')
    .limit(most)
    .execute();

/** Since when the warning that waits longest says something else in the channel than it should. */
export const oldestOutdatedWarningAt = (db: Db): Promise<Date | undefined> =>
  earliest(
    db
      .selectFrom('licenseWarning')
      .select(({ fn }) => fn.min('changedAt').as('at'))
      .whereRef('shownRevision', '<', 'revision')
      .where('gone', '=', 0)
      .executeTakeFirst(),
  );

export const warningOf = (row: LicenseWarningRow): Warning => ({
  state: row.state as WarningState,
  level: row.level as Level,
  meter: meterSchema.parse(JSON.parse(row.meter)),
  raisedAt: new Date(row.raisedAt),
  changedAt: new Date(row.changedAt),
});
