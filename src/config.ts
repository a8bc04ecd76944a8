import { Cron } from 'croner';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import {
  duration,
  durationBounds,
  durationOrNever,
  flag,
  httpUrl,
  list,
  timeZone,
  wholeNumber,
} from './config-fields.ts';
import { ChatopsError } from './errors.ts';

/** Where a value is found, said beside each fault. */
interface Setting<S extends z.ZodType> {
  readonly schema: S;
  readonly where: string;
}

const setting = <S extends z.ZodType>(schema: S, where: string): Setting<S> => ({ schema, where });

const { second, minute, day } = durationBounds;
const PRINCIPAL = /^[UWS][A-Z0-9]+$/;
const CHANNEL = /^[CG][A-Z0-9]+$/;
const principals = list(PRINCIPAL, 'Slack ids of people (U…, W…) or user groups (S…), comma-separated');
const channel = z.string().regex(CHANNEL, 'a channel id like C0123456789, not a name');
const cron = z.string().refine((pattern) => {
  if (pattern === '') return true;
  try {
    new Cron(pattern, { paused: true }).stop();
    return true;
  } catch {
    return false;
  }
}, 'a cron expression like 0 9 * * 1, or empty for never');

const SLACK_APPS = 'api.slack.com/apps → your app';
const CHOICE = 'your choice: README → Settings';
const WORKSPACE = "Slack → the person's or user group's profile → ⋮ → Copy ID";

/** Every setting: its check, its default and where to find its value. README and `.env.example` agree with it. */
export const settings = {
  SLACK_BOT_TOKEN: setting(
    z.string().regex(/^xoxb-.+/, 'a bot token, xoxb-…'),
    `${SLACK_APPS} → OAuth & Permissions → Bot User OAuth Token`,
  ),
  SLACK_APP_TOKEN: setting(
    z
      .string()
      .regex(/^xapp-.+/, 'an app-level token, xapp-…')
      .optional(),
    `${SLACK_APPS} → Basic Information → App-Level Tokens (scope connections:write)`,
  ),
  SLACK_SIGNING_SECRET: setting(
    z.string().min(1).optional(),
    `${SLACK_APPS} → Basic Information → App Credentials`,
  ),
  SLACK_API_URL: setting(
    httpUrl.transform((url) => `${url}/`).default('https://slack.com/api/'),
    "only for tests: Slack's own is the default",
  ),
  PORT: setting(wholeNumber(0, 65_535).default(3000), 'any free port'),
  WALLAROO_URL: setting(httpUrl, "the address of your instance's dashboard"),
  WALLAROO_AUTH_URL: setting(httpUrl.optional(), 'where its Keycloak answers, without /auth'),
  WALLAROO_USER: setting(z.string().min(1), 'the account you made for the bot in Wallaroo'),
  WALLAROO_PASSWORD: setting(z.string().min(1), 'the password of WALLAROO_USER'),
  WALLAROO_CLIENT_ID: setting(z.string().min(1).default('sdk-client'), 'Keycloak console → Clients'),
  WALLAROO_CLIENT_SECRET: setting(
    z.string().min(1).optional(),
    'Keycloak console → Clients → your client → Credentials',
  ),
  WALLAROO_USERS_VIA: setting(z.enum(['keycloak', 'api'], 'keycloak or api').default('keycloak'), CHOICE),
  WALLAROO_EDITION: setting(
    z.enum(['community', 'enterprise'], 'community or enterprise').default('community'),
    'your license',
  ),
  LICENSE_SEATS: setting(wholeNumber(1, 1_000_000).default(5), 'your license'),
  LICENSE_WARN_AT: setting(wholeNumber(1, 1_000_000).optional(), CHOICE),
  SEAT_EXEMPT: setting(list().default([]), 'emails or usernames, comma-separated'),
  ADMINS: setting(
    principals.refine((ids) => ids.length > 0, 'at least one Slack id of a person (U…) or user group (S…)'),
    WORKSPACE,
  ),
  MEMBERS: setting(
    principals.transform((ids) => (ids.length > 0 ? ids : undefined)).optional(),
    `${WORKSPACE}; everyone in the team but guests when left out`,
  ),
  APPROVALS_CHANNEL: setting(channel, "Slack → the channel's name → About → Channel ID"),
  LICENSE_CHANNEL: setting(channel.optional(), "Slack → the channel's name → About → Channel ID"),
  FOUR_EYES: setting(flag.default(false), CHOICE),
  PROTECTED_USERS: setting(list().default([]), 'emails or usernames, comma-separated'),
  REQUEST_TTL: setting(
    duration(second, 90 * day, 'a duration from 1s to 90d, like 24h').default(day),
    CHOICE,
  ),
  DIGEST_CRON: setting(cron.default('0 9 * * 1'), CHOICE),
  DIGEST_TIMEZONE: setting(timeZone.default('UTC'), 'the IANA time zone database'),
  DIGEST_WHEN_UNCHANGED: setting(flag.default(true), CHOICE),
  IDLE_DAYS: setting(wholeNumber(1, 3650).default(30), CHOICE),
  WATCH_INTERVAL: setting(
    durationOrNever(1000, day, 'a duration from 1s to 1d, like 5m, or 0 for never').default(5 * minute),
    CHOICE,
  ),
  RETENTION: setting(
    durationOrNever(second, 36_500 * day, 'a duration from 1s to 36500d, like 730d, or 0 for ever').default(
      730 * day,
    ),
    CHOICE,
  ),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^(file:.+|postgres(ql)?:\/\/.+)/, 'file:… or postgres://…')
      .default('file:./data/chatops.db'),
    'README → Operations',
  ),
  LOG_LEVEL: setting(
    z
      .enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
        'trace, debug, info, warn, error or fatal',
      )
      .default('info'),
    CHOICE,
  ),
} as const;

type Settings = { readonly [K in keyof typeof settings]: z.output<(typeof settings)[K]['schema']> };

/** How Slack reaches the bot: Socket Mode when there is an app token, signed HTTP otherwise. */
export type Transport =
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string };

/** The settings with their defaults that depend on others filled in. */
export interface Config
  extends Omit<
    Settings,
    'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'WALLAROO_AUTH_URL' | 'LICENSE_WARN_AT' | 'LICENSE_CHANNEL'
  > {
  readonly transport: Transport;
  readonly WALLAROO_AUTH_URL: string;
  readonly LICENSE_WARN_AT: number;
  readonly LICENSE_CHANNEL: string;
}

/** A setting that is missing or wrong; its value is not told, as it may be a secret. */
export interface SettingFault {
  readonly name: string;
  readonly problem: string;
  /** Where its value is found. */
  readonly where: string;
}

/** One message that lists every fault of the settings. */
export class ConfigError extends ChatopsError {
  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(
      ({ name, problem, where }) => `  ${name}: ${problem}\n      where to find it: ${where}`,
    );
    const text = `The bot cannot start: ${faults.length === 1 ? 'one setting is' : `${faults.length} settings are`} missing or wrong.\n\n${lines.join('\n')}\n\nSettings are read from the environment and from the file .env (see .env.example).`;
    super(text, { code: 'config', userMessage: text });
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks every setting. An empty value counts as not set.
 * @throws ConfigError naming each fault, what is expected and where to find the value.
 */
export function readConfig(env: Env): Config {
  const { config, faults } = inspectSettings(env);
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(config as Config);
}

/** The environment, with what the file `.env` adds to it. The only place that reads either. */
export function readEnvironment(): Env {
  readDotenv({ quiet: true });
  return process.env;
}

/** Every setting that is right, defaults filled in, and the faults of the others. */
export function inspectSettings(env: Env): {
  readonly config: Partial<Config>;
  readonly faults: readonly SettingFault[];
} {
  const faults: SettingFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema, where }] of Object.entries(settings)) {
    const raw = env[name]?.trim();
    const emptyMeansNever = name === 'DIGEST_CRON' && raw === '';
    const given = raw === '' && !emptyMeansNever ? undefined : raw;
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else if (given === undefined) faults.push({ name, problem: 'is required and is not set', where });
    else faults.push({ name, problem: `expected ${parsed.error.issues[0]?.message}`, where });
  }
  const s = values as Partial<Settings>;
  const transport = chooseTransport(env);
  if (transport === undefined)
    faults.push({
      name: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      problem: 'one of the two is required: the app token for Socket Mode, the signing secret for HTTP',
      where: settings.SLACK_APP_TOKEN.where,
    });
  const { LICENSE_SEATS: seats = 1, LICENSE_WARN_AT: warnAt = Math.max(1, seats - 1) } = s;
  if (s.LICENSE_SEATS !== undefined && warnAt > seats)
    faults.push({
      name: 'LICENSE_WARN_AT',
      problem: 'expected at most LICENSE_SEATS',
      where: settings.LICENSE_WARN_AT.where,
    });
  const { SLACK_APP_TOKEN: _app, SLACK_SIGNING_SECRET: _signing, ...rest } = s;
  const derived = {
    transport,
    WALLAROO_AUTH_URL: s.WALLAROO_AUTH_URL ?? s.WALLAROO_URL,
    LICENSE_WARN_AT: warnAt,
    LICENSE_CHANNEL: s.LICENSE_CHANNEL ?? s.APPROVALS_CHANNEL,
  };
  return { config: { ...rest, ...derived } as Partial<Config>, faults };
}

function chooseTransport(env: Env): Transport | undefined {
  const appToken = env.SLACK_APP_TOKEN?.trim();
  if (appToken) return { mode: 'socket', appToken };
  const signingSecret = env.SLACK_SIGNING_SECRET?.trim();
  return signingSecret ? { mode: 'http', signingSecret } : undefined;
}
