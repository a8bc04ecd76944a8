import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { type Access, createAccess } from './access/access.ts';
import { registerAudit } from './audit/audit-handlers.ts';
import { latestRows } from './audit/latest-rows.ts';
import { announce } from './changes/announcer.ts';
import type { ApplyParts } from './changes/apply-parts.ts';
import { ChangeService } from './changes/change-service.ts';
import { pendingChanges } from './changes/change-store.ts';
import { askText } from './changes/change-texts.ts';
import { registerChanges } from './changes/changes-handlers.ts';
import { ids as changeIds } from './changes/changes-ids.ts';
import { ConfirmDesk } from './changes/confirm-facts.ts';
import { deactivationGuard } from './changes/guards.ts';
import { ownWrites } from './changes/own-writes.ts';
import { requestRow } from './changes/requests-views.ts';
import type { Config } from './config.ts';
import { connect, databaseKind, ping } from './db/connect.ts';
import { migrateToLatest } from './db/migrate.ts';
import type { Db } from './db/tables.ts';
import { registerDigest } from './digest/digest-handlers.ts';
import { registerHelp } from './help/help-handlers.ts';
import { ids as helpIds } from './help/help-ids.ts';
import { registerHome } from './home/home-handlers.ts';
import { type Duty, RecurringPass } from './jobs/recurring-pass.ts';
import { type LicenseRules, readMeter } from './license/license-desk.ts';
import { isNamed, namesOf } from './license/seats.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { startOpsServer } from './ops/ops-server.ts';
import { button } from './slack/blocks.ts';
import { route, type Subcommand } from './slack/command-router.ts';
import { Dispatcher } from './slack/dispatcher.ts';
import { identify } from './slack/identify.ts';
import { createLogger, slackLogger } from './slack/log.ts';
import { mentionPrincipal } from './slack/mrkdwn.ts';
import { createSlackApp, type SlackApp } from './slack/slack-app.ts';
import { createSlackClients, type SlackClients } from './slack/slack-clients.ts';
import { accountFaults } from './users/account-faults.ts';
import { registerUsers } from './users/users-handlers.ts';
import { ids as userIds } from './users/users-ids.ts';
import { UsersService } from './users/users-service.ts';
import { noneBlocks, severalBlocks } from './users/users-views.ts';
import { parseWho } from './users/who.ts';
import type { WallarooClient } from './wallaroo/client.ts';
import { createWallarooClient } from './wallaroo/create-client.ts';
import { createWatch } from './watch/watch.ts';

const PASS_EVERY_MS = 1000;
/** A socket lost for so long is not coming back by itself: the supervisor should start the process anew. */
const DEAD_AFTER_MS = 180_000;
const HOME_LATEST = 5;
const STOP_WITHIN_MS = 4000;

/** What tests pass in; a process has the defaults. */
export interface BotOptions {
  readonly log?: Logger;
  readonly now?: () => Date;
  /** From 0 to 1. */
  readonly random?: () => number;
  readonly newId?: () => string;
  readonly faultPoint?: ApplyParts['faultPoint'];
  /** Limit of one request to the platform, ms. */
  readonly platformTimeoutMs?: number;
}

export interface Bot {
  /** Where health, readiness and metrics are served. */
  readonly port: number;
  /** Resolves when all work that is due now is done, here and in Slack. */
  settled(): Promise<void>;
  /** Takes nothing new, lets what is under way end for some seconds, and closes everything. */
  stop(): Promise<void>;
}

/** Everything that the features are made of. */
interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
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
}

/**
 * Starts the bot: database, Slack, features, recurring work. Waits for Slack as long as Slack does not answer.
 * @throws ChatopsError with a sentence for whoever runs the bot.
 */
export async function startBot(config: Config, options: BotOptions = {}): Promise<Bot> {
  const log = options.log ?? createLogger(config.LOG_LEVEL);
  const metrics = createMetrics();
  const db = connect(config.DATABASE_URL, (error) =>
    log.warn({ err: error }, 'an idle database connection broke'),
  );
  const slack = createSlackApp({
    transport: config.transport,
    botToken: config.SLACK_BOT_TOKEN,
    slackApiUrl: config.SLACK_API_URL,
    slackLogger: slackLogger(log),
    log,
  });
  const server = await startOpsServer({
    port: config.PORT,
    metrics,
    alive: () => aliveness(slack),
    ready: () => readiness(slack, db, log),
    otherwise: slack.requestListener,
  });
  const clients = createSlackClients(config.SLACK_BOT_TOKEN, config.SLACK_API_URL, slackLogger(log));
  const [identity] = await Promise.all([
    identify(clients.background, log),
    migrateToLatest(db, databaseKind(config.DATABASE_URL)),
  ]);
  const now = options.now ?? (() => new Date());
  const access = createAccess({
    client: clients.interactive,
    log,
    now,
    teamId: identity.teamId,
    admins: config.ADMINS,
    members: config.MEMBERS,
  });
  const dispatcher = new Dispatcher({
    app: slack.app,
    client: clients.interactive,
    log,
    authorize: access.authorize,
    secret: config.SLACK_BOT_TOKEN,
  });
  const { work, settled } = compose({
    config,
    log,
    now,
    random: options.random ?? Math.random,
    newId: options.newId ?? newChangeId,
    faultPoint: options.faultPoint ?? (async () => undefined),
    db,
    wallaroo: platformClient(config, metrics, options.platformTimeoutMs),
    clients,
    rules: rulesOf(config),
    access,
    dispatcher,
    metrics,
  });
  for (const pass of work) pass.start();
  await slack.connect(identity);
  log.info({ transport: config.transport.mode, port: server.port, ...whatIsOff(config) }, 'bot is running');
  return {
    port: server.port,
    settled: async () => {
      await dispatcher.idle();
      await settled();
    },
    stop: async () => {
      await slack.disconnect();
      const ending = Promise.all([dispatcher.idle(), ...work.map((pass) => pass.stop())]);
      await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
      await server.stop();
      await db.destroy();
      log.info('bot has stopped');
    },
  };
}

/** Puts the features together; returns the recurring work. */
function compose(parts: Parts): { work: readonly RecurringPass[]; settled: () => Promise<void> } {
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

  const watch = createWatch({
    db,
    client: clients.background,
    log,
    now,
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
    resolve: (typed) => users.resolve(typed),
    offer: (found, offer) =>
      found.kind === 'several'
        ? severalBlocks(found.typed, found.users, offer)
        : noneBlocks(found.typed, found.nearest, offer),
    administratorIds: access.administratorIds,
    kick,
  });
  const digest = registerDigest({
    db,
    dispatcher,
    client: clients.background,
    log,
    now,
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
      const facts = { users: all, botUserId, isProtected, requesterEmail: undefined };
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
    ...registerAudit({ dispatcher, client: clients.interactive, db, now, seek: seekWith(access) }),
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
      await digest.usersChanged();
    },
  };
  const announcing = {
    db,
    client: clients.background,
    log,
    now,
    adminPrincipals: config.ADMINS,
    administratorIds: access.administratorIds,
    faultPoint: parts.faultPoint,
  };
  // Apart from each other, so that a platform that hangs keeps nobody from hearing of what is done.
  const groups: readonly (readonly Duty[])[] = [
    [{ name: 'carry out changes', run: () => changes.carryOutDue() }],
    [{ name: 'tell what time brings', run: () => changes.tellNews() }],
    [{ name: 'announce', run: () => announce(announcing) }],
    [...watch.duties, carryNews, ...digest.duties],
    [...home.duties],
  ];
  work.push(...groups.map((duties) => new RecurringPass({ duties, everyMs: PASS_EVERY_MS, log })));
  return {
    work,
    settled: async () => {
      for (const pass of work) await pass.settled();
    },
  };
}

const rulesOf = (config: Config): LicenseRules => ({
  license:
    config.WALLAROO_EDITION === 'enterprise'
      ? { edition: 'enterprise' }
      : { edition: 'community', seats: config.LICENSE_SEATS, warnAt: config.LICENSE_WARN_AT },
  exempt: namesOf(config.SEAT_EXEMPT),
  administrators: config.ADMINS.slice(0, 10).map(mentionPrincipal).join(' '),
});

const platformClient = (config: Config, metrics: Metrics, timeoutMs: number | undefined): WallarooClient =>
  createWallarooClient({
    apiUrl: config.WALLAROO_URL,
    authUrl: config.WALLAROO_AUTH_URL,
    username: config.WALLAROO_USER,
    password: config.WALLAROO_PASSWORD,
    clientId: config.WALLAROO_CLIENT_ID,
    clientSecret: config.WALLAROO_CLIENT_SECRET,
    usersVia: config.WALLAROO_USERS_VIA,
    timeoutMs,
    onRequest: ({ method, status, code, durationMs }) =>
      metrics.platformSeconds.observe({ method, outcome: code ?? String(status) }, durationMs / 1000),
  });

/** A `<who>` as the trail looks for it. */
const seekWith = (access: Access) => async (typed: string) => {
  const who = parseWho(typed);
  if (who.kind === 'text') return { text: who.text };
  return { slackUserId: who.slackUserId, text: await access.emailOf(who.slackUserId) };
};

/** Short enough to be read out, long enough to be unique: 60 bits. */
function newChangeId(): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from({ length: 12 }, () => digits[randomInt(digits.length)]).join('');
}

function aliveness(slack: SlackApp) {
  const lostMs = slack.disconnectedMs(performance.now());
  return { ok: lostMs < DEAD_AFTER_MS, parts: { slack: lostMs === 0 ? 'connected' : 'not connected' } };
}

async function readiness(slack: SlackApp, db: Db, log: Logger) {
  const connected = slack.disconnectedMs(performance.now()) === 0;
  const database = await ping(db).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error }, 'the database does not answer');
      return false;
    },
  );
  return {
    ok: connected && database,
    parts: {
      slack: connected ? 'connected' : 'not connected',
      database: database ? 'answers' : 'does not answer',
    },
  };
}

/** Said at the start, so that nobody waits for what is switched off. */
const whatIsOff = (config: Config) => ({
  digest: config.DIGEST_CRON === '' ? 'off' : `${config.DIGEST_CRON} ${config.DIGEST_TIMEZONE}`,
  watch: config.WATCH_INTERVAL === 0 ? 'off' : `every ${config.WATCH_INTERVAL / 1000} s`,
  fourEyes: config.FOUR_EYES,
});
