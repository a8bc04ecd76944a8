import { populate } from 'dotenv';
import { isProxy, PERCENT } from './config/addresses.ts';
import { ConfigError, type SettingFault } from './config/config-error.ts';
import { type EnvFile, readEnvFile, type SettingWarning } from './config/env-file.ts';
import { hideSecrets } from './config/hide-secrets.ts';
import { givenText, readSetting } from './config/read.ts';
import { type Env, secretsIn } from './config/secrets.ts';
import { type SettingName, type Settings, settingNames, settings } from './config/settings.ts';
import { settingWarnings } from './config/warnings.ts';
import { givenProxy } from './given-proxy.ts';

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

/**
 * Reads and checks every setting. An empty value counts as not set.
 * @param file what `.env` was found to be, for the message
 * @throws ConfigError naming each fault, what is expected and where to find the value.
 */
export function readConfig(env: Env, file?: EnvFile): Config {
  const { config, faults, warnings } = inspectSettings(env, file);
  if (faults.length > 0) throw new ConfigError(faults, warnings, file);
  return Object.freeze(config as Config);
}

/** Settings that the bot alone reads. */
const OF_THE_BOT = /^(?:SLACK_|DIGEST_|PORT$|OPS_PORT$|ADMINS$|MEMBERS$|WATCH_INTERVAL$)/;
type OfTheBot =
  | 'transport'
  | 'SLACK_BOT_TOKEN'
  | 'SLACK_API_URL'
  | 'PORT'
  | 'OPS_PORT'
  | 'ADMINS'
  | 'MEMBERS';

/**
 * What the command line reads. A channel is '' where it is not set: the running bot, which posts there, knows it. `ADMINS` is
 * there where it is set as the bot needs it.
 */
export type CommandLineConfig = Omit<Config, OfTheBot> & Partial<Pick<Config, 'ADMINS'>>;

/**
 * Reads and checks the settings of the command line, which tells Slack nothing itself.
 * @throws ConfigError as `readConfig` does
 */
export function readCommandLineConfig(env: Env, file?: EnvFile): CommandLineConfig {
  const { config, faults, warnings } = inspectSettings(env, file);
  const ours = faults.filter(
    ({ name, isSet }) => !OF_THE_BOT.test(name) && (isSet || !name.endsWith('_CHANNEL')),
  );
  if (ours.length > 0) throw new ConfigError(ours, warnings, file);
  const { APPROVALS_CHANNEL = '', LICENSE_CHANNEL = '', WATCH_INTERVAL = 0 } = config;
  return Object.freeze({ ...(config as Config), APPROVALS_CHANNEL, LICENSE_CHANNEL, WATCH_INTERVAL });
}

/** The environment, with what the file `.env` of this folder adds to it, and that file. Nothing else reads either. */
export function readEnvironment(): { readonly env: Env; readonly file: EnvFile } {
  const file = readEnvFile(process.cwd());
  // Libraries read their own variables, so they are to find them there.
  populate(process.env, file.values);
  return { env: process.env, file };
}

export interface Inspected {
  /** Every setting that is right, defaults filled in. */
  readonly config: Partial<Config>;
  readonly faults: readonly SettingFault[];
  readonly warnings: readonly SettingWarning[];
}

/** Looks at every setting. What it tells holds no secret. */
export function inspectSettings(env: Env, file?: EnvFile): Inspected {
  const faults: SettingFault[] = [];
  const values: Record<string, unknown> = {};
  const hide = hideSecrets(secretsIn(env));
  for (const name of settingNames) {
    const read = readSetting(name, env[name], hide);
    if (read.ok) values[name] = read.value;
    else faults.push({ name, problem: read.problem, where: settings[name].where, isSet: read.isSet });
  }
  const s = values as Partial<Settings>;
  const transport = chooseTransport(env);
  if (transport === undefined) faults.push(noTransport);
  const { LICENSE_SEATS: seats = 1, LICENSE_WARN_AT: warnAt = Math.max(1, seats - 1) } = s;
  faults.push(...betweenSettings(s, warnAt));
  const { SLACK_APP_TOKEN: _app, SLACK_SIGNING_SECRET: _signing, ...rest } = s;
  const derived = {
    transport,
    WALLAROO_AUTH_URL: s.WALLAROO_AUTH_URL ?? s.WALLAROO_URL,
    LICENSE_WARN_AT: warnAt,
    LICENSE_CHANNEL: s.LICENSE_CHANNEL ?? s.APPROVALS_CHANNEL,
  };
  faults.push(...proxyFaults(env));
  const warnings = [...(file?.warnings ?? []), ...settingWarnings(env)].map((warning) => ({
    ...warning,
    problem: hide(warning.problem),
  }));
  return { config: { ...rest, ...derived } as Partial<Config>, faults, warnings };
}

/** What is wrong only beside another setting. */
function betweenSettings(
  { LICENSE_SEATS: seats, PORT: port, OPS_PORT: opsPort }: Partial<Settings>,
  warnAt: number,
): readonly SettingFault[] {
  const faults: SettingFault[] = [];
  const add = (name: SettingName, problem: string) =>
    faults.push({ name, problem, where: settings[name].where, isSet: true });
  if (seats !== undefined && warnAt > seats)
    add('LICENSE_WARN_AT', `expected at most LICENSE_SEATS (${seats}), not ${warnAt}`);
  if (opsPort === port && opsPort !== undefined && opsPort > 0)
    add('OPS_PORT', `expected another port than PORT (${port})`);
  return faults;
}

/** `HTTPS_PROXY` and `HTTP_PROXY` are not ours alone; what is wrong with them would read as a platform that is away. */
function proxyFaults(env: Env): readonly SettingFault[] {
  return ['HTTPS_PROXY', 'HTTP_PROXY'].flatMap((name) => {
    const text = givenProxy(env, name);
    if (text === '' || isProxy(text)) return [];
    const problem = `expected the address of a proxy, like http://proxy.example.com:3128${text.includes('@') ? `; ${PERCENT}` : ''}`;
    return [{ name, problem, where: "your network's administrators", isSet: true }];
  });
}

const noTransport: SettingFault = {
  name: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
  problem: 'one of the two is required: the app token for Socket Mode, the signing secret for HTTP',
  where: settings.SLACK_APP_TOKEN.where,
  isSet: false,
};

function chooseTransport(env: Env): Transport | undefined {
  const appToken = env.SLACK_APP_TOKEN?.trim();
  if (appToken) return { mode: 'socket', appToken };
  const signingSecret = givenText('SLACK_SIGNING_SECRET', env.SLACK_SIGNING_SECRET);
  return signingSecret === undefined ? undefined : { mode: 'http', signingSecret };
}
