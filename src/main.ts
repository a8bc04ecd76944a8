#!/usr/bin/env node
import { startBot } from './app.ts';
import { faultPointFrom } from './changes/apply/fault-point.ts';
import { hideSecrets } from './config/hide-secrets.ts';
import { secretsIn } from './config/secrets.ts';
import { inspectSettings, readConfig, readEnvironment } from './config.ts';
import { ChatopsError } from './errors.ts';
import { logDestination } from './ops/log-destination.ts';
import { applyProxies, proxiesOf } from './proxy.ts';
import { createLogger } from './slack/log.ts';
import { redact } from './slack/redact.ts';
import { USAGE, wishOf } from './usage.ts';
import { wholeMessage } from './whole-message.ts';

/** How long an orderly end may take before the process ends anyway, ms. */
const END_WITHIN_MS = 4500;
/** How long the end waits for the last lines of the log, ms. */
const FLUSH_WITHIN_MS = 400;

const destination = logDestination({
  onFault: (code) =>
    console.error(
      `The log cannot be written (${code}). The bot works on, keeps the last lines for a while and drops the rest.`,
    ),
});

/** Takes what is secret out of a text that is printed; knows the secrets once the settings are read. */
let hide = redact;

async function main(): Promise<void> {
  const wish = wishOf(process.argv.slice(2));
  if (wish.kind === 'help') return void process.stdout.write(USAGE);
  if (wish.kind === 'unknown') return refuse(wish.word);
  const { env, file } = readEnvironment();
  const hideValues = hideSecrets(secretsIn(env));
  hide = (text) => redact(hideValues(text));
  const { warnings, faults } = inspectSettings(env, file);
  if (!faults.some(({ name }) => name.endsWith('_PROXY'))) applyProxies(proxiesOf(env));
  if (wish.kind === 'doctor') {
    const { runDoctor } = await import('./doctor/doctor.ts');
    process.exitCode = await runDoctor(env, wish.argv, (text) => process.stdout.write(text), { file });
    return;
  }
  const config = readConfig(env, file);
  const log = createLogger(config.LOG_LEVEL, destination, hideValues);
  for (const { name, problem, remedy } of warnings)
    log.warn({ setting: name }, `${name}: ${problem}. What to do: ${remedy}`);
  // What was promised to people is in the database, so one stray fault must not end the process.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
  process.on('uncaughtException', (error) => log.error({ err: error }, 'a throw that nobody caught'));
  let ending = false;
  const starting = startBot(config, {
    log,
    destination,
    proxies: proxiesOf(env),
    faultPoint: faultPointFrom(env),
  });
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => leave(0), END_WITHIN_MS).unref();
    starting.then((bot) => bot.stop()).then(() => leave(0), fail);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  await starting.catch((error: unknown) => {
    log.debug({ err: error }, 'the start failed');
    throw error;
  });
}

function refuse(word: string): void {
  console.error(`${hide(word)} is no command or option of this program.\n\n${USAGE}`);
  process.exitCode = 2;
}

/** Ends the process with the last lines of the log written. */
async function leave(code: number): Promise<never> {
  const isWritten = await destination.flushed(FLUSH_WITHIN_MS);
  // A write that hangs, as its reader does not read, would hold up an orderly exit for as long.
  if (!isWritten && destination.fault === undefined) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

/** A sentence for those who run the bot, and nothing else. */
function fail(error: unknown): Promise<never> {
  const [unexpected = ''] = wholeMessage(error).split('\n');
  console.error(hide(error instanceof ChatopsError ? error.userMessage : `The bot ends: ${unexpected}`));
  return leave(1);
}

main().catch(fail);
