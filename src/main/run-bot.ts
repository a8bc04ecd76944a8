import { startBot } from '../app.ts';
import { faultPointFrom } from '../changes/apply/fault-point.ts';
import { ConfigError } from '../config/config-error.ts';
import { inspectSettings, readConfig } from '../config.ts';
import { ChatopsError } from '../errors.ts';
import { useOneFetch } from '../one-fetch.ts';
import { logDestination } from '../ops/log-destination.ts';
import { applyProxies, proxiesOf } from '../proxy.ts';
import { createLogger } from '../slack/log.ts';
import { wholeMessage } from '../whole-message.ts';
import { giveBackStartMemory } from './give-back-memory.ts';
import type { ProcessSettings } from './process-settings.ts';
import { version } from './version.ts';

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

/** Runs the bot until a signal ends it, or the start fails: then the process ends with a sentence. */
export async function runBot(settings: ProcessSettings): Promise<void> {
  const { env, file, hideValues, hide } = settings;
  const fail = (error: unknown): Promise<never> => {
    // What is said of settings holds no secret: a token like `token` would only take words out of it.
    console.error(error instanceof ConfigError ? error.message : hide(lastWords(error)));
    return leave(1);
  };
  useOneFetch();
  try {
    const { warnings, faults } = inspectSettings(env, file);
    if (!faults.some(({ name }) => name.endsWith('_PROXY'))) applyProxies(proxiesOf(env));
    const config = readConfig(env, file);
    const log = createLogger(config.LOG_LEVEL, destination, hideValues);
    for (const { name, problem, remedy } of warnings)
      log.warn({ setting: name }, `${name}: ${problem}. What to do: ${remedy}`);
    // What was promised to people is in the database, so one stray fault must not end the process.
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
    process.on('uncaughtException', (error) => log.error({ err: error }, 'a throw that nobody caught'));
    log.info({ version: version(), node: process.versions.node }, 'bot is starting');
    const faultPoint = faultPointFrom(env);
    const starting = startBot(config, { log, destination, proxies: proxiesOf(env), faultPoint });
    endOnSignal(() => starting.then((bot) => bot.stop()).then(() => leave(0), fail));
    await starting.catch((error: unknown) => {
      log.debug({ err: error }, 'the start failed');
      throw error;
    });
    await giveBackStartMemory(log);
  } catch (error) {
    await fail(error);
  }
}

function endOnSignal(stop: () => Promise<unknown>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => leave(0), END_WITHIN_MS).unref();
    void stop();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/** Ends the process with the last lines of the log written. */
async function leave(code: number): Promise<never> {
  const isWritten = await destination.flushed(FLUSH_WITHIN_MS);
  // A write that hangs, as its reader does not read, would hold up an orderly exit for as long.
  if (!isWritten && destination.fault === undefined) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

/** A sentence for those who run the bot, and nothing else. */
function lastWords(error: unknown): string {
  const [unexpected = ''] = wholeMessage(error).split('\n');
  return error instanceof ChatopsError ? error.userMessage : `The bot ends: ${unexpected}`;
}
