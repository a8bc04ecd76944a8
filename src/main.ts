#!/usr/bin/env node
import { startBot } from './app.ts';
import { faultPointFrom } from './changes/apply/fault-point.ts';
import { readConfig, readEnvironment } from './config.ts';
import { ChatopsError } from './errors.ts';
import { applyProxies, proxiesOf } from './proxy.ts';
import { createLogger } from './slack/log.ts';
import { redact } from './slack/redact.ts';

/** How long an orderly end may take before the process ends all the same, ms. */
const END_WITHIN_MS = 4500;

async function main(): Promise<void> {
  const env = readEnvironment();
  applyProxies(proxiesOf(env));
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'doctor') {
    const { runDoctor } = await import('./doctor/doctor.ts');
    process.exitCode = await runDoctor(env, rest, (text) => process.stdout.write(text));
    return;
  }
  const config = readConfig(env);
  const log = createLogger(config.LOG_LEVEL);
  // What was promised to people is in the database, so one stray rejection must not end the process.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
  let ending = false;
  const starting = startBot(config, { log, faultPoint: faultPointFrom(env) });
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), END_WITHIN_MS).unref();
    starting.then((bot) => bot.stop()).then(() => process.exit(0), fail);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  await starting.catch((error: unknown) => {
    log.debug({ err: error }, 'the start failed');
    throw error;
  });
}

/** A sentence for whoever started it, and nothing else. */
function fail(error: unknown): never {
  const [unexpected = ''] = redact(String(error)).split('\n');
  console.error(error instanceof ChatopsError ? error.userMessage : `The bot ends: ${unexpected}`);
  process.exit(1);
}

main().catch(fail);
