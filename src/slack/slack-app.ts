import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Logger as SlackLogger, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import { ChatopsError } from '../errors.ts';
import { slackErrorOf } from './boundary.ts';
import { interactiveOptions } from './slack-clients.ts';
import { fetchFromSlack } from './slack-fetch.ts';
import type { SlackStanding } from './slack-standing.ts';
import { SocketConnection } from './socket-connection.ts';
import { appTokenRemedy } from './token-words.ts';
import { type DeliveryWatch, watchDeliveries } from './watch-deliveries.ts';

/** Whom the bot's token belongs to, as `auth.test` tells. */
export interface SlackIdentity {
  readonly teamId: string;
  /** The organisation, where the bot is installed for all of it (Enterprise Grid). */
  readonly enterpriseId?: string | undefined;
  readonly botId: string | undefined;
  readonly botUserId: string | undefined;
}

export type SlackTransport =
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string };

export interface SlackAppOptions {
  readonly transport: SlackTransport;
  readonly botToken: string;
  readonly slackApiUrl: string;
  readonly slackLogger: SlackLogger;
  readonly log: Logger;
  readonly standing: SlackStanding;
  /** @default nobody watches */
  readonly deliveries?: DeliveryWatch | undefined;
  /** Carries the socket through a proxy. @default directly */
  readonly socketDispatcher?: Dispatcher | undefined;
}

/** Bolt on one of the two transports, not yet connected. */
export interface SlackApp {
  readonly app: App;
  /** Where signed requests go, in HTTP mode. */
  readonly requestListener: RequestListener | undefined;
  /** From when on interactions can arrive; rejects if Slack refuses the app token for good. */
  connect(identity: SlackIdentity): Promise<void>;
  /** Takes no further interactions. */
  disconnect(): Promise<void>;
  /** For how long there has been no connection, ms; 0 while there is one. In HTTP mode always 0. */
  disconnectedMs(nowMs: number): number;
}

const EVENTS_PATH = '/slack/events';
/** Bolt's answer to a request that is not signed with the secret, or too old. */
const UNSIGNED = 401;
/** This long without a pong means a dead socket. Patient, as the process or the network may be busy for seconds. */
const PONG_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Makes the Bolt app. Nothing is asked of Slack before `connect`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  return options.transport.mode === 'socket'
    ? socketApp(options, options.transport.appToken)
    : httpApp(options, options.transport.signingSecret);
}

function socketApp(options: SlackAppOptions, appToken: string): SlackApp {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: withoutRepetitions(options.slackLogger),
    clientPingTimeout: PONG_TIMEOUT_MS,
    autoReconnectEnabled: false,
    ...(options.socketDispatcher === undefined ? {} : { dispatcher: options.socketDispatcher }),
    installerOptions: {
      clientOptions: {
        slackApiUrl: options.slackApiUrl,
        timeout: CONNECT_TIMEOUT_MS,
        // `SocketConnection` asks again.
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        fetch: fetchFromSlack,
      },
    },
  });
  const connection = new SocketConnection(receiver.client, options.log, (error) =>
    options.standing.heardOfSocket(error),
  );
  const { app, identify } = boltApp(options, receiver);
  return {
    app,
    requestListener: undefined,
    connect: async (identity) => {
      identify(identity);
      await connection.open().catch((error: unknown) => {
        throw appTokenRefused(error);
      });
    },
    disconnect: async () => connection.close(),
    disconnectedMs: (nowMs) => connection.lostMs(nowMs),
  };
}

/** What the client says each time that no socket comes about: `SocketConnection` says it once. */
const REPEATED = /^(Failed to retrieve a new WSS URL|WebSocket error occurred|http request failed)/;

const withoutRepetitions = (logger: SlackLogger): SlackLogger => {
  const write =
    (level: 'warn' | 'error') =>
    (...parts: unknown[]): void =>
      logger[REPEATED.test(String(parts[0])) ? 'debug' : level](...parts);
  return { ...logger, warn: write('warn'), error: write('error') };
};

const appTokenRefused = (cause: unknown): ChatopsError =>
  new ChatopsError(`apps.connections.open: ${slackErrorOf(cause) ?? 'failed'}`, {
    code: 'slack_app_token_refused',
    userMessage: `Slack does not accept SLACK_APP_TOKEN (${slackErrorOf(cause) ?? 'no connection'}): ${appTokenRemedy(cause)}.`,
    cause,
  });

function httpApp(options: SlackAppOptions, signingSecret: string): SlackApp {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: options.slackLogger,
    endpoints: EVENTS_PATH,
  });
  const { app, identify } = boltApp(options, receiver);
  // Only what is signed comes so far.
  app.use(async ({ next }) => {
    options.standing.heardRequest(true);
    await next();
  });
  const beganAtMs = performance.now();
  let serving = false;
  return {
    app,
    requestListener: (request, response) => {
      // Bolt throws at anything it has no route for.
      const known = request.method === 'POST' && request.url?.split('?')[0] === EVENTS_PATH;
      if (known && serving) {
        // A request without a signature does not even claim to be Slack's.
        if (request.headers['x-slack-signature'] !== undefined)
          response.once('finish', () => {
            if (response.statusCode === UNSIGNED) options.standing.heardRequest(false);
          });
        receiver.requestListener(request, response);
      } else response.writeHead(known ? 503 : 404).end();
    },
    connect: async (identity) => {
      identify(identity);
      serving = true;
    },
    disconnect: async () => undefined,
    disconnectedMs: (nowMs) => (serving ? 0 : nowMs - beganAtMs),
  };
}

function boltApp(
  { botToken, slackApiUrl, slackLogger, log, deliveries }: SlackAppOptions,
  receiver: SocketModeReceiver | HTTPReceiver,
) {
  let identity: SlackIdentity = { teamId: '', botId: undefined, botUserId: undefined };
  const app = new App({
    receiver,
    logger: slackLogger,
    clientOptions: interactiveOptions(slackApiUrl, slackLogger),
    convoStore: false,
    authorize: async () => ({
      botToken,
      teamId: identity.teamId,
      ...(identity.botId === undefined ? {} : { botId: identity.botId }),
      ...(identity.botUserId === undefined ? {} : { botUserId: identity.botUserId }),
    }),
  });
  if (deliveries !== undefined) watchDeliveries(app, deliveries);
  app.error(async (error) => {
    log.error({ err: error }, 'an interaction failed outside its handler');
  });
  return {
    app,
    identify: (known: SlackIdentity) => {
      identity = known;
    },
  };
}
