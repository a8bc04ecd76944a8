import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatopsError } from '../errors.ts';
import type { Metrics } from './metrics.ts';

/** What one look at the bot's health came to. */
export interface Health {
  readonly ok: boolean;
  /** Each part by name, and how it stands. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface OpsServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Another one, for `/healthz`, `/readyz` and `/metrics` alone. `undefined`: they are told at `port`. */
  readonly opsPort: number | undefined;
  readonly metrics: Metrics;
  /** Whether the process should live on: false asks the supervisor for a restart. */
  readonly alive: () => Health;
  /** Whether interactions can be served now. */
  readonly ready: () => Promise<Health>;
  /** What answers everything else, in HTTP mode. */
  readonly otherwise: RequestListener | undefined;
}

export interface OpsServer {
  readonly port: number;
  readonly opsPort: number | undefined;
  stop(): Promise<void>;
}

const ALIVE = ['/healthz', '/health'];
const READY = ['/readyz', '/ready'];
const METRICS = '/metrics';

/**
 * Serves liveness (`/healthz`) and readiness (`/readyz`), and in HTTP mode Slack's requests. `/metrics` is told at `opsPort`
 * where there is one, and else at `port`, unless that one is open to Slack and so to the world.
 * @throws ChatopsError `port_taken` when nothing can listen there.
 */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const { port, opsPort, otherwise } = options;
  const main = createServer(listener(options, otherwise === undefined && opsPort === undefined, otherwise));
  await listen(main, port, 'PORT');
  if (opsPort === undefined) return { port: portOf(main), opsPort, stop: () => stop(main) };
  const ops = createServer(listener(options, true, undefined));
  try {
    await listen(ops, opsPort, 'OPS_PORT');
  } catch (error) {
    await stop(main);
    throw error;
  }
  return {
    port: portOf(main),
    opsPort: portOf(ops),
    stop: async () => {
      await Promise.all([stop(main), stop(ops)]);
    },
  };
}

function listener(
  { alive, ready, metrics }: OpsServerOptions,
  tellsMetrics: boolean,
  otherwise: RequestListener | undefined,
): RequestListener {
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const tell = (health: Health): void => {
      response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: health.ok ? 'ok' : 'failing', ...health.parts }));
    };
    if (ALIVE.includes(path)) return tell(alive());
    if (READY.includes(path)) return void ready().then(tell);
    if (path === METRICS && tellsMetrics)
      return void metrics.registry.metrics().then((text) => {
        response.writeHead(200, { 'content-type': metrics.registry.contentType });
        response.end(text);
      });
    if (path !== METRICS && otherwise !== undefined) return otherwise(request, response);
    response.writeHead(404).end();
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  server.closeAllConnections();
  await closed;
}

async function listen(server: Server, port: number, setting: 'PORT' | 'OPS_PORT'): Promise<void> {
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ChatopsError(`cannot listen on port ${port}`, {
      code: 'port_taken',
      userMessage: `The bot cannot listen on port ${port}: another program has it, or it is not allowed. Set ${setting} to a free one.`,
      cause: error,
    });
  }
}
