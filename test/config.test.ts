import { describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig, settings } from '../src/config.ts';

const required = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  WALLAROO_URL: 'https://wallaroo.example.com',
  WALLAROO_USER: 'chatops@example.com',
  WALLAROO_PASSWORD: 'secret',
  ADMINS: 'U1',
  APPROVALS_CHANNEL: 'C1',
};

type Env = Record<string, string | undefined>;
const read = (env: Env = {}): Config => readConfig({ ...required, ...env });

/** The message of the error that reading `env` throws. */
function faultsOf(env: Env): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('defaults', () => {
  it('are these', () => {
    expect(read()).toEqual({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_API_URL: 'https://slack.com/api/',
      PORT: 3000,
      WALLAROO_URL: 'https://wallaroo.example.com',
      WALLAROO_AUTH_URL: 'https://wallaroo.example.com',
      WALLAROO_USER: 'chatops@example.com',
      WALLAROO_PASSWORD: 'secret',
      WALLAROO_CLIENT_ID: 'sdk-client',
      WALLAROO_CLIENT_SECRET: undefined,
      WALLAROO_USERS_VIA: 'keycloak',
      WALLAROO_EDITION: 'community',
      LICENSE_SEATS: 5,
      LICENSE_WARN_AT: 4,
      SEAT_EXEMPT: [],
      ADMINS: ['U1'],
      MEMBERS: undefined,
      APPROVALS_CHANNEL: 'C1',
      LICENSE_CHANNEL: 'C1',
      FOUR_EYES: false,
      PROTECTED_USERS: [],
      REQUEST_TTL: 86_400_000,
      DIGEST_CRON: '0 9 * * 1',
      DIGEST_TIMEZONE: 'UTC',
      DIGEST_WHEN_UNCHANGED: true,
      IDLE_DAYS: 30,
      WATCH_INTERVAL: 300_000,
      RETENTION: 730 * 86_400_000,
      DATABASE_URL: 'file:./data/chatops.db',
      LOG_LEVEL: 'info',
      transport: { mode: 'socket', appToken: 'xapp-1' },
    });
  });

  it('apply to empty values as well', () => {
    const empty = Object.fromEntries(
      Object.keys(settings)
        .filter((name) => !(name in required) && name !== 'DIGEST_CRON')
        .map((name) => [name, '  ']),
    );
    expect(read(empty)).toEqual(read());
  });

  it('warn one seat before the limit, and at the only seat of a license of one', () => {
    expect(read({ LICENSE_SEATS: '9' }).LICENSE_WARN_AT).toBe(8);
    expect(read({ LICENSE_SEATS: '1' }).LICENSE_WARN_AT).toBe(1);
  });
});

describe('values', () => {
  const reads: readonly [name: keyof Config, text: string, value: unknown][] = [
    ['SLACK_API_URL', 'http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000/api/'],
    ['SLACK_API_URL', 'http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api/'],
    ['PORT', '0', 0],
    ['PORT', '65535', 65_535],
    ['WALLAROO_URL', 'http://10.0.0.1:8080/path//', 'http://10.0.0.1:8080/path'],
    ['WALLAROO_AUTH_URL', 'https://keycloak.example.com/', 'https://keycloak.example.com'],
    ['WALLAROO_PASSWORD', ' p ss ', 'p ss'],
    ['WALLAROO_USERS_VIA', 'api', 'api'],
    ['WALLAROO_EDITION', 'enterprise', 'enterprise'],
    ['LICENSE_SEATS', '1000000', 1_000_000],
    ['LICENSE_WARN_AT', '5', 5],
    ['SEAT_EXEMPT', 'admin, robot@ex.co,,', ['admin', 'robot@ex.co']],
    ['ADMINS', 'U1,W2, S3 ,', ['U1', 'W2', 'S3']],
    ['MEMBERS', 'S9', ['S9']],
    ['MEMBERS', ' , ', undefined],
    ['APPROVALS_CHANNEL', 'G123', 'G123'],
    ['LICENSE_CHANNEL', 'C9', 'C9'],
    ['FOUR_EYES', 'TRUE', true],
    ['FOUR_EYES', 'False', false],
    ['PROTECTED_USERS', 'a@ex.co', ['a@ex.co']],
    ['REQUEST_TTL', '1s', 1000],
    ['REQUEST_TTL', '90d', 90 * 86_400_000],
    ['DIGEST_CRON', '', ''],
    ['DIGEST_CRON', '30 8 * * 1-5', '30 8 * * 1-5'],
    ['DIGEST_TIMEZONE', 'America/New_York', 'America/New_York'],
    ['DIGEST_WHEN_UNCHANGED', 'false', false],
    ['IDLE_DAYS', '1', 1],
    ['IDLE_DAYS', '3650', 3650],
    ['WATCH_INTERVAL', '0', 0],
    ['WATCH_INTERVAL', '1s', 1000],
    ['WATCH_INTERVAL', '1d', 86_400_000],
    ['RETENTION', '0', 0],
    ['RETENTION', '90d', 90 * 86_400_000],
    ['DATABASE_URL', 'postgresql://u:p@db/chatops', 'postgresql://u:p@db/chatops'],
    ['LOG_LEVEL', 'debug', 'debug'],
  ];

  it.each(reads)('reads %s=%j', (name, text, value) => {
    expect(read({ [name]: text })[name]).toEqual(value);
  });

  it('chooses HTTP when there is a signing secret only, and Socket Mode when there are both', () => {
    const http = read({ SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: 'shh' });
    expect(http.transport).toEqual({ mode: 'http', signingSecret: 'shh' });
    expect(read({ SLACK_SIGNING_SECRET: 'shh' }).transport.mode).toBe('socket');
  });

  it('cannot be altered afterwards', () => {
    expect(Object.isFrozen(read())).toBe(true);
  });
});

describe('faults', () => {
  const refused: readonly [name: string, text: string, expectation: string][] = [
    ['SLACK_BOT_TOKEN', 'xoxp-1', 'a bot token, xoxb-…'],
    ['SLACK_APP_TOKEN', 'xoxb-1', 'an app-level token, xapp-…'],
    ['SLACK_API_URL', 'slack.com/api/', 'an address'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number'],
    ['PORT', '3.5', 'a whole number'],
    ['WALLAROO_URL', 'ftp://wallaroo.example.com', 'an address'],
    ['WALLAROO_URL', 'wallaroo.example.com', 'an address'],
    ['WALLAROO_AUTH_URL', 'keycloak', 'an address'],
    ['WALLAROO_USERS_VIA', 'sql', 'keycloak or api'],
    ['WALLAROO_EDITION', 'free', 'community or enterprise'],
    ['LICENSE_SEATS', '0', 'a whole number from 1'],
    ['LICENSE_SEATS', '1000001', 'a whole number from 1'],
    ['LICENSE_WARN_AT', '0', 'a whole number from 1'],
    ['LICENSE_WARN_AT', '6', 'at most LICENSE_SEATS'],
    ['ADMINS', '@ann', 'Slack ids of people'],
    ['ADMINS', ' , ', 'at least one Slack id'],
    ['MEMBERS', 'C1', 'Slack ids of people'],
    ['APPROVALS_CHANNEL', '#approvals', 'a channel id'],
    ['LICENSE_CHANNEL', 'license', 'a channel id'],
    ['FOUR_EYES', 'yes', 'true or false'],
    ['REQUEST_TTL', '0s', 'a duration from 1s to 90d'],
    ['REQUEST_TTL', '91d', 'a duration from 1s to 90d'],
    ['REQUEST_TTL', '24', 'a duration from 1s to 90d'],
    ['DIGEST_CRON', 'every monday', 'a cron expression'],
    ['DIGEST_TIMEZONE', 'Berlin', 'a time zone name'],
    ['DIGEST_WHEN_UNCHANGED', '1', 'true or false'],
    ['IDLE_DAYS', '0', 'a whole number from 1 to 3650'],
    ['IDLE_DAYS', '3651', 'a whole number from 1 to 3650'],
    ['WATCH_INTERVAL', '999', 'a duration from 1s to 1d'],
    ['WATCH_INTERVAL', '2d', 'a duration from 1s to 1d'],
    ['RETENTION', 'for ever', 'a duration from 1s to 36500d'],
    ['DATABASE_URL', 'mysql://db', 'file:… or postgres://…'],
    ['LOG_LEVEL', 'loud', 'trace, debug, info'],
  ];

  it.each(refused)('refuses %s=%j', (name, text, expectation) => {
    expect(faultsOf({ ...required, [name]: text })).toContain(`  ${name}: expected ${expectation}`);
  });

  it('names a setting that is required and missing, and where to find it', () => {
    const message = faultsOf({ ...required, WALLAROO_PASSWORD: '' });
    expect(message).toContain('one setting is missing or wrong');
    expect(message).toContain(
      '  WALLAROO_PASSWORD: is required and is not set\n      where to find it: the password of WALLAROO_USER',
    );
  });

  it('wants one of app token and signing secret', () => {
    expect(faultsOf({ ...required, SLACK_APP_TOKEN: undefined })).toContain(
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one of the two is required',
    );
  });

  it('come all in one message, each with a place to look', () => {
    // Of several for one name the first: later ones are faults only beside settings that are right.
    const message = faultsOf(Object.fromEntries(refused.toReversed().map(([name, text]) => [name, text])));
    const wrong = [...new Set(refused.map(([name]) => name))];
    for (const name of wrong) expect(message).toMatch(new RegExp(`^  ${name}: `, 'm'));
    for (const name of ['WALLAROO_USER', 'WALLAROO_PASSWORD'])
      expect(message).toContain(`  ${name}: is required and is not set`);
    const faults = message.match(/^ {2}[A-Z_]+: /gm) ?? [];
    expect(faults).toHaveLength(wrong.length + 2);
    expect(message.match(/where to find it: \S/g)).toHaveLength(faults.length);
  });

  it('never repeat a value, which may be a secret', () => {
    const message = faultsOf(
      Object.fromEntries(Object.keys(settings).map((name) => [name, `s3cret-${name}`])),
    );
    expect(message).not.toContain('s3cret');
  });
});
