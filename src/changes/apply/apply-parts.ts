import type { Logger } from 'pino';
import type { Db } from '../../db/tables.ts';
import type { License, Names } from '../../license/seats.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import type { Change } from '../change.ts';
import type { CardPlace } from '../store/card-store.ts';
import type { FaultPoint } from './fault-point.ts';

export interface ApplyParts {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => Date;
  /** The clock of leases, which all replicas share. */
  readonly leaseNow: () => Date;
  readonly random: () => number;
  readonly newId: () => string;
  readonly wallaroo: WallarooClient;
  readonly license: License;
  readonly exempt: Names;
  readonly protectedUsers: Names;
  /** Told of every fault point passed; does nothing outside tests. */
  readonly faultPoint: (point: FaultPoint) => Promise<void>;
  /** Told of every change that this process has applied, or failed to. */
  readonly ended: (change: Change) => void;
  /** Told where a change came to its end and nothing was to be applied: what shows it is out of date. @default nobody is told */
  readonly closed?: ((change: Change) => void) | undefined;
  /** Whether deactivating somebody also ends their sessions. @default true */
  readonly endSessions?: boolean | undefined;
  /** Whether people are told of what was done to their accounts. @default false */
  readonly notifyUsers?: boolean | undefined;
  /** Where the change is to be shown once it does not end at once. */
  readonly placesOf: (change: Change) => readonly CardPlace[];
}
