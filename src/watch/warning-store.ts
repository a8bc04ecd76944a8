import { z } from 'zod';
import type { Db, LicenseWarningRow } from '../db/tables.ts';
import { type Level, levelOf, type Meter } from '../license/seats.ts';
import { hasRisen } from './crossing.ts';
import type { Warning, WarningState } from './warning-views.ts';

/** Longer than a call of Slack may take. */
const CLAIM_MS = 30_000;
const AT_A_TIME = 20;

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
  if (meter.kind === 'unlimited') return;
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
      notBefore: 0,
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
      shownRevision: -1,
      ts: null,
      attempts: 0,
      notBefore: 0,
    })
    .execute();
}

/** Warnings that the channel does not show as they are, each taken for this process alone. */
export async function takeOutdatedWarnings(db: Db, now: Date): Promise<readonly LicenseWarningRow[]> {
  const rows = await db
    .selectFrom('licenseWarning')
    .selectAll()
    .whereRef('shownRevision', '<', 'revision')
    .where('notBefore', '<=', now.getTime())
    .orderBy('id')
    .limit(AT_A_TIME)
    .execute();
  const taken = await Promise.all(rows.map((row) => take(db, row, now)));
  return taken.filter((row) => row !== undefined);
}

const take = (db: Db, row: LicenseWarningRow, now: Date): Promise<LicenseWarningRow | undefined> =>
  db
    .updateTable('licenseWarning')
    .set({ attempts: row.attempts + 1, notBefore: now.getTime() + CLAIM_MS })
    .where('id', '=', row.id)
    .where('attempts', '=', row.attempts)
    .where('notBefore', '=', row.notBefore)
    .returningAll()
    .executeTakeFirst();

type WarningUpdate = Partial<Pick<LicenseWarningRow, 'ts' | 'shownRevision' | 'attempts' | 'notBefore'>>;

export async function updateWarning(db: Db, id: number, update: WarningUpdate): Promise<void> {
  await db.updateTable('licenseWarning').set(update).where('id', '=', id).execute();
}

export const warningOf = (row: LicenseWarningRow): Warning => ({
  state: row.state as WarningState,
  level: row.level as Level,
  meter: meterSchema.parse(JSON.parse(row.meter)),
  raisedAt: new Date(row.raisedAt),
  changedAt: new Date(row.changedAt),
});
