import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { startHeartbeat } from '../jobs/heartbeat.ts';
import type { Watchdog } from '../jobs/watchdog.ts';
import { databaseKind, filePath } from './connect.ts';
import { databaseClock } from './database-clock.ts';
import { isFull } from './database-fault.ts';
import { BEATS, joinReplicas } from './replicas.ts';
import { sameFile } from './same-file.ts';
import type { Db } from './tables.ts';

export interface JoinParts {
  readonly log: Logger;
  /** `file:…` or `postgres://…`. */
  readonly url: string;
  readonly now: () => Date;
  readonly monotonicMs: () => number;
  /** Told of every beat. @default nobody: a command is over before it could stand still */
  readonly watchdog?: Watchdog;
  /** After which silent work counts as standing still, ms. */
  readonly standstillMs: number;
}

/** This process among those that share the database. */
export interface SharedDatabase {
  /** The clock that all of them share, for leases and claims. */
  readonly leaseNow: () => Date;
  /** Tells the others that this one lives: a write, so that readiness sees whether writes go through. */
  beat(): Promise<void>;
  leave(): Promise<void>;
}

/** Joins the replicas on a database whose tables are there, and tells them regularly that this one lives. */
export async function joinDatabase(db: Db, parts: JoinParts): Promise<SharedDatabase> {
  const { log, url, now: own, monotonicMs, watchdog, standstillMs } = parts;
  const onFarOff = (sentence: string): void => log.warn(sentence);
  const clock = await databaseClock(db, databaseKind(url), { own, monotonicMs, onFarOff });
  const replica = await joinReplicas(db, randomUUID(), clock.now);
  const path = filePath(url);
  const expectSameFile = path === undefined ? async () => undefined : await sameFile(path);
  const write = async (): Promise<void> => {
    await expectSameFile();
    await replica.beat();
  };
  const beat = async (): Promise<void> => {
    await write();
    await clock.follow();
  };
  const watched = watchdog?.watch('heartbeat', standstillMs);
  const heartbeat = startHeartbeat(standstillMs / BEATS, log, beat, {
    ...(watched && { watched }),
    // Readiness reports it, and a restart would make no room.
    isAtStandstill: (error) => !isFull(error),
  });
  return {
    leaseNow: clock.now,
    beat: write,
    leave: async () => {
      await heartbeat.stop();
      await replica.leave().catch((error: unknown) => log.warn({ err: error }, 'could not sign off'));
    },
  };
}
