import { describe, expect, it } from 'vitest';
import { ConfigError } from '../src/config/config-error.ts';
import { SECRET_SETTINGS } from '../src/config/secrets.ts';
import { settings } from '../src/config/settings.ts';
import { type Config, inspectSettings, readConfig } from '../src/config.ts';

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
      NOTIFY_USERS: true,
      WORKSPACE_OWNERS_DECIDE: true,
      END_SESSIONS: true,
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

it('two ports differ, unless each may be any', () => {
  expect(() => read({ PORT: '9090', OPS_PORT: '9090' })).toThrow(
    'OPS_PORT: expected another port than PORT (9090)',
  );
  expect(() => read({ OPS_PORT: '3000' })).toThrow('another port than PORT (3000)');
  expect(read({ PORT: '0', OPS_PORT: '0' }).OPS_PORT).toBe(0);
});

describe('values', () => {
  const reads: readonly [name: keyof Config, text: string, value: unknown][] = [
    ['SLACK_API_URL', 'http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000/api/'],
    ['SLACK_API_URL', 'http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api/'],
    ['PORT', '0', 0],
    ['PORT', '65535', 65_535],
    ['OPS_PORT', '9090', 9090],
    ['WALLAROO_URL', 'http://10.0.0.1:8080/path//', 'http://10.0.0.1:8080/path'],
    ['WALLAROO_AUTH_URL', 'https://keycloak.example.com/', 'https://keycloak.example.com'],
    ['WALLAROO_PASSWORD', ' p ss ', ' p ss '],
    ['WALLAROO_PASSWORD', '"pass\n', '"pass'],
    ['WALLAROO_CLIENT_SECRET', ' s ', ' s '],
    ['SLACK_BOT_TOKEN', ' xoxb-1\n', 'xoxb-1'],
    ['WALLAROO_URL', 'HTTPS://Wallaroo.Example.com:443/', 'https://wallaroo.example.com'],
    ['WALLAROO_URL', 'http://[::1]:8080', 'http://[::1]:8080'],
    ['WALLAROO_USERS_VIA', 'api', 'api'],
    ['WALLAROO_EDITION', 'enterprise', 'enterprise'],
    ['LICENSE_SEATS', '1000000', 1_000_000],
    ['LICENSE_WARN_AT', '5', 5],
    ['SEAT_EXEMPT', 'admin, robot@ex.co,,', ['admin', 'robot@ex.co']],
    ['ADMINS', 'U1,W2, S3 ,', ['U1', 'W2', 'S3']],
    ['MEMBERS', 'S9', ['S9']],
    ['APPROVALS_CHANNEL', 'G123', 'G123'],
    ['LICENSE_CHANNEL', 'C9', 'C9'],
    ['FOUR_EYES', 'TRUE', true],
    ['FOUR_EYES', 'False', false],
    ['PROTECTED_USERS', 'a@ex.co', ['a@ex.co']],
    [
      'PROTECTED_USERS',
      "o'brien@ex.co, jörg@müller.example,a&b@ex.co",
      ["o'brien@ex.co", 'jörg@müller.example', 'a&b@ex.co'],
    ],
    ['REQUEST_TTL', '1s', 1000],
    ['REQUEST_TTL', '90d', 90 * 86_400_000],
    ['DIGEST_CRON', '', ''],
    ['DIGEST_CRON', '30 8 * * 1-5', '30 8 * * 1-5'],
    ['DIGEST_CRON', '0 0 9 * * 1', '0 0 9 * * 1'],
    ['DIGEST_CRON', '0 9 29 2 *', '0 9 29 2 *'],
    ['DIGEST_CRON', '@weekly', '@weekly'],
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
    ['DATABASE_URL', 'postgres://u:p%25%23%2F%3F@db/chatops', 'postgres://u:p%25%23%2F%3F@db/chatops'],
    ['DATABASE_URL', 'postgres://u:p@ss@db/chatops', 'postgres://u:p@ss@db/chatops'],
    [
      'DATABASE_URL',
      'postgres://u@/chatops?host=/run/postgresql',
      'postgres://u@/chatops?host=/run/postgresql',
    ],
    [
      'DATABASE_URL',
      'postgres://u:p@db/chatops?sslmode=require',
      'postgres://u:p@db/chatops?sslmode=require',
    ],
    ['DATABASE_URL', 'file:///data/x.db', 'file:///data/x.db'],
    ['DATABASE_URL', 'file:x.db', 'file:x.db'],
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
    ['OPS_PORT', '65536', 'a whole number from 0 to 65535'],
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

  it('tell the value, but for those that are or may hold a secret', () => {
    const message = faultsOf(
      Object.fromEntries(Object.keys(settings).map((name) => [name, `s3cret-${name}`])),
    );
    expect(message).toContain(
      'LICENSE_SEATS: expected a whole number from 1 to 1000000, not "s3cret-LICENSE_SEATS"',
    );
    for (const name of SECRET_SETTINGS) expect(message).not.toContain(`s3cret-${name}`);
  });
});

const atHost = ['name:s3cret@host', 's3cret@host', 'name:s3/cr#et@host', ':s3cret@host', 'na:me:s3cret@host'];

describe('a secret in an address', () => {
  const addresses = ['WALLAROO_URL', 'WALLAROO_AUTH_URL', 'SLACK_API_URL'].flatMap((name) => [
    ...atHost.map((rest) => [name, `https://${rest}/x`] as const),
    [name, 'https://host/?password=s3cret'] as const,
    [name, 'https://host/#s3cret'] as const,
    [name, 'ftp://name:s3cret@host'] as const,
  ]);

  it.each(addresses)('is refused and not repeated: %s=%s', (name, text) => {
    const message = faultsOf({ ...required, [name]: text });
    expect(message).toContain(`  ${name}: expected an address like`);
    expect(message).not.toMatch(/s3cret|cr#et/);
  });

  const databases = [
    'postgres://u:s3cret%@h/d',
    'postgres://u:s3cret%zz@h/d',
    'postgres://u:s3#cret@h/d',
    'postgres://u:s3/cret@h/d',
    'postgres://u:s3?cret@h/d',
    'postgres://u:12#s3cret@h/d',
    'postgres://u:12/s3cret@h/d',
    'postgres://u:12?s3cret@h/d',
    'postgres://u:s3 cret@h/d',
    'postgres://u:s3[cret@h]/d',
  ];

  it.each(databases)('of the database is to be percent-encoded: %s', (url) => {
    const message = faultsOf({ ...required, DATABASE_URL: url });
    expect(message).toMatch(/ {2}DATABASE_URL: expected .*percent-encode .*%25/);
    expect(message).not.toMatch(/s3|cret/);
  });
});

describe('settings that would fail open', () => {
  const refused: readonly [name: string, text: string, expectation: string][] = [
    ['MEMBERS', ',', 'at least one Slack id'],
    ['MEMBERS', '*', 'Slack ids of people'],
    ['MEMBERS', 'everyone', 'Slack ids of people'],
    ['MEMBERS', 'U1 U2', 'Slack ids of people'],
    ['MEMBERS', '"U1"', 'it without quotes'],
    ['ADMINS', 'U1;U2', 'Slack ids of people'],
    ['ADMINS', 'u1', 'Slack ids of people'],
    ['ADMINS', '<@U1>', 'Slack ids of people'],
    ['ADMINS', 'B1', 'Slack ids of people'],
    ['ADMINS', 'T1', 'Slack ids of people'],
    ['ADMINS', 'U1\u200b', 'no invisible character in it, such as this one, U+200B'],
    ...['PROTECTED_USERS', 'SEAT_EXEMPT'].flatMap((name): [string, string, string][] => [
      [name, ',', 'at least one email or username'],
      [name, 'a@b.c d@e.f', 'emails or usernames of Wallaroo users, separated by commas'],
      [name, 'a@b.c;d@e.f', 'emails or usernames'],
      [name, 'a@b.c\nd@e.f', 'no invisible character'],
      [name, 'a@b.c\td@e.f', 'no invisible character'],
      [name, "'a@b.c'", 'it without quotes'],
      [name, '"a@b.c","d@e.f"', 'it without quotes'],
      [name, 'x,"a@b.c",y', 'emails or usernames'],
      [name, '["a@b.c"]', 'emails or usernames'],
      [name, 'Ann <a@b.c>', 'emails or usernames'],
      [name, 'mailto:a@b.c', 'emails or usernames'],
      [name, '*@b.c', 'emails or usernames'],
      [name, '@b.c', 'emails or usernames'],
    ]),
    ['APPROVALS_CHANNEL', 'D1', 'a channel id'],
    ['APPROVALS_CHANNEL', 'C1,C2', 'a channel id'],
    ['APPROVALS_CHANNEL', 'https://ex.slack.com/archives/C1', 'a channel id'],
    ['LICENSE_CHANNEL', '<#C1|x>', 'a channel id'],
    ['DIGEST_CRON', '* * * * * *', 'a cron expression that comes once a minute at most'],
    ['DIGEST_CRON', '*/30 * * * * *', 'a cron expression that comes once a minute at most'],
    ['DIGEST_CRON', '* * 9 * * 1', 'a cron expression that comes once a minute at most'],
    ['DIGEST_CRON', '0,30 0 9 * * 1', 'a cron expression that comes once a minute at most'],
    ['DIGEST_CRON', '0 9 30 2 *', 'a cron expression that a day fits'],
    ['DIGEST_CRON', '0 9 31 4,6 *', 'a cron expression that a day fits'],
    ['DIGEST_CRON', '0 0 9 1 1 * 2020', 'a cron expression that a day fits'],
    ['DIGEST_CRON', '@reboot', 'a cron expression like'],
    ['DIGEST_CRON', '2040-12-24T09:00:00', 'a cron expression like'],
    ['DIGEST_CRON', '60 9 * * 1', 'a cron expression like'],
    ['DIGEST_TIMEZONE', '+02:00', 'a time zone name'],
    ['DIGEST_TIMEZONE', 'UTC+2', 'a time zone name'],
    ['DATABASE_URL', 'file::memory:', 'file: and a path, without options'],
    ['DATABASE_URL', 'file::memory:?cache=shared', 'file: and a path, without options'],
    ['DATABASE_URL', 'file:x?mode=ro', 'file: and a path, without options'],
    ['DATABASE_URL', 'file:x#y', 'file: and a path, without options'],
    ['DATABASE_URL', 'file://data/x.db', 'file: and a path: after two slashes comes a host'],
    ['DATABASE_URL', 'file:', 'a path after file:'],
    ['DATABASE_URL', 'file:  ', 'a path after file:'],
    ['DATABASE_URL', 'file: x.db', 'file: and a path without blanks'],
    ['DATABASE_URL', 'file:~/x.db', 'file: and a path as it is'],
    ['DATABASE_URL', 'file:$HOME/x.db', 'file: and a path as it is'],
    ['DATABASE_URL', 'file:./data/', 'file: and a path that names a file'],
    ['DATABASE_URL', 'file:.', 'file: and a path that names a file'],
    ['DATABASE_URL', ':memory:', 'file:… or postgres://…'],
    ['DATABASE_URL', './data/x.db', 'file:… or postgres://…'],
    ['DATABASE_URL', 'postgres://', 'file:… or postgres://…'],
    ['DATABASE_URL', '"file:./data/x.db"', 'it without quotes'],
    ['WALLAROO_URL', 'https:///wallaroo.example.com', 'an address like'],
    ['WALLAROO_URL', 'https:wallaroo.example.com', 'an address like'],
    ['WALLAROO_URL', 'https://a.example.com,https://b.example.com', 'an address like'],
    ['WALLAROO_URL', 'https://a.example.com, b.example.com', 'an address like'],
    ['WALLAROO_URL', '"https://wallaroo.example.com"', 'it without quotes'],
    ['WALLAROO_URL', '<https://wallaroo.example.com>', 'an address like'],
    ['WALLAROO_URL', 'https://wallaroo.example.com/auth/', 'an address without /auth at its end'],
    ['WALLAROO_URL', 'https://wallaroo.example.com/auth/admin/master/console', 'an address without /auth'],
    ['WALLAROO_URL', 'https://wallaroo.example.com/v1/graphql', 'an address without /v1'],
    ['WALLAROO_AUTH_URL', 'https://wallaroo.example.com/auth', 'an address without /auth at its end'],
    ['LICENSE_SEATS', '1e3', 'a whole number'],
    ['LICENSE_SEATS', '5 seats', 'a whole number'],
    ['LICENSE_SEATS', '5_000', 'a whole number'],
    ['LICENSE_SEATS', '0x5', 'a whole number'],
    ['LICENSE_SEATS', '+5', 'a whole number'],
    ['LICENSE_SEATS', '5.0', 'a whole number'],
    ['LICENSE_SEATS', 'Infinity', 'a whole number'],
    ['LICENSE_SEATS', '٥', 'a whole number'],
    ['IDLE_DAYS', '30d', 'a whole number'],
    ['PORT', 'tcp://10.0.0.1:80', 'a whole number'],
    ['REQUEST_TTL', '24 h', 'a duration'],
    ['REQUEST_TTL', '1.5h', 'a duration'],
    ['REQUEST_TTL', '1d12h', 'a duration'],
    ['REQUEST_TTL', '-1h', 'a duration'],
    ['REQUEST_TTL', '0', 'a duration'],
    ['REQUEST_TTL', '1e3s', 'a duration'],
    ['WATCH_INTERVAL', '0s', 'a duration'],
    ['RETENTION', '99999999999d', 'a duration'],
    ['FOUR_EYES', 'on', 'true or false'],
    ['FOUR_EYES', '"true"', 'it without quotes'],
  ];

  it.each(refused)('are refused, with their value: %s=%j', (name, text, expectation) => {
    const message = faultsOf({ ...required, [name]: text });
    expect(message).toContain('one setting is missing or wrong');
    expect(message).toContain(`  ${name}: expected ${expectation}`);
    const isShown = !/[\n\t\u200b]/.test(text);
    if (isShown) expect(message).toContain(`, not ${JSON.stringify(text.trim())}`);
  });

  it.each([
    ['HTTPS_PROXY', 'socks5://proxy:1080'],
    ['https_proxy', 'http://'],
    ['HTTP_PROXY', 'name:s3cret@'],
    ['HTTP_PROXY', ','],
    ['HTTP_PROXY', 'http://proxy.example.com,other'],
  ])('are refused of the machine, too: %s=%s', (name, text) => {
    const message = faultsOf({ ...required, [name]: text });
    expect(message).toContain(`  ${name.toUpperCase()}: expected the address of a proxy`);
    expect(message).not.toContain('s3cret');
  });
});

describe('what is allowed but seldom meant is warned of', () => {
  const warned = (env: Record<string, string>) =>
    inspectSettings({ ...required, ...env }).warnings.map(
      ({ name, problem, remedy }) => `${name}: ${problem} → ${remedy}`,
    );

  it.each([
    ['DIGEST_TZ', 'x', 'did you mean DIGEST_TIMEZONE?'],
    ['SLACK_SECRET', 'x', 'did you mean SLACK_SIGNING_SECRET?'],
    ['LICENSE_WARN', 'x', 'did you mean LICENSE_WARN_AT?'],
    ['four_eyes', 'true', 'did you mean FOUR_EYES?'],
    ['NOPROXY', 'x', 'did you mean NO_PROXY?'],
    ['HTTPS_PROXYS', 'http://p', 'did you mean HTTPS_PROXY?'],
    ['PROTECTED_USERS', 'all', 'all counts as a username'],
    ['SEAT_EXEMPT', 'nora, None', 'None counts as a username'],
    ['WORKSPACE_OWNERS_DECIDE', ' ', 'active owners decide'],
    ['NO_PROXY', 'localhost,https://w.example.com', 'https://w.example.com names no host'],
    ['no_proxy', '"w.example.com"', 'names no host'],
    ['NO_PROXY', 'localhost,*', '* names no host'],
    ['NO_PROXY', 'a.example.com;b.example.com', 'names no host'],
    ['ALL_PROXY', 'http://p:1', 'set HTTPS_PROXY'],
  ])('%s=%s', (name, value, words) => {
    expect(warned({ [name]: value })).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    ['no_proxy', 'localhost,.example.com,10.0.0.0/8,w.example.com:8443 *.ex.co'],
    ['ftp_proxy', 'http://p'],
    ['https_proxy', 'http://p:1'],
    ['DIGEST_CRON', '0 9 * * 1'],
    ['SEATS', '5'],
    ['PATH', '/bin'],
  ])('and what is usual is not: %s=%s', (name, value) => expect(warned({ [name]: value })).toEqual([]));
});

describe('tokens in the place of others', () => {
  it.each([
    ['SLACK_BOT_TOKEN', 'xapp-1', 'this is an app-level token, for SLACK_APP_TOKEN'],
    ['SLACK_APP_TOKEN', 'xoxb-1', 'this is a bot token, for SLACK_BOT_TOKEN'],
    ['SLACK_BOT_TOKEN', 'xoxp-1', "this is a person's token"],
    ['SLACK_BOT_TOKEN', 'xoxe.xoxb-1', 'this token ends after hours'],
    ['SLACK_BOT_TOKEN', 'xoxb-…', 'this one is cut'],
    ['SLACK_BOT_TOKEN', 'xoxb-1 2', 'this one is cut'],
    ['SLACK_APP_TOKEN', '0123456789abcdef0123456789abcdef', 'this looks like one of the Basic Information'],
    ['SLACK_SIGNING_SECRET', 'xoxb-1', 'this is a token'],
  ])('are named for what they are: %s=%s', (name, text, hint) => {
    expect(faultsOf({ ...required, [name]: text })).toMatch(new RegExp(`  ${name}: expected .*; ${hint}`));
  });
});
