import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { Caller } from '../../sandbox/wallaroo/support.ts';

/** A PUT that went through to Keycloak. */
interface Write {
  readonly path: string;
  readonly body: unknown;
}

export interface PlatformFront {
  readonly url: string;
  readonly writes: readonly Write[];
  stop(): Promise<void>;
}

/**
 * A real Keycloak behind the one address that a platform has: everything under `/auth` is passed on as it is, and
 * `users/query` tells Keycloak's users with the caller's rights (contract §5.1). There are no workspaces.
 */
export async function startPlatformFront(keycloakUrl: string): Promise<PlatformFront> {
  const writes: Write[] = [];
  const app = new Hono();
  app.all('/auth/*', async ({ req }) => {
    const { pathname, search } = new URL(req.url);
    const body = req.method === 'GET' ? undefined : await req.text();
    if (req.method === 'PUT') writes.push({ path: pathname, body: JSON.parse(body ?? '') });
    const headers = new Headers();
    for (const name of ['authorization', 'content-type', 'accept']) {
      const value = req.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    const answer = await fetch(`${keycloakUrl}${pathname}${search}`, {
      method: req.method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const type = answer.headers.get('content-type');
    const text = await answer.text();
    return new Response(text === '' ? null : text, {
      status: answer.status,
      headers: type === null ? {} : { 'content-type': type },
    });
  });
  app.post('/v1/api/users/query', async (call) => {
    const keycloak = new Caller(keycloakUrl, call.req.header('authorization')?.replace(/^Bearer /, ''));
    const { status, body } = await keycloak.users('GET', '?max=10000');
    if (status !== 200) return call.json({ msg: 'error querying keycloak server', code: 500 }, 500);
    const users = body.map((user: { id: string }) => [user.id, { ...user, lastLogin: null }]);
    return call.json({ users: Object.fromEntries(users) });
  });
  app.post('/v1/graphql', (call) => call.json({ data: { workspace: [] } }));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
