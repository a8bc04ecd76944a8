import { pino } from 'pino';
import { faultPointFrom } from '../changes/apply/fault-point.ts';
import { runCommandLine } from '../cli/run.ts';
import { readCommandLineConfig } from '../config.ts';
import { createLogger } from '../slack/log.ts';
import type { ProcessSettings } from './process-settings.ts';

const STDERR = 2;
/** A command tells itself what went wrong; its log is for those who look closer. */
const TALKATIVE = ['debug', 'trace'];
const A_PROXY = /^https?_proxy$/i;

/** Runs one command of the command line; resolves with its exit code. */
export async function runCommand(argv: readonly string[], settings: ProcessSettings): Promise<number> {
  const { env, file, hide, hideValues } = settings;
  const level = env.LOG_LEVEL?.trim() ?? '';
  const log = createLogger(
    TALKATIVE.includes(level) ? level : 'silent',
    pino.destination({ fd: STDERR, sync: true }),
    hideValues,
  );
  const readConfig = () => readCommandLineConfig(env, file);
  const prepare = async (): Promise<void> => {
    if (!Object.entries(env).some(([name, value]) => A_PROXY.test(name) && value)) return;
    const { applyProxies, proxiesOf } = await import('../proxy.ts');
    applyProxies(proxiesOf(env));
  };
  return runCommandLine(argv, { env, readConfig, prepare, log, faultPoint: faultPointFrom(env), hide });
}
