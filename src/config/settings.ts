import * as z from 'zod';
import { databaseUrl, slackApiUrl, wallarooUrl } from './addresses.ts';
import { duration, durationBounds, durationOrNever } from './durations.ts';
import { flag, timeZone, wholeNumber } from './fields.ts';
import { channel, principals, userNames } from './lists.ts';
import { cron } from './schedule.ts';
import { appToken, botToken, signingSecret } from './tokens.ts';

/** One setting. */
interface Setting<S extends z.ZodType> {
  readonly schema: S;
  /** Where its value is found, said beside each fault. */
  readonly where: string;
  /**
   * Whether blanks and quotes around it may be a part of it. Of others they are taken off, or refused.
   * @default false
   */
  readonly isVerbatim?: true;
}

const setting = <S extends z.ZodType>(schema: S, where: string): Setting<S> => ({ schema, where });
const verbatim = <S extends z.ZodType>(schema: S, where: string): Setting<S> => ({
  schema,
  where,
  isVerbatim: true,
});

const { second, minute, day } = durationBounds;

const SLACK_APPS = 'api.slack.com/apps → your app';
const CHOICE = 'your choice: README → Settings';
const WORKSPACE = "Slack → the person's or user group's profile → ⋮ → Copy ID";

/** Every setting: its check, its default and where to find its value. README and `.env.example` agree with it. */
export const settings = {
  SLACK_BOT_TOKEN: setting(botToken, `${SLACK_APPS} → OAuth & Permissions → Bot User OAuth Token`),
  SLACK_APP_TOKEN: setting(
    appToken.optional(),
    `${SLACK_APPS} → Basic Information → App-Level Tokens (scope connections:write)`,
  ),
  SLACK_SIGNING_SECRET: verbatim(
    signingSecret.optional(),
    `${SLACK_APPS} → Basic Information → App Credentials`,
  ),
  SLACK_API_URL: setting(
    slackApiUrl.default('https://slack.com/api/'),
    "only for tests: Slack's own is the default",
  ),
  PORT: setting(wholeNumber(0, 65_535).default(3000), 'any free port'),
  OPS_PORT: setting(wholeNumber(0, 65_535).optional(), 'another free port'),
  WALLAROO_URL: setting(wallarooUrl, "the address of your instance's dashboard"),
  WALLAROO_AUTH_URL: setting(wallarooUrl.optional(), 'where its Keycloak answers, without /auth'),
  WALLAROO_USER: setting(z.string().min(1), 'the account you made for the bot in Wallaroo'),
  WALLAROO_PASSWORD: verbatim(z.string().min(1), 'the password of WALLAROO_USER'),
  WALLAROO_CLIENT_ID: setting(z.string().min(1).default('sdk-client'), 'Keycloak console → Clients'),
  WALLAROO_CLIENT_SECRET: verbatim(
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
  SEAT_EXEMPT: setting(userNames.default([]), 'emails or usernames, comma-separated'),
  ADMINS: setting(principals, WORKSPACE),
  MEMBERS: setting(principals.optional(), `${WORKSPACE}; everyone in the team but guests when left out`),
  APPROVALS_CHANNEL: setting(channel, "Slack → the channel's name → About → Channel ID"),
  LICENSE_CHANNEL: setting(channel.optional(), "Slack → the channel's name → About → Channel ID"),
  FOUR_EYES: setting(flag.default(false), CHOICE),
  NOTIFY_USERS: setting(flag.default(true), CHOICE),
  WORKSPACE_OWNERS_DECIDE: setting(flag.default(true), CHOICE),
  PROTECTED_USERS: setting(userNames.default([]), 'emails or usernames, comma-separated'),
  END_SESSIONS: setting(flag.default(true), CHOICE),
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
  DATABASE_URL: setting(databaseUrl.default('file:./data/chatops.db'), 'README → Operations'),
  LOG_LEVEL: setting(
    z
      .enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
        'trace, debug, info, warn, error, fatal or silent',
      )
      .default('info'),
    CHOICE,
  ),
} as const;

export type Settings = { readonly [K in keyof typeof settings]: z.output<(typeof settings)[K]['schema']> };

export type SettingName = keyof Settings;
export const settingNames = Object.keys(settings) as readonly SettingName[];
