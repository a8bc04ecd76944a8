import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

const read = (name: string): Buffer => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));

/**
 * A PostgreSQL as far as its greeting: to the request for TLS (PostgreSQL's protocol, SSLRequest) it answers yes and
 * shows a certificate that no authority has signed, or no. Resolves to its port.
 */
export async function startPostgresGreeting({ tls }: { readonly tls: boolean }): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => {
      socket.write(tls ? 'S' : 'N');
      if (!tls) return;
      const shown = new TLSSocket(socket, { isServer: true, key: read('key'), cert: read('certificate') });
      shown.on('error', () => undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
