import { givenProxy } from '../given-proxy.ts';
import { durationBounds, durationMs } from './durations.ts';
import type { SettingWarning } from './env-file.ts';
import { nearNames } from './names.ts';
import { cronGapMs } from './schedule.ts';
import type { Env } from './secrets.ts';
import { settings } from './settings.ts';

const { second, minute, day } = durationBounds;

/** What an empty value of these means is easily overlooked: it opens a door, or moves where things are kept. */
const EMPTY_MEANS: Readonly<Record<string, string>> = {
  MEMBERS: 'everyone in the team but guests may look and ask',
  FOUR_EYES: "an administrator's own change needs no second administrator",
  PROTECTED_USERS: 'nobody is protected',
  WORKSPACE_OWNERS_DECIDE: 'active owners decide about the members of their workspaces',
  DATABASE_URL: `the file ${settings.DATABASE_URL.schema.parse(undefined)} is used`,
};

/** Shorter than these is allowed, and seldom meant. */
const SHORT: readonly (readonly [name: string, leastMs: number, effect: string])[] = [
  ['REQUEST_TTL', 5 * minute, 'requests expire before anybody can decide them'],
  ['RETENTION', 7 * day, 'changes and the trail are soon cleared away'],
  ['WATCH_INTERVAL', 5 * second, 'Wallaroo is asked for all its users that often'],
];
const OFTEN_MS = 60 * minute;
/** Ids of Slack have nine letters or more; shorter ones without a digit are rather names. */
const RATHER_A_NAME = /^[A-Z]{2,8}$/;
/** Rather a word for everybody, or nobody, than a username. */
const RATHER_A_WORD = /^(?:all|any|none|nobody|every(?:one|body)|true|false|yes|no|null|undefined|-+)$/i;
const RATHER_AN_ID = /^[UWSCGTB](?=[A-Z0-9]*\d)[A-Z0-9]{8,}$/;

/** What is allowed, but seldom meant. No value of a secret is told. */
export function settingWarnings(env: Env): readonly SettingWarning[] {
  return [
    ...nearNames(env, Object.keys(settings)).map(({ name, nearest }) => ({
      name,
      problem: 'is not a setting of the bot, and does nothing',
      remedy: `did you mean ${nearest}?`,
    })),
    ...Object.entries(EMPTY_MEANS).flatMap(([name, meaning]) =>
      env[name] !== undefined && env[name].trim() === ''
        ? [{ name, problem: `is set but empty: ${meaning}`, remedy: 'give it a value, or take the line out' }]
        : [],
    ),
    ...secretWarnings(env),
    ...listWarnings(env),
    ...paceWarnings(env),
    ...slackAddressWarning(env),
    ...proxyWarnings(env),
  ];
}

function secretWarnings(env: Env): readonly SettingWarning[] {
  return Object.entries(settings).flatMap(([name, { isVerbatim }]) => {
    const value = (env[name] ?? '').replace(/[\r\n]+$/, '');
    if (isVerbatim !== true || value.trim() === '') return [];
    const warn = (problem: string, remedy: string) => [{ name, problem, remedy }];
    if (value !== value.trim())
      return warn(
        'begins or ends with a blank, which counts',
        'take the blank out if it is not a part of it',
      );
    if (/[\p{Cc}\p{Cf}]/u.test(value))
      return warn(
        'holds a line break or an invisible character',
        String.raw`write \n in double quotes only for a line break`,
      );
    if (/^(["'`])[\s\S]*\1$/.test(value))
      return warn('stands in quotes, which count here', 'take them off: only the file .env needs quotes');
    return [];
  });
}

function listWarnings(env: Env): readonly SettingWarning[] {
  return ['ADMINS', 'MEMBERS', 'PROTECTED_USERS', 'SEAT_EXEMPT'].flatMap((name) => {
    const entries = (env[name] ?? '').split(',').map((entry) => entry.trim());
    const holdsIds = name === 'ADMINS' || name === 'MEMBERS';
    const odd = entries.filter((entry) => (holdsIds ? RATHER_A_NAME : RATHER_AN_ID).test(entry));
    const keys = entries.map((entry) => entry.toLowerCase());
    const twice = entries.filter((entry, index) => entry !== '' && keys.indexOf(keys[index] ?? '') !== index);
    const warn = (found: readonly string[], problem: string, remedy: string) =>
      found.length === 0 ? [] : [{ name, problem: `${found.join(', ')} ${problem}`, remedy }];
    return [
      ...warn(twice, 'is named more than once', 'keep one of them'),
      ...(holdsIds
        ? warn(odd, "looks like a name, not like Slack's id", 'copy the id: profile → ⋮ → Copy ID')
        : [
            ...warn(odd, "looks like Slack's id, not like a user of Wallaroo", 'write the email or username'),
            ...warn(
              entries.filter((entry) => RATHER_A_WORD.test(entry)),
              'counts as a username, and probably nobody is called that',
              'name each user, or take the line out',
            ),
          ]),
    ];
  });
}

function paceWarnings(env: Env): readonly SettingWarning[] {
  const short = SHORT.flatMap(([name, leastMs, effect]) => {
    const text = (env[name] ?? '').trim();
    const ms = durationMs(text);
    return ms !== undefined && ms > 0 && ms < leastMs
      ? [
          {
            name,
            problem: `${text} is short: ${effect}`,
            remedy: 'set a longer time, unless this is a trial',
          },
        ]
      : [];
  });
  const pattern = (env.DIGEST_CRON ?? '').trim();
  const gapMs = pattern === '' ? undefined : cronGapMs(pattern);
  if (typeof gapMs !== 'number' || gapMs >= OFTEN_MS || gapMs < minute) return short;
  return [
    ...short,
    {
      name: 'DIGEST_CRON',
      problem: `${pattern} posts digests only ${Math.round(gapMs / minute)} min apart at times`,
      remedy: 'its five fields are minute, hour, day, month and weekday',
    },
  ];
}

function slackAddressWarning(env: Env): readonly SettingWarning[] {
  const url = (env.SLACK_API_URL ?? '').trim();
  if (url === '' || /\/api\/?$/.test(url) || !settings.SLACK_API_URL.schema.safeParse(url).success) return [];
  return [
    { name: 'SLACK_API_URL', problem: 'does not end with /api/', remedy: "leave it out for Slack's own" },
  ];
}

/** What of the proxies' settings is read by other programs, and not here. */
function proxyWarnings(env: Env): readonly SettingWarning[] {
  const given = (name: string): string => givenProxy(env, name);
  const odd = given('NO_PROXY')
    .split(/[,\s]+/)
    .filter((entry, _, all) => /[;"']|:\/\/|[^*]\*/.test(entry) || (entry === '*' && all.length > 1));
  const isAllAlone = given('ALL_PROXY') !== '' && given('HTTPS_PROXY') === '' && given('HTTP_PROXY') === '';
  return [
    ...(odd.length === 0
      ? []
      : [
          {
            name: 'NO_PROXY',
            problem: `${odd.join(', ')} names no host here`,
            remedy: 'write names of hosts, separated by commas, such as localhost,.example.com',
          },
        ]),
    ...(isAllAlone
      ? [{ name: 'ALL_PROXY', problem: 'is not read', remedy: 'set HTTPS_PROXY and HTTP_PROXY' }]
      : []),
  ];
}
