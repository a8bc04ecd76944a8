import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Ack, Delivery } from './delivery/delivery.ts';
import { type HttpTarget, SignedHttp } from './delivery/signed-http.ts';
import { type DisconnectReason, SocketMode } from './delivery/socket-mode.ts';
import { SlackFaults } from './faults.ts';
import type { Json } from './json.ts';
import { eventCallback } from './person/payloads.ts';
import { fullText, type SeenMessage, type SeenView } from './person/seen.ts';
import { Person } from './person.ts';
import { defaultSlackSeed, type SlackSeed } from './seed.ts';
import { Traffic } from './traffic.ts';
import { until } from './waiting.ts';
import type { Method } from './web-api/method.ts';
import { slackRoutes } from './web-api/routes.ts';
import { Workspace } from './workspace.ts';

export interface SlackOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default Ex Co, see `seed.ts` */
  readonly seed?: SlackSeed;
  /** Slack's clock. @default the real one */
  readonly now?: () => Date;
  /** Scopes of the bot token, as in the app's manifest. @default all that the sandbox knows */
  readonly scopes?: readonly string[];
  /** Slash commands that exist, as in the app's manifest. @default ['/wallaroo'] */
  readonly commands?: readonly string[];
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** Delivers by signed HTTP requests instead of Socket Mode. */
  readonly deliverTo?: { readonly url: string; readonly signingSecret?: string };
  /** How long the app may take to acknowledge. @default 3000, as Slack */
  readonly ackLimitMs?: number;
  /** Waits before each repetition of an unacknowledged event. @default [0, 60000, 300000], as Slack */
  readonly eventRetryMs?: readonly number[];
}

const everyScope = [
  'chat:write',
  'commands',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
  'im:read',
  'im:write',
  'im:history',
  'files:write',
  'team:read',
];

/** A running Slack of one workspace with one app installed. */
export interface SlackSandbox {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** Base of the Web API, ends in `/api/`: for `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: Workspace;
  readonly traffic: Traffic;
  readonly faults: SlackFaults;
  /** Open Socket Mode connections. */
  readonly connections: number;
  /** What this person can do, by user id. */
  as(userId: string): Person;
  /** Everything to read in a message or view, controls in brackets. */
  textOf(seen: SeenMessage | SeenView): string;
  /**
   * Resolves with the first value of `check` that is not `undefined`, `null` or `false`, asked after every change
   * and piece of traffic; rejects with a dump of what there is to see after `timeoutMs` (25,000).
   */
  until<T>(check: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
  /** Resolves when the app has a Socket Mode connection. */
  connected(timeoutMs?: number): Promise<void>;
  /** Sends a hand-made payload (an interaction, a command or an event callback) as it is. */
  deliver(payload: Json): Promise<Ack>;
  /** Sends an event such as `{ type: 'member_joined_channel', … }`; repeated like Slack does until acknowledged. */
  emit(event: Json): Promise<void>;
  /** From now on by signed HTTP requests; `undefined`: by Socket Mode. */
  deliverTo(target: { readonly url: string; readonly signingSecret?: string } | undefined): void;
  /** Says `disconnect` on every socket. */
  disconnect(reason: DisconnectReason): void;
  /** Workspace as seeded, faults and traffic forgotten; connections stay. */
  reset(): void;
  /** Cuts what is still open. */
  stop(): Promise<void>;
}

function typeOf(payload: Json) {
  if (payload.command !== undefined) return 'slash_commands';
  return payload.type === 'event_callback' ? 'events_api' : 'interactive';
}

/** Starts a strict Slack on the loopback interface. Rejects if the port is taken. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackSandbox> {
  const { port = 0, seed = defaultSlackSeed, now = () => new Date() } = options;
  const {
    botToken = 'xoxb-sandbox',
    appToken = 'xapp-sandbox',
    signingSecret = 'sandbox-signing-secret',
  } = options;
  const traffic = new Traffic(now);
  const faults: SlackFaults = new SlackFaults(() => sockets.cut());
  const { scopes = everyScope, commands = ['/wallaroo'] } = options;
  const workspace = new Workspace({ seed, now, traffic, faults, scopes, commands });
  const sockets = new SocketMode(workspace);
  const delivery = new Delivery(workspace, sockets, options);
  const connectionsOpen: Method = { token: 'app', run: () => ({ url: sockets.issueUrl() }) };
  const deliverTo: SlackSandbox['deliverTo'] = (target) => {
    const http = (it: { url: string; signingSecret?: string }): HttpTarget => ({ signingSecret, ...it });
    delivery.carrier = target === undefined ? sockets : new SignedHttp(http(target), now);
  };
  deliverTo(options.deliverTo);

  const tokens = { bot: botToken, app: appToken };
  const routes = slackRoutes(workspace, tokens, { 'apps.connections.open': connectionsOpen });
  const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
  server.prependListener('request', (request) => {
    if (faults.down === 'refuse') request.socket.destroy();
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  workspace.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const untilHere: SlackSandbox['until'] = (check, timeoutMs) => until(workspace, check, timeoutMs);
  return {
    url: workspace.url,
    apiUrl: `${workspace.url}/api/`,
    botToken,
    appToken,
    signingSecret,
    workspace,
    traffic,
    faults,
    get connections() {
      return sockets.connections;
    },
    as: (userId) => new Person(workspace, delivery, userId),
    textOf: (seen) => fullText(workspace, seen),
    until: untilHere,
    connected: async (timeoutMs) => {
      await untilHere(() => sockets.connections > 0, timeoutMs);
    },
    deliver: (payload) => delivery.send(typeOf(payload), payload),
    emit: (event) => delivery.sendEvent(eventCallback(workspace, event)),
    deliverTo,
    disconnect: (reason) => sockets.disconnect(reason),
    reset() {
      workspace.reset();
      faults.clear();
      traffic.clear();
    },
    async stop() {
      if (!server.listening) return;
      delivery.stop();
      await sockets.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
