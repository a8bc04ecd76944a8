import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach } from 'vitest';

/** A proxy as companies have them. It takes every host for this machine, so names that no DNS knows reach it. */
export interface ForwardProxy {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** `host:port` of each tunnel asked for, in order. */
  readonly tunnels: readonly string[];
  /** Full address of each request asked of the proxy itself. */
  readonly forwarded: readonly string[];
  /** `Proxy-Authorization` of each of both. */
  readonly credentials: readonly (string | undefined)[];
}

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Starts one; it ends with the test. With `refuse` it answers everything with that status. */
export async function startForwardProxy(options: { readonly refuse?: number } = {}): Promise<ForwardProxy> {
  const tunnels: string[] = [];
  const forwarded: string[] = [];
  const credentials: (string | undefined)[] = [];
  const open = new Set<Duplex>();
  const server = createServer((asked, answer) => {
    forwarded.push(asked.url ?? '');
    credentials.push(asked.headers['proxy-authorization']);
    if (options.refuse === undefined) forward(asked, answer);
    else answer.writeHead(options.refuse).end();
  });
  server.on('connect', (asked, socket) => {
    tunnels.push(asked.url ?? '');
    credentials.push(asked.headers['proxy-authorization']);
    open.add(socket.on('error', () => socket.destroy()));
    if (options.refuse !== undefined) socket.end(`HTTP/1.1 ${options.refuse} Refused\r\n\r\n`);
    else for (const end of tunnel(asked, socket)) open.add(end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
    for (const socket of open) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, tunnels, forwarded, credentials };
}

function forward(asked: IncomingMessage, answer: ServerResponse): void {
  const { port, pathname, search } = new URL(asked.url ?? '');
  const { method, headers } = asked;
  const target = { host: '127.0.0.1', port, path: `${pathname}${search}`, method, headers };
  const passed = request(target, (got) => {
    answer.writeHead(got.statusCode ?? 502, got.headers);
    got.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}

function tunnel(asked: IncomingMessage, socket: Duplex): readonly Duplex[] {
  const port = Number(asked.url?.split(':').at(-1));
  const target = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.pipe(socket);
    socket.pipe(target);
  });
  target.on('error', () => socket.destroy());
  socket.on('close', () => target.destroy());
  return [target];
}
