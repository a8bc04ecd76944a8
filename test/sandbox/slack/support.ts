import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { App, type AppOptions, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import { type SlackOptions, type SlackSandbox, startSlack } from '../../../sandbox/slack/start-slack.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Has it closed after the test. */
export const closeAfter = (close: () => unknown): void => void closing.push(close);

/** A Slack for one test; patient, as the machine may be busy with other tests. */
export async function slackFor(options: SlackOptions = {}): Promise<SlackSandbox> {
  const slack = await startSlack({ ackLimitMs: 15_000, ...options });
  closeAfter(() => slack.stop());
  return slack;
}

type Handlers = (app: App) => void;

/** A Bolt app on Socket Mode; it reconnects after `reconnectMs`, five seconds by default. */
export async function socketApp(slack: SlackSandbox, handlers: Handlers, reconnectMs = 5000): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silent,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    clientPingTimeout: reconnectMs,
  });
  const app = boltApp(slack, { receiver });
  handlers(app);
  await app.start();
  await slack.connected();
  closeAfter(() => app.stop());
  return app;
}

/** A Bolt app that takes signed requests; from now on Slack delivers to it. */
export async function httpApp(
  slack: SlackSandbox,
  handlers: Handlers,
  signingSecret?: string,
): Promise<string> {
  const app = boltApp(slack, { signingSecret: slack.signingSecret });
  handlers(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  if (!server.listening) await once(server, 'listening');
  closeAfter(() => app.stop());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.deliverTo({ url, ...(signingSecret === undefined ? {} : { signingSecret }) });
  return url;
}

function boltApp(slack: SlackSandbox, options: AppOptions): App {
  const app = new App({
    token: slack.botToken,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl },
    ...options,
  });
  app.error(async (error) => slack.workspace.warn(`bolt: ${error.message}`));
  return app;
}

/** What goes wrong is asserted, not printed. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** The official client; without repetitions unless told otherwise. */
export const webClient = (
  slack: SlackSandbox,
  options: WebClientOptions = {},
  token = slack.botToken,
): WebClient =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...options,
  });

/** The error string of a refused call, or `ok`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const answer = await call.catch((error: unknown) => error);
  if (!(answer instanceof Error)) return 'ok';
  const { data } = answer as Error & { data?: { error?: string } };
  return data?.error ?? answer.message;
}

type Envelope = Readonly<Record<string, unknown>>;

/** A Socket Mode client by hand: what came, and a way to acknowledge. */
export class RawSocket {
  readonly received: Envelope[] = [];
  readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => void this.received.push(JSON.parse(String(data)) as Envelope));
  }

  static async connect(slack: SlackSandbox): Promise<RawSocket> {
    const { url } = await webClient(slack, {}, slack.appToken).apps.connections.open({});
    const socket = new RawSocket(new WebSocket(String(url)));
    await once(socket.socket, 'open');
    closeAfter(() => socket.socket.terminate());
    return socket;
  }

  get envelopes(): readonly Envelope[] {
    return this.received.filter(({ envelope_id }) => envelope_id !== undefined);
  }

  /** Acknowledges whatever comes. */
  acknowledgeAll(payload?: unknown): void {
    this.socket.on('message', (data) => {
      const { envelope_id } = JSON.parse(String(data)) as Envelope;
      if (envelope_id !== undefined) this.socket.send(JSON.stringify({ envelope_id, payload }));
    });
  }
}

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

export const button = (text: string, more: object = {}) => ({
  type: 'button' as const,
  action_id: `press_${text}`,
  text: plain(text),
  ...more,
});

export const section = (text: string, more: object = {}) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
  ...more,
});

export const input = (label: string, element: object, more: object = {}) => ({
  type: 'input' as const,
  block_id: label.toLowerCase(),
  label: plain(label),
  element: { action_id: 'entry', ...element },
  ...more,
});

/** A modal of these blocks. */
export const modal = (title: string, blocks: readonly object[], more: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: plain(title),
  submit: plain('Go'),
  blocks: blocks as never[],
  ...more,
});
