import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import type { RecurringPass } from '../jobs/recurring-pass.ts';
import { slackLogger } from './log.ts';
import { createSlackApp, type SlackApp, type SlackTransport } from './slack-app.ts';
import { createSlackClients, type SlackClients } from './slack-clients.ts';
import { SlackStanding } from './slack-standing.ts';
import type { DeliveryWatch } from './watch-deliveries.ts';
import { watchToken } from './watch-token.ts';

export interface SlackLinkOptions {
  readonly transport: SlackTransport;
  readonly botToken: string;
  readonly slackApiUrl: string;
  readonly log: Logger;
  /** @default nobody watches */
  readonly deliveries?: DeliveryWatch | undefined;
  /** Carries the socket through a proxy. @default directly */
  readonly socketDispatcher?: Dispatcher | undefined;
}

/** Everything that speaks with Slack, and what Slack last said of it. */
export interface SlackLink {
  readonly slack: SlackApp;
  readonly clients: SlackClients;
  readonly standing: SlackStanding;
  /** Asks about the token where nothing else does. */
  readonly watch: RecurringPass;
}

/** Nothing is asked of Slack yet. */
export function createSlackLink(options: SlackLinkOptions): SlackLink {
  const { log, botToken, slackApiUrl } = options;
  const standing = new SlackStanding(log);
  const logger = slackLogger(log);
  const clients = createSlackClients(botToken, slackApiUrl, logger, (method, outcome) =>
    standing.heard(method, outcome),
  );
  return {
    slack: createSlackApp({ ...options, slackLogger: logger, standing }),
    clients,
    standing,
    watch: watchToken(clients.background, standing, log),
  };
}
