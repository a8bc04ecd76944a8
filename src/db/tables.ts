import type { Kysely } from 'kysely';
import type { AuditTable } from './tables/audit-table.ts';
import type { CardTable } from './tables/card-table.ts';
import type { ChangeTable } from './tables/change-table.ts';
import type { DigestRunTable, ScheduleStartTable, SnoozeTable } from './tables/digest-tables.ts';
import type { HomeViewerTable } from './tables/home-table.ts';
import type { LeaseTable, ReplicaTable } from './tables/process-tables.ts';
import type { UserNewsTable } from './tables/user-news-table.ts';
import type { LicenseWarningTable, WatchTable } from './tables/watch-tables.ts';

/** Moments are integers, milliseconds since 1970 UTC; structured values are JSON text: alike on both databases. */
export interface Tables {
  change: ChangeTable;
  card: CardTable;
  audit: AuditTable;
  lease: LeaseTable;
  scheduleStart: ScheduleStartTable;
  digestRun: DigestRunTable;
  snooze: SnoozeTable;
  watch: WatchTable;
  licenseWarning: LicenseWarningTable;
  homeViewer: HomeViewerTable;
  userNews: UserNewsTable;
  /** Named as long ago: older versions of the bot may run beside this one. */
  instance: ReplicaTable;
}

export type Db = Kysely<Tables>;
