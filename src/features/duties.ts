import type { Logger } from 'pino';
import type { Access } from '../access/access-service.ts';
import { announce } from '../changes/announce/announcer.ts';
import type { Config } from '../config.ts';
import { upkeep } from '../core/upkeep.ts';
import type { Core } from '../core.ts';
import { isAway } from '../db/database-fault.ts';
import type { Db } from '../db/tables.ts';
import { type Duty, RecurringPass } from '../jobs/recurring-pass.ts';
import type { Watchdog } from '../jobs/watchdog.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import { keepPosts, type PostParts } from '../posts/keep-posts.ts';
import { warningPosts } from '../watch/warning-posts.ts';
import { type TellUsersParts, tellUsers } from './tell-users.ts';

const PASS_EVERY_MS = 1000;
/** One change waits for the lock of platform writes, and each of its calls for as long as the client lets it. */
const CHANGE_LIMITS = 2;
export interface DutyParts extends TellUsersParts {
  readonly access: Access;
  readonly config: Config;
  readonly core: Core;
  readonly db: Db;
  readonly log: Logger;
  readonly monotonicMs: () => number;
  readonly posting: PostParts;
  readonly rules: LicenseRules;
  readonly watchdog: Watchdog;
  /** After which silent work counts as standing still, ms. */
  readonly standstillMs: number;
}

/** What is due of changes and of the license, apart from each other: a platform that hangs keeps nobody from news. */
export function coreDuties(parts: DutyParts): readonly (readonly Duty[])[] {
  const { access, config, core, db, posting, rules, standstillMs } = parts;
  const announcing = {
    ...posting,
    adminPrincipals: config.ADMINS,
    wallarooUrl: config.WALLAROO_URL,
    approvalsChannel: config.APPROVALS_CHANNEL,
    administratorIds: access.administratorIds,
    isAdministrator: access.isAdministrator,
  };
  return [
    [
      {
        name: 'carry out changes',
        run: (alive) => core.changes.applyDue(alive),
        limitMs: CHANGE_LIMITS * standstillMs,
      },
    ],
    [{ name: 'tell what time brings', run: (alive) => core.changes.tellNews(alive) }],
    [{ name: 'announce', run: (alive) => announce(announcing, alive) }],
    tellUsers(parts),
    [core.watch.duty],
    [{ name: 'post license warnings', run: (alive) => keepPosts(posting, warningPosts(db, rules), alive) }],
    upkeep({ ...parts, leaseNow: posting.leaseNow, retentionMs: config.RETENTION }),
  ];
}

/** Runs duties one after the other, watched for standing still. */
export const passOf = ({ log, watchdog, standstillMs }: DutyParts, duties: readonly Duty[]): RecurringPass =>
  new RecurringPass({
    duties,
    everyMs: PASS_EVERY_MS,
    log,
    watchdog,
    limitMs: standstillMs,
    isAtStandstill: isAway,
  });
