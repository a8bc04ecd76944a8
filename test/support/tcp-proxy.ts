import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands between two programs, and does to their connections what networks do. */
export interface TcpProxy {
  readonly port: number;
  /** Passes nothing on any more in either direction, and says nothing: as a firewall does that forgot a connection. */
  freeze(which: 'those there' | 'new ones too'): void;
  /** Passes on again what comes by new connections; frozen ones stay so. */
  thaw(): void;
  /** Ends all connections hard. */
  reset(): void;
  /** Connections that were made so far. */
  readonly made: number;
}

/** Starts one before `target`; it ends with the test. */
export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const lost = new Set<Socket>();
  let freezesNew = false;
  let made = 0;
  const freeze = ([near, far]: readonly [Socket, Socket]): void => {
    for (const socket of [near, far]) socket.unpipe().pause();
  };
  const server = createServer((near) => {
    made += 1;
    if (freezesNew) {
      // Its packets are lost: the server never hears of it, and keeps no place for it.
      lost.add(near.pause().on('error', () => undefined));
      return;
    }
    const far = connect(target.port, target.host);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const socket of pair) socket.on('error', () => undefined);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of [...lost, ...[...pairs].flat()]) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return {
    port: (server.address() as AddressInfo).port,
    freeze: (which) => {
      for (const pair of pairs) freeze(pair);
      freezesNew = which === 'new ones too';
    },
    thaw: () => {
      freezesNew = false;
    },
    reset: () => {
      for (const [near] of pairs) near.resetAndDestroy();
    },
    get made() {
      return made;
    },
  };
}
