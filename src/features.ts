import type { Logger } from 'pino';
import type { Access } from './access/access-service.ts';
import { registerAudit } from './audit/audit-handlers.ts';
import { latestRows } from './audit/audit-service.ts';
import { readAdministrators } from './changes/administrator-facts.ts';
import { announce } from './changes/announce/announcer.ts';
import type { ApplyParts } from './changes/apply/apply-parts.ts';
import { ownWrites } from './changes/apply/own-writes.ts';
import { ChangeService } from './changes/change-service.ts';
import { askText } from './changes/change-texts.ts';
import { registerChanges } from './changes/changes-handlers.ts';
import { ids as changeIds } from './changes/changes-ids.ts';
import { ConfirmDesk } from './changes/confirm/confirm-facts.ts';
import { requestRow } from './changes/decide/request-list-views.ts';
import { deactivationGuard } from './changes/guards.ts';
import { pendingChanges } from './changes/store/change-store.ts';
import type { Config } from './config.ts';
import { isAway } from './db/database-fault.ts';
import type { Db } from './db/tables.ts';
import { registerDigest } from './digest/digest-handlers.ts';
import { registerHelp } from './help/help-handlers.ts';
import { ids as helpIds } from './help/help-ids.ts';
import { registerHome } from './home/home-handlers.ts';
import { type Duty, RecurringPass } from './jobs/recurring-pass.ts';
import type { Watchdog } from './jobs/watchdog.ts';
import { type LicenseRules, readMeter } from './license/license-desk.ts';
import { isNamed, namesOf } from './license/seats.ts';
import type { Metrics } from './ops/metrics.ts';
import type { PostParts } from './posts/keep-posts.ts';
import { button } from './slack/blocks.ts';
import { route, type Subcommand } from './slack/command-router.ts';
import type { Dispatcher } from './slack/dispatcher.ts';
import type { SlackClients } from './slack/slack-clients.ts';
import { accountFaults } from './users/account-faults.ts';
import { registerUsers } from './users/users-handlers.ts';
import { ids as userIds } from './users/users-ids.ts';
import { UsersService } from './users/users-service.ts';
import { noneBlocks, severalBlocks } from './users/users-views.ts';
import type { WallarooClient } from './wallaroo/client.ts';
import { createWatch } from './watch/watch-service.ts';

const PASS_EVERY_MS = 1000;
/** One change waits for the lock of platform writes, and each of its calls for as long as the client lets it. */
const CHANGE_LIMITS = 2;
const HOME_LATEST = 5;

/** Everything that the features are made of. */
export interface FeatureParts {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  /** The clock of leases and claims. */
  readonly leaseNow: () => Date;
  readonly random: () => number;
  readonly newId: () => string;
  readonly faultPoint: ApplyParts['faultPoint'];
  readonly db: Db;
  readonly wallaroo: WallarooClient;
  readonly clients: SlackClients;
  readonly rules: LicenseRules;
  readonly access: Access;
  readonly dispatcher: Dispatcher;
  readonly metrics: Metrics;
  readonly watchdog: Watchdog;
  /** After which silent work counts as standing still, ms. */
  readonly standstillMs: number;
}

/** What the features leave to be done regularly. */
export interface Composed {
  readonly work: readonly RecurringPass[];
  /** Resolves when all work that is due now is done. */
  settled(): Promise<void>;
}

/** Puts the features together: each takes what it needs of another as a function. */
export function composeFeatures(parts: FeatureParts): Composed {
  const { config, log, now, db, wallaroo, clients, rules, access, dispatcher, metrics } = parts;
  const work: RecurringPass[] = [];
  const kick = (): void => {
    for (const pass of work) pass.kick();
  };
  const protectedUsers = namesOf(config.PROTECTED_USERS);
  const listUsers = async () => {
    const users = await wallaroo.listUsers();
    metrics.seatsTaken.set(readMeter(rules, users).taken);
    return users;
  };

  const posting: PostParts = {
    db,
    client: clients.background,
    log,
    now,
    newId: parts.newId,
    faultPoint: parts.faultPoint,
  };
  const watch = createWatch({
    ...posting,
    channel: config.LICENSE_CHANNEL,
    intervalMs: config.WATCH_INTERVAL,
    rules,
    listUsersFresh: () => wallaroo.listUsers({ fresh: true }),
    ownWrites: (since) => ownWrites(db, since),
  });
  let usersChanged = false;
  const changes = new ChangeService({
    db,
    log,
    now,
    leaseNow: parts.leaseNow,
    random: parts.random,
    newId: parts.newId,
    faultPoint: parts.faultPoint,
    wallaroo,
    license: rules.license,
    exempt: rules.exempt,
    protectedUsers,
    fourEyes: config.FOUR_EYES,
    requestTtlMs: config.REQUEST_TTL,
    approvalsChannel: config.APPROVALS_CHANNEL,
    changedOutside: watch.changedOutside,
    placesOf: (change) => changes.places(change),
    ended: (change) => {
      metrics.changes.inc({ kind: change.kind, state: change.state });
      usersChanged = true;
      watch.lookSoon();
    },
    kick,
  });

  const users = new UsersService({
    wallaroo: {
      ...wallaroo,
      listUsers: (options) => (options?.fresh ? wallaroo.listUsers(options) : listUsers()),
    },
    rules,
    emailOf: access.emailOf,
    authUrl: config.WALLAROO_AUTH_URL,
  });
  const { subcommands: changing, ...asking } = registerChanges({
    dispatcher,
    service: changes,
    desk: new ConfirmDesk({ wallaroo, rules, protectedUsers }),
    db,
    wallaroo,
    rules,
    approvalsChannel: config.APPROVALS_CHANNEL,
    now,
    newId: parts.newId,
    resolve: (typed, caller) => users.resolve(typed, caller),
    knownNames: () => users.knownNames(),
    offer: (found, offer) =>
      found.kind === 'several'
        ? severalBlocks(found.typed, found.users, offer)
        : noneBlocks(found.typed, found.nearest, offer),
    hasApprover: access.hasOtherAdministrator,
    kick,
  });
  const digest = registerDigest({
    ...posting,
    dispatcher,
    channel: config.LICENSE_CHANNEL,
    cron: config.DIGEST_CRON,
    timeZone: config.DIGEST_TIMEZONE,
    whenUnchanged: config.DIGEST_WHEN_UNCHANGED,
    idleDays: config.IDLE_DAYS,
    rules,
    listUsers,
    mayBeDeactivated: async (all) => {
      const { userId: botUserId } = await wallaroo.account();
      const isProtected = (user: (typeof all)[number]) => isNamed(user, protectedUsers);
      const administrators = await readAdministrators(wallaroo, all, botUserId);
      const facts = { administrators, botUserId, isProtected, requesterEmail: undefined };
      return (user) => deactivationGuard(user, facts) === undefined;
    },
    pendingRequests: async () =>
      (await pendingChanges(db)).map((change) => ({ ...change, text: askText(change) })),
    accountFaults,
    authUrl: config.WALLAROO_AUTH_URL,
    openSwitch: asking.openSwitch,
  });
  const home = registerHome({
    dispatcher,
    db,
    client: clients.background,
    log,
    now,
    newId: parts.newId,
    authorize: access.authorize,
    rules,
    listUsers: (options) => (options?.fresh ? wallaroo.listUsers(options) : listUsers()),
    pendingRows: async (viewer) => {
      const pending = await pendingChanges(db, viewer.administrator ? undefined : viewer.userId);
      return { total: pending.length, rows: pending.map((change) => requestRow(change, viewer, 'home')) };
    },
    idleRows: digest.idleRows,
    recentRows: () => latestRows(db, HOME_LATEST),
    requestAccess: asking.requestAccess,
  });

  const subcommands: readonly Subcommand[] = [
    ...registerHelp({
      dispatcher,
      authorize: access.authorize,
      fourEyes: config.FOUR_EYES,
      rules,
      listUsers,
      subcommands: () => subcommands,
      buttons: [
        button({ text: 'List users', actionId: userIds.list, value: 'all' }),
        button({ text: 'License', actionId: userIds.license }),
        button({ text: 'Requests', actionId: changeIds.requests }),
      ],
    }),
    ...registerUsers({ dispatcher, service: users, openSwitch: asking.openSwitch }),
    ...changing,
    ...registerAudit({
      dispatcher,
      client: clients.interactive,
      db,
      now,
      seek: (typed, caller) => users.seek(typed, caller),
    }),
    ...digest.subcommands,
  ];
  dispatcher.command('/wallaroo', (arrival) => {
    metrics.interactions.inc({ kind: 'command' });
    return route(dispatcher, subcommands, arrival, helpIds.help);
  });

  const carryNews: Duty = {
    name: 'tell the digest of changed users',
    run: async () => {
      if (!usersChanged) return;
      usersChanged = false;
      await digest.usersChanged().catch((error: unknown) => {
        usersChanged = true;
        throw error;
      });
    },
  };
  const announcing = {
    ...posting,
    adminPrincipals: config.ADMINS,
    administratorIds: access.administratorIds,
  };
  // Apart from each other, so that a platform that hangs keeps nobody from hearing of what is done.
  const groups: readonly (readonly Duty[])[] = [
    [
      {
        name: 'carry out changes',
        run: (alive) => changes.carryOutDue(alive),
        limitMs: CHANGE_LIMITS * parts.standstillMs,
      },
    ],
    [{ name: 'tell what time brings', run: () => changes.tellNews() }],
    [{ name: 'announce', run: () => announce(announcing) }],
    [...watch.duties, carryNews, ...digest.duties],
    [...home.duties],
  ];
  const passOf = (duties: readonly Duty[]) =>
    new RecurringPass({
      duties,
      everyMs: PASS_EVERY_MS,
      log,
      watchdog: parts.watchdog,
      limitMs: parts.standstillMs,
      isAtStandstill: isAway,
    });
  work.push(...groups.map(passOf));
  return {
    work,
    settled: async () => {
      for (const pass of work) await pass.settled();
    },
  };
}
