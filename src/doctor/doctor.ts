import type { EnvFile } from '../config/env-file.ts';
import { hideSecrets } from '../config/hide-secrets.ts';
import { type Env, secretsIn } from '../config/secrets.ts';
import { type Config, inspectSettings } from '../config.ts';
import { once } from '../once.ts';
import { createLogger, slackLogger } from '../slack/log.ts';
import { redact } from '../slack/redact.ts';
import type { Sample } from '../slack/sample.ts';
import { createSlackClients } from '../slack/slack-clients.ts';
import { createWallarooClient } from '../wallaroo/create-client.ts';
import { addressChecks, clockCheck, signInNeeds } from './address-checks.ts';
import { type Check, examine, type Finding } from './check.ts';
import { databaseCheck } from './database-check.ts';
import { explain } from './explain.ts';
import { type Probe, probe } from './probe.ts';
import { proxyCheck } from './proxy-check.ts';
import { lineOf, summaryOf, waitingLines } from './report-lines.ts';
import { scheduleCheck } from './schedule-check.ts';
import { settingFindings, warningFindings } from './setting-findings.ts';
import { slackAppChecks } from './slack-app-checks.ts';
import { slackDrawingCheck } from './slack-drawing-check.ts';
import { slackPeopleChecks } from './slack-people-checks.ts';
import { slackPlaceChecks } from './slack-place-checks.ts';
import { wallarooChecks } from './wallaroo-checks.ts';

export interface DoctorOptions {
  /** @default the system's clock */
  readonly now?: () => Date;
  /** Green and red. @default on a terminal, unless `NO_COLOR` is set */
  readonly colours?: boolean;
  /** What the file `.env` was found to be. @default not looked at */
  readonly file?: EnvFile;
  /** One of each message and view that the bot draws, for Slack to look at. @default none: that check is left out */
  readonly samples?: () => Promise<readonly Sample[]>;
}

/**
 * Looks at everything that the bot needs and changes nothing. Writes a line for each check as soon as it and those before it
 * are done; with `--json` in `argv` one object at the end: `{ok, checks: [{name, state, text, remedy?}]}`.
 * Resolves to the exit code: 1 if anything is wrong, else 0.
 */
export async function runDoctor(
  env: Env,
  argv: readonly string[],
  write: (text: string) => void,
  options: DoctorOptions = {},
): Promise<number> {
  const colours = options.colours ?? (process.stdout.isTTY === true && !env.NO_COLOR);
  const asJson = argv.includes('--json');
  const inspected = inspectSettings(env, options.file);
  const hideValues = hideSecrets(secretsIn(env));
  const hide = (text: string): string => redact(hideValues(text));
  // A check runs only where the settings that it needs are right, so it never meets one that is missing.
  const checks = checksOf(inspected.config as Config, env, options);
  const findings: Finding[] = [];
  const tell = (found: Finding): void => {
    const finding = hidden(found, hide);
    findings.push(finding);
    if (!asJson && finding.waitsFor === undefined) write(`${lineOf(finding, colours)}\n`);
  };
  for await (const found of examine(checks, settingFindings(inspected), explain)) tell(found);
  for (const found of warningFindings(inspected, options.file)) tell(found);
  if (!asJson) for (const line of waitingLines(findings, colours)) write(`${line}\n`);
  const ok = findings.every(({ state }) => state !== 'wrong');
  write(
    asJson
      ? `${JSON.stringify({ ok, checks: findings.map(plain) }, null, 2)}\n`
      : `\n${summaryOf(findings)}\n`,
  );
  return ok ? 0 : 1;
}

function checksOf(config: Config, env: Env, options: DoctorOptions): readonly Check[] {
  const { now = () => new Date(), samples } = options;
  const log = createLogger('silent');
  const clientFor = (token: string) =>
    createSlackClients(token, config.SLACK_API_URL, slackLogger(log)).background;
  const slack = once(() => clientFor(config.SLACK_BOT_TOKEN));
  let graphqlAnswered = false;
  const wallaroo = once(() =>
    createWallarooClient({
      apiUrl: config.WALLAROO_URL,
      authUrl: config.WALLAROO_AUTH_URL,
      username: config.WALLAROO_USER,
      password: config.WALLAROO_PASSWORD,
      clientId: config.WALLAROO_CLIENT_ID,
      clientSecret: config.WALLAROO_CLIENT_SECRET,
      usersVia: config.WALLAROO_USERS_VIA,
      onRequest: ({ path, code }) => {
        graphqlAnswered ||= path === '/v1/graphql' && code === undefined;
      },
    }),
  );
  const asked = new Map<string, Promise<Probe>>();
  const ask = (url: string): Promise<Probe> => {
    const answer = asked.get(url) ?? probe(url, now);
    asked.set(url, answer);
    return answer;
  };
  return [
    ...slackAppChecks(config, clientFor),
    ...slackPlaceChecks(config, slack),
    ...slackPeopleChecks(config, slack, { log, now }),
    ...(samples === undefined ? [] : [slackDrawingCheck(slack, samples, now)]),
    ...addressChecks(config, ask, env),
    ...wallarooChecks(config, wallaroo, signInNeeds, () => graphqlAnswered),
    databaseCheck(config, now),
    clockCheck(config, ask),
    scheduleCheck(config, now),
    proxyCheck(config, env),
  ];
}

const hidden = (finding: Finding, hide: (text: string) => string): Finding =>
  'remedy' in finding
    ? { ...finding, text: hide(finding.text), remedy: hide(finding.remedy) }
    : { ...finding, text: hide(finding.text) };

/** As programs read it. */
const plain = ({ isUnset: _isUnset, waitsFor: _waitsFor, ...finding }: Finding): object => finding;
