import { expect, test } from 'vitest';
import { ask } from '../flows/acting.ts';
import { people, startWorld } from '../flows/world.ts';
import { asProcess } from '../support/as-process.ts';
import { startForwardProxy } from '../support/forward-proxy.ts';

/** A name that no DNS knows: only through the proxy anybody answers. */
const named = (url: string): string => url.replace('127.0.0.1', 'slack.invalid');

/** The world's bot stopped, and one as `npm start` runs it in its place. */
async function restarted(
  settings: (world: Awaited<ReturnType<typeof startWorld>>) => Record<string, string>,
) {
  const world = await startWorld();
  await asProcess(world, settings(world));
  return world;
}

test('calls, the socket and answers go to Slack through the proxy, the socket by a tunnel', async () => {
  const proxy = await startForwardProxy();
  const world = await restarted(({ slack }) => {
    // Slack's own addresses for the socket and for answers are of that name, too.
    slack.workspace.url = named(slack.url);
    return { SLACK_API_URL: named(slack.apiUrl), http_proxy: proxy.url, NO_PROXY: '127.0.0.1' };
  });
  expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
  expect(proxy.tunnels).toContain(new URL(named(world.slack.url)).host);
  const asked = proxy.forwarded.map((url) => new URL(url));
  expect(asked.every(({ hostname }) => hostname === 'slack.invalid')).toBe(true);
  expect(asked.some(({ pathname }) => pathname === '/api/users.info')).toBe(true);
  expect(asked.some(({ pathname }) => pathname.startsWith('/actions/'))).toBe(true);
  // And again, when Slack closes the socket.
  const tunnels = proxy.tunnels.length;
  world.slack.disconnect('refresh_requested');
  await world.slack.until(() => proxy.tunnels.length > tunnels && world.slack.connections === 1);
  expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
});

test('what NO_PROXY names is asked directly, the socket too', async () => {
  const proxy = await startForwardProxy();
  const world = await restarted(() => ({ http_proxy: proxy.url, NO_PROXY: '127.0.0.1' }));
  expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
  expect([proxy.tunnels, proxy.forwarded]).toEqual([[], []]);
});
