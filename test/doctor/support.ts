import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { readManifest } from '../../sandbox/manifest.ts';
import { type SlackOptions, type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import {
  startWallaroo,
  type WallarooOptions,
  type WallarooSandbox,
} from '../../sandbox/wallaroo/start-wallaroo.ts';
import type { Finding } from '../../src/doctor/check.ts';
import { type DoctorOptions, runDoctor } from '../../src/doctor/doctor.ts';
import { samples } from '../../src/features/samples/samples.ts';

type Env = Record<string, string | undefined>;

/** What a test altered before the doctor came. */
export interface Patient {
  readonly slack: SlackSandbox;
  readonly wallaroo: WallarooSandbox;
  /** A folder of its own. */
  readonly folder: string;
  /** Settings with which everything is right. */
  readonly env: Env;
}

export interface Examined {
  readonly exitCode: number;
  /** Everything written. */
  readonly text: string;
  readonly findings: readonly Finding[];
  of(name: string): Finding;
}

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

/** A Slack and a Wallaroo in which everything is right, stopped after the test. */
export async function start(
  options: { readonly slack?: SlackOptions; readonly wallaroo?: WallarooOptions } = {},
): Promise<Patient> {
  const [slack, wallaroo, folder] = await Promise.all([
    startSlack({ scopes: needed, ...options.slack }),
    startWallaroo(options.wallaroo),
    mkdtemp(join(tmpdir(), 'doctor-')),
  ]);
  cleanUps.push(
    () => slack.stop(),
    () => wallaroo.stop(),
    () => rm(folder, { recursive: true, force: true }),
  );
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    WALLAROO_URL: wallaroo.url,
    WALLAROO_USER: wallaroo.account.username,
    WALLAROO_PASSWORD: wallaroo.account.password,
    ADMINS: 'U0ADA,S0ADMINS',
    MEMBERS: 'S0MEMBERS',
    APPROVALS_CHANNEL: 'C0APPROVALS',
    LICENSE_CHANNEL: 'C0LICENSE',
    DATABASE_URL: `file:${join(folder, 'chatops.db')}`,
  };
  return { slack, wallaroo, folder, env };
}

/** The scopes of the manifest. */
export const { scopes: needed } = await readManifest();

/** What the doctor says, as JSON; `altered` settings go over those that are right. */
export async function examine(
  { env }: Patient,
  altered: Env = {},
  options: DoctorOptions = {},
): Promise<Examined> {
  const { exitCode, text } = await say({ ...env, ...altered }, ['--json'], options);
  const { checks: findings } = JSON.parse(text) as { checks: Finding[] };
  const of = (name: string): Finding => {
    const found = findings.find((finding) => finding.name === name);
    if (found === undefined) throw new Error(`no check is called ${name}: ${text}`);
    return found;
  };
  return { exitCode, text, findings, of };
}

/** What the doctor writes. */
export async function say(
  env: Env,
  argv: readonly string[],
  options: DoctorOptions = {},
): Promise<{ readonly exitCode: number; readonly text: string }> {
  let text = '';
  const exitCode = await runDoctor(
    env,
    argv,
    (written) => {
      text += written;
    },
    { samples: async () => samples(), ...options },
  );
  return { exitCode, text };
}
