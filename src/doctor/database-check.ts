import { constants, existsSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { connect, databaseKind, ping } from '../db/connect.ts';
import { databaseClock, farOffSentence } from '../db/database-clock.ts';
import { databaseFault } from '../db/database-fault.ts';
import { migrationCount, newerSentence } from '../db/migrate.ts';
import type { Db } from '../db/tables.ts';
import { type Check, type Outcome, right, warning, wrong } from './check.ts';

/**
 * Whether the database opens, has the tables of this version, and shows the time of this machine. A file that is not there
 * yet is not made.
 */
export function databaseCheck(config: Config, now: () => Date): Check {
  return {
    name: 'Database',
    needs: ['DATABASE_URL'],
    run: async () => {
      const url = config.DATABASE_URL;
      const isFile = databaseKind(url) === 'file';
      const path = resolve(url.replace(/^file:/, ''));
      if (isFile && !existsSync(path)) return newFileOutcome(path);
      try {
        return await opened(url, isFile ? path : 'PostgreSQL', now);
      } catch (error) {
        const { problem, remedy } = databaseFault(url, error);
        return wrong(problem, remedy);
      }
    },
  };
}

async function opened(url: string, what: string, own: () => Date): Promise<Outcome> {
  const db = connect(url, () => undefined);
  try {
    await ping(db);
    const { made, missing, newer } = await migrationCount(db, databaseKind(url));
    if (made > 0 && missing > 0)
      return wrong(
        `${what} is of an older version: ${missing} ${missing === 1 ? 'migration is' : 'migrations are'} missing`,
        'start this version of the bot once: it brings the tables up to date',
      );
    if (made > 0) await expectWrites(db);
    const another = newerSentence(newer);
    if (another !== undefined)
      return warning(
        `${what}, up to date, but ${another}`,
        'install the newer version again: docs/deploy.md → Rollback',
      );
    const state = made === 0 ? 'empty: the first start makes the tables' : 'up to date';
    const monotonicMs = (): number => performance.now();
    const { aheadMs } = await databaseClock(db, databaseKind(url), { own, monotonicMs });
    const farOff = farOffSentence(aheadMs());
    return farOff === undefined
      ? right(`${what}, ${state}`)
      : warning(
          `${what}, ${state}, but ${farOff}`,
          "set this machine's clock, best by NTP: requests expire and activations end by it",
        );
  } finally {
    await db.destroy();
  }
}

/** Rejects where the database only reads, or this user may not write: by a write that finds no row. */
async function expectWrites(db: Db): Promise<void> {
  await db
    .transaction()
    .execute((trx) => trx.updateTable('instance').set({ seenAt: 0 }).where('id', '=', '').execute());
}

async function newFileOutcome(path: string): Promise<Outcome> {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory())
    return wrong(`${path} cannot be made: ${folder} is a file`, 'set another path');
  try {
    await access(folder, constants.W_OK);
    return right(`${path} is made at the first start`);
  } catch {
    return wrong(
      `${path} cannot be made: ${folder} is not writable`,
      'give the bot the right to write there',
    );
  }
}
