import { randomInt, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { createAccess } from './access/access-service.ts';
import type { ApplyParts } from './changes/apply/apply-parts.ts';
import { newChangeId } from './changes/change-id.ts';
import type { Config } from './config.ts';
import { connect, databaseKind } from './db/connect.ts';
import { databaseClock } from './db/database-clock.ts';
import { migrateToLatest } from './db/migrate.ts';
import type { LinkLimits } from './db/postgres-links.ts';
import { BEATS, joinReplicas, type Replica, SILENT_MS } from './db/replicas.ts';
import { composeFeatures } from './features.ts';
import { startHeartbeat } from './jobs/heartbeat.ts';
import { Watchdog } from './jobs/watchdog.ts';
import { type LicenseRules, readMeter } from './license/license-desk.ts';
import { namesOf } from './license/seats.ts';
import { aliveness, readiness } from './ops/health.ts';
import type { LogDestination } from './ops/log-destination.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { startOpsServer } from './ops/ops-server.ts';
import { type Proxies, proxyAgent } from './proxy.ts';
import { Dispatcher } from './slack/dispatcher.ts';
import { identify } from './slack/identify.ts';
import { createLogger } from './slack/log.ts';
import { mentionPrincipal } from './slack/mrkdwn.ts';
import { createSlackLink } from './slack/slack-link.ts';
import type { WallarooClient } from './wallaroo/client.ts';
import { createWallarooClient } from './wallaroo/create-client.ts';

const STOP_WITHIN_MS = 3500;

/** What tests pass in; a process has the defaults. */
export interface BotOptions {
  readonly log?: Logger;
  /** Where `log` writes, so that health can tell of it. */
  readonly destination?: LogDestination;
  readonly now?: () => Date;
  /** For ages of what is kept in memory, ms. @default performance.now */
  readonly monotonicMs?: () => number;
  /** From 0 to 1. */
  readonly random?: () => number;
  readonly newId?: () => string;
  /** Proxies for the socket; those for `fetch` are the process's. */
  readonly proxies?: Proxies;
  readonly faultPoint?: ApplyParts['faultPoint'];
  /** Limit of one request to the platform, ms. */
  readonly platformTimeoutMs?: number;
  /** Of PostgreSQL's links. */
  readonly linkLimits?: LinkLimits;
  /** After which silent work counts as standing still, ms. @default 60_000 */
  readonly standstillMs?: number;
}

export interface Bot {
  /** Where health, readiness and metrics are served. */
  readonly port: number;
  /** Resolves when all work that is due now is done, here and in Slack. */
  settled(): Promise<void>;
  /** Takes nothing new, lets what is under way end for some seconds, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the bot: database, Slack, features, recurring work. Waits for Slack as long as Slack does not answer.
 * @throws ChatopsError with a sentence for whoever runs the bot.
 */
export async function startBot(config: Config, options: BotOptions = {}): Promise<Bot> {
  const log = options.log ?? createLogger(config.LOG_LEVEL);
  const metrics = createMetrics();
  const db = connect(
    config.DATABASE_URL,
    (error) => log.warn({ err: error }, 'a link to the database broke: another one takes its place'),
    options.linkLimits,
  );
  const { slack, clients, standing, watch } = createSlackLink({
    transport: config.transport,
    botToken: config.SLACK_BOT_TOKEN,
    slackApiUrl: config.SLACK_API_URL,
    log,
    socketDispatcher: options.proxies && proxyAgent(options.proxies, { tunnel: true }),
  });
  const watchdog = new Watchdog(() => performance.now());
  let replica: Replica | undefined;
  const server = await startOpsServer({
    port: config.PORT,
    metrics,
    alive: () => aliveness(slack, standing, watchdog),
    ready: () =>
      readiness({ slack, standing, log, destination: options.destination, write: () => replica?.beat() }),
    otherwise: slack.requestListener,
  });
  const [identity] = await Promise.all([
    identify(clients.background, log),
    migrateToLatest(db, config.DATABASE_URL, (problem) =>
      log.warn({ problem }, 'the database does not work yet: it is tried again'),
    ),
  ]);
  const now = options.now ?? (() => new Date());
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const clock = await databaseClock(db, databaseKind(config.DATABASE_URL), {
    own: now,
    monotonicMs,
    onFarOff: (sentence) => log.warn(sentence),
  });
  const joined = await joinReplicas(db, randomUUID(), clock.now);
  replica = joined;
  const beat = async (): Promise<void> => {
    await joined.beat();
    await clock.follow();
  };
  const { standstillMs = SILENT_MS } = options;
  const watched = watchdog.watch('heartbeat', standstillMs);
  const heartbeat = startHeartbeat(standstillMs / BEATS, log, beat, { watched });
  const access = createAccess({
    client: clients.interactive,
    log,
    now,
    monotonicMs,
    home: identity,
    admins: config.ADMINS,
    members: config.MEMBERS,
    trouble: () => standing.sentence,
  });
  const dispatcher = new Dispatcher({
    app: slack.app,
    client: clients.interactive,
    log,
    authorize: access.authorize,
    monotonicMs,
    secret: config.SLACK_BOT_TOKEN,
  });
  const { work: duties, settled } = composeFeatures({
    config,
    log,
    now,
    leaseNow: clock.now,
    monotonicMs,
    random: options.random ?? Math.random,
    newId: options.newId ?? (() => newChangeId(randomInt)),
    faultPoint: options.faultPoint ?? (async () => undefined),
    db,
    wallaroo: platformClient(config, metrics, { timeoutMs: options.platformTimeoutMs, now }),
    clients,
    rules: rulesOf(config),
    access,
    dispatcher,
    metrics,
    watchdog,
    standstillMs,
  });
  const work = [...duties, watch];
  for (const pass of work) pass.start();
  await slack.connect(identity);
  log.info({ transport: config.transport.mode, port: server.port, ...whatIsOff(config) }, 'bot is running');
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await slack.disconnect();
    const ending = Promise.all([dispatcher.idle(), ...work.map((pass) => pass.stop())]);
    await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
    await server.stop();
    await heartbeat.stop();
    await joined.leave().catch((error: unknown) => log.warn({ err: error }, 'could not sign off'));
    await db.destroy();
    log.info('bot has stopped');
  };
  return {
    port: server.port,
    settled: async () => {
      await dispatcher.idle();
      await settled();
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
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

/** The platform's client, measured: every request, and the seats taken in each list. */
function platformClient(
  config: Config,
  metrics: Metrics,
  { timeoutMs, now }: { readonly timeoutMs: number | undefined; readonly now: () => Date },
): WallarooClient {
  const client = createWallarooClient({
    apiUrl: config.WALLAROO_URL,
    authUrl: config.WALLAROO_AUTH_URL,
    username: config.WALLAROO_USER,
    password: config.WALLAROO_PASSWORD,
    clientId: config.WALLAROO_CLIENT_ID,
    clientSecret: config.WALLAROO_CLIENT_SECRET,
    usersVia: config.WALLAROO_USERS_VIA,
    timeoutMs,
    now,
    onRequest: ({ method, status, code, durationMs }) =>
      metrics.platformSeconds.observe({ method, outcome: code ?? String(status) }, durationMs / 1000),
  });
  const rules = rulesOf(config);
  return {
    ...client,
    listUsers: async (options) => {
      const users = await client.listUsers(options);
      metrics.seatsTaken.set(readMeter(rules, users).taken);
      return users;
    },
  };
}

/** Said at the start, so that nobody waits for what is switched off. */
const whatIsOff = (config: Config) => ({
  digest: config.DIGEST_CRON === '' ? 'off' : `${config.DIGEST_CRON} ${config.DIGEST_TIMEZONE}`,
  watch: config.WATCH_INTERVAL === 0 ? 'off' : `every ${config.WATCH_INTERVAL / 1000} s`,
  fourEyes: config.FOUR_EYES,
});
