import type { LogLevel, Logger as SlackLogger } from '@slack/bolt';
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import { type ThrownFacts, thrownFacts, thrownText } from '../thrown.ts';
import { wholeMessage } from '../whole-message.ts';
import { hideInJson, redact, SECRET_FIELDS } from './redact.ts';

/** Of fields that are no text, and so are not found in the finished line. */
const OBJECTS = ['headers', ...SECRET_FIELDS];

/** Without what Slack's and other errors carry beside: requests, headers, whole answers. */
const plainError = (thrown: unknown): ThrownFacts =>
  thrownFacts(thrown, (error) => {
    const { type, message, stack } = pino.stdSerializers.err(error);
    return { type, message, stack };
  });

/** Writes a line. A field that cannot be turned into text costs the line its fields, and nobody their work. */
function logSafely(this: Logger, given: Parameters<LogFn>, method: LogFn): void {
  try {
    method.apply(this, given);
  } catch (error) {
    const text = given.find((part) => typeof part === 'string') ?? 'a line of the log';
    method.call(this, { unwritten: thrownText(error) }, text);
  }
}

/**
 * Structured logs, secrets left out of every line at every level.
 * @param destination standard output by default
 * @param hide takes known secrets out of a text
 */
export function createLogger(
  level: string,
  destination?: DestinationStream,
  hide: (text: string) => string = (text) => text,
): Logger {
  const options = {
    level,
    redact: { paths: OBJECTS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: plainError },
    hooks: { streamWrite: (line: string) => hideInJson(redact(line), hide), logMethod: logSafely },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Slack's libraries log through ours; their `info` is our `debug`. */
export function slackLogger(log: Logger): SlackLogger {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]): void => {
      if (log.isLevelEnabled(level)) log[level](parts.map(wholeMessage).join(' '));
    };
  return {
    debug: write('debug'),
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    // The value would bring all of Bolt into commands that never speak with Slack.
    getLevel: () => 'info' as LogLevel.INFO,
    setName: () => undefined,
  };
}
