import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import type { FaultPoint } from '../changes/apply/fault-point.ts';
import { newChangeId } from '../changes/change-id.ts';
import type { CommandLineConfig } from '../config.ts';
import { licenseRules, platformClient } from '../core/platform.ts';
import { type Core, createCore } from '../core.ts';
import { connect } from '../db/connect.ts';
import { migrateToLatest } from '../db/migrate.ts';
import { SILENT_MS } from '../db/replicas.ts';
import { joinDatabase, type SharedDatabase } from '../db/shared-database.ts';
import type { Db } from '../db/tables.ts';
import type { WallarooClient } from '../wallaroo/client.ts';

export interface OfficeParts {
  readonly config: CommandLineConfig;
  readonly log: Logger;
  readonly faultPoint: (point: FaultPoint) => Promise<void>;
}

/** The core, on the same database and platform as the running bots. */
export interface Office {
  readonly config: CommandLineConfig;
  readonly core: Core;
  readonly wallaroo: WallarooClient;
  readonly newId: () => string;
  readonly now: () => Date;
  /** With its tables up to date. */
  readonly db: Db;
  /** Enters this process among those that use the database, so that none takes what it holds for left behind. */
  join(): Promise<void>;
  /** Leaves the others and closes everything. */
  close(): Promise<void>;
}

/**
 * Opens the core, with the tables of the database up to date, as any of its parts may read them.
 * @throws ChatopsError `database_unusable`
 */
export async function openOffice({ config, log, faultPoint }: OfficeParts): Promise<Office> {
  const now = () => new Date();
  const monotonicMs = () => performance.now();
  const newId = () => newChangeId(randomInt);
  const db = connect(config.DATABASE_URL, (error) =>
    log.warn({ err: error }, 'a link to the database broke'),
  );
  const wallaroo = platformClient(config, {});
  let leaseNow = now;
  let joined: Promise<SharedDatabase> | undefined;
  try {
    await migrateToLatest(db, config.DATABASE_URL);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const join = async (): Promise<SharedDatabase> => {
    const url = config.DATABASE_URL;
    const shared = await joinDatabase(db, { log, url, now, monotonicMs, standstillMs: SILENT_MS });
    leaseNow = shared.leaseNow;
    return shared;
  };
  const core = createCore({
    config,
    log,
    now,
    leaseNow: () => leaseNow(),
    monotonicMs,
    random: Math.random,
    newId,
    faultPoint,
    db,
    wallaroo,
    rules: licenseRules(config, ''),
    emailOf: async () => undefined,
    ended: () => undefined,
    kick: () => undefined,
  });
  return {
    config,
    core,
    wallaroo,
    newId,
    now,
    db,
    join: async () => {
      joined ??= join();
      await joined;
    },
    close: async () => {
      await (await joined)?.leave();
      await db.destroy();
    },
  };
}
