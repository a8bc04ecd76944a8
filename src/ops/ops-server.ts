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
  stop(): Promise<void>;
}

const ALIVE = ['/healthz', '/health'];
const READY = ['/readyz', '/ready'];

/**
 * Serves liveness (`/healthz`), readiness (`/readyz`) and `/metrics`, and in HTTP mode Slack's requests.
 * @throws ChatopsError `port_taken` when nothing can listen there.
 */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const tell = (health: Health): void => {
      response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: health.ok ? 'ok' : 'failing', ...health.parts }));
    };
    if (ALIVE.includes(path)) return tell(options.alive());
    if (READY.includes(path)) return void options.ready().then(tell);
    if (path === '/metrics')
      return void options.metrics.registry.metrics().then((text) => {
        response.writeHead(200, { 'content-type': options.metrics.registry.contentType });
        response.end(text);
      });
    if (options.otherwise !== undefined) return options.otherwise(request, response);
    response.writeHead(404).end();
  });
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ChatopsError(`cannot listen on port ${port}`, {
      code: 'port_taken',
      userMessage: `The bot cannot listen on port ${port}: another program has it, or it is not allowed. Set PORT to a free one.`,
      cause: error,
    });
  }
}
