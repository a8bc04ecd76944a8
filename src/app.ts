import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { createAccess } from './access/access-service.ts';
import type { ApplyParts } from './changes/apply/apply-parts.ts';
import { newChangeId } from './changes/change-id.ts';
import type { Config } from './config.ts';
import { licenseRules } from './core/platform.ts';
import { connect } from './db/connect.ts';
import { migrateToLatest, newerSentence } from './db/migrate.ts';
import type { LinkLimits } from './db/postgres-links.ts';
import { SILENT_MS } from './db/replicas.ts';
import { joinDatabase, type SharedDatabase } from './db/shared-database.ts';
import { measuredPlatform } from './features/measured-platform.ts';
import { tellWork } from './features/work-metrics.ts';
import { composeFeatures } from './features.ts';
import { startAfter } from './jobs/start-after.ts';
import { Watchdog } from './jobs/watchdog.ts';
import { countDeliveries } from './ops/count-deliveries.ts';
import type { LogDestination } from './ops/log-destination.ts';
import { createMetrics } from './ops/metrics.ts';
import { serveHealth } from './ops/serve-health.ts';
import { saidAtStart } from './ops/switched-off.ts';
import { type Proxies, proxyAgent } from './proxy.ts';
import { Dispatcher } from './slack/dispatcher.ts';
import { identify } from './slack/identify.ts';
import { createLogger } from './slack/log.ts';
import { mentionPrincipal } from './slack/mrkdwn.ts';
import type { SlackIdentity } from './slack/slack-app.ts';
import { createSlackLink } from './slack/slack-link.ts';

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
  /** Where health and readiness are served, and Slack's requests in HTTP mode. */
  readonly port: number;
  /** Where `OPS_PORT` has health, readiness and metrics served. */
  readonly opsPort: number | undefined;
  /** Resolves when all work that is due now is done, here and in Slack. */
  settled(): Promise<void>;
  /** Takes nothing new, lets what is under way end for some seconds, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the bot: database, Slack, features, recurring work. Waits for Slack as long as Slack does not answer.
 * @throws ChatopsError with a sentence for the people who run the bot.
 */
export async function startBot(config: Config, options: BotOptions = {}): Promise<Bot> {
  const base = foundation(config, options);
  const { clients, db, log, slack, watch } = base;
  let shared: SharedDatabase | undefined;
  const server = await serveHealth(config, { ...base, write: () => shared?.beat() });
  const [identity, newer] = await Promise.all([
    identify(clients.background, log),
    migrateToLatest(db, config.DATABASE_URL, (problem) =>
      log.warn({ problem }, 'the database does not work yet: trying again'),
    ),
  ]);
  const another = newerSentence(newer);
  if (another !== undefined) log.warn(another);
  const joined = await joinDatabase(db, { ...base, url: config.DATABASE_URL });
  shared = joined;
  const { dispatcher, duties, settled } = compose(config, { ...base, leaseNow: joined.leaseNow, identity });
  const work = [...duties, watch];
  await startAfter(slack.connect(identity), work);
  log.info(
    { transport: config.transport.mode, port: server.port, opsPort: server.opsPort, ...saidAtStart(config) },
    'bot is running',
  );
  const stop = async (): Promise<void> => {
    await slack.disconnect();
    const ending = Promise.all([dispatcher.idle(), ...work.map((pass) => pass.stop())]);
    await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
    await server.stop();
    await joined.leave();
    await db.destroy();
    log.info('bot has stopped');
  };
  let stopping: Promise<void> | undefined;
  return {
    port: server.port,
    opsPort: server.opsPort,
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

/** What all else stands on; nothing is asked of anybody yet. */
function foundation(config: Config, options: BotOptions) {
  const log = options.log ?? createLogger(config.LOG_LEVEL);
  const db = connect(
    config.DATABASE_URL,
    (error) => log.warn({ err: error }, 'a link to the database broke: opening another'),
    options.linkLimits,
  );
  const metrics = createMetrics((name, error) =>
    log.warn({ err: error, name }, 'a metric could not be read'),
  );
  const link = createSlackLink({
    transport: config.transport,
    botToken: config.SLACK_BOT_TOKEN,
    slackApiUrl: config.SLACK_API_URL,
    log,
    deliveries: countDeliveries(metrics),
    socketDispatcher: options.proxies && proxyAgent(options.proxies, { tunnel: true }),
  });
  return {
    ...link,
    log,
    db,
    metrics,
    watchdog: new Watchdog(() => performance.now()),
    destination: options.destination,
    timeoutMs: options.platformTimeoutMs,
    standstillMs: options.standstillMs ?? SILENT_MS,
    now: options.now ?? (() => new Date()),
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
    random: options.random ?? Math.random,
    newId: options.newId ?? (() => newChangeId(randomInt)),
    faultPoint: options.faultPoint ?? (async () => undefined),
  };
}

type Foundation = ReturnType<typeof foundation>;

interface ComposeParts extends Foundation {
  readonly leaseNow: () => Date;
  readonly identity: SlackIdentity;
}

/** The features, with who may use them and how Slack reaches them. */
function compose(config: Config, parts: ComposeParts) {
  const { clients, monotonicMs, slack, standing } = parts;
  const rules = licenseRules(config, config.ADMINS.slice(0, 10).map(mentionPrincipal).join(' '));
  const access = createAccess({
    ...parts,
    client: clients.interactive,
    ownTeam: parts.identity,
    admins: config.ADMINS,
    members: config.MEMBERS,
    trouble: () => standing.sentence,
  });
  const dispatcher = new Dispatcher({
    app: slack.app,
    client: clients.interactive,
    log: parts.log,
    authorize: access.authorize,
    administrators: rules.administrators,
    monotonicMs,
    secret: config.SLACK_BOT_TOKEN,
  });
  const { wallaroo, listSeen } = measuredPlatform(config, { ...parts, rules });
  const {
    work: duties,
    settled,
    idleSince,
  } = composeFeatures({
    ...parts,
    config,
    wallaroo,
    rules,
    access,
    dispatcher,
  });
  tellWork({ ...parts, config, idleSince, listSeen });
  return { dispatcher, duties, settled };
}
