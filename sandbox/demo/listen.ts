import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** How many ports to try, the wanted one included. */
const tries = 20;

async function tryPort(server: Server, port: number, host: string): Promise<boolean> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Serves `app` at `host`, the loopback interface unless told otherwise, and `port` (0: any free one) or the next that is free. */
export async function listen(
  app: Hono,
  port: number,
  host = '127.0.0.1',
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  for (let tried = port; !(await tryPort(server, tried, host)); tried += 1)
    if (tried - port >= tries) throw new Error(`Ports ${port} to ${tried} are taken.`);
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
