import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import { type Logger, pino } from 'pino';

/** Fields that may hold a secret, wherever they stand in a logged object. */
const SECRETS = [
  'token',
  'password',
  'access_token',
  'refresh_token',
  'client_secret',
  'authorization',
  'response_url',
  'trigger_id',
  'headers',
];

const TOKEN = /\b(xox[a-z]-|xapp-)[\w-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Hides what looks like a Slack token or a JWT inside a text. */
const redactTokens = (text: string): string => text.replace(TOKEN, '[redacted]');

const redactError = (error: Error): object => {
  const plain = pino.stdSerializers.err(error);
  return {
    type: plain.type,
    message: redactTokens(plain.message),
    stack: redactTokens(plain.stack),
    ...('code' in error ? { code: error.code } : {}),
  };
};

/** Structured logs on standard output, secrets left out. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: redactError },
  });
}

/** Slack's libraries log through ours; their `info` is our `debug`. */
export function slackLogger(log: Logger): SlackLogger {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]): void =>
      log[level](redactTokens(parts.map(partText).join(' ')));
  return {
    debug: write('debug'),
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

const partText = (part: unknown): string =>
  part instanceof Error ? `${part.name}: ${part.message}` : String(part);
