import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Agent, fetch as fetchVia, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { ChatopsError } from '../src/errors.ts';
import { applyProxies, proxiesOf, proxyAgent, proxyFor, shownProxy } from '../src/proxy.ts';
import { startWorld } from './flows/world.ts';
import { startBotProcess } from './support/bot-process.ts';
import { startForwardProxy } from './support/forward-proxy.ts';
import { failure, idOf, start } from './wallaroo/support.ts';

const before = getGlobalDispatcher();

afterEach(async () => {
  const used = getGlobalDispatcher();
  setGlobalDispatcher(before);
  if (used !== before) await used.close();
});

/** A name that no DNS knows: only through the proxy anybody answers. */
const named = (url: string): string => url.replace('127.0.0.1', 'wallaroo.invalid');

describe('reading the environment', () => {
  it.each([
    [{}, { https: undefined, http: undefined, except: '' }],
    [
      { HTTPS_PROXY: ' ', HTTP_PROXY: '' },
      { https: undefined, http: undefined, except: '' },
    ],
    [
      { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'p.ex.co:3128', NO_PROXY: 'a, b' },
      { https: 'http://p:1', http: 'http://p.ex.co:3128', except: 'a, b' },
    ],
    [
      { HTTPS_PROXY: 'http://p:1', https_proxy: 'https://q', no_proxy: '*' },
      { https: 'https://q', http: undefined, except: '*' },
    ],
  ])('takes %j', (env, expected) => {
    expect(proxiesOf(env)).toEqual(expected);
  });

  it.each(['http://', 'socks://name:geheim@p', 'http://name:geheim@p:port'])(
    'refuses %s without repeating it',
    (value) => {
      const read = () => proxiesOf({ HTTPS_PROXY: value });
      expect(read).toThrow(ChatopsError);
      expect(read).toThrow(expect.objectContaining({ userMessage: expect.stringContaining('HTTPS_PROXY') }));
      expect(read).not.toThrow(/geheim/);
    },
  );

  it('shows a proxy without its password', () => {
    expect(shownProxy('http://name:geheim@proxy.ex.co:3128/')).toBe('http://proxy.ex.co:3128');
  });
});

describe('everything asked of Wallaroo', () => {
  it('goes through the proxy over http: tokens, API, GraphQL and Keycloak', async () => {
    const proxy = await startForwardProxy();
    const { sandbox, connect } = await start();
    applyProxies(proxiesOf({ HTTP_PROXY: proxy.url.replace('http://', 'http://bot:p%40ss@') }));
    const client = connect({ apiUrl: named(sandbox.url), authUrl: named(sandbox.url) });
    const id = idOf(sandbox, 'steve');
    await client.listUsers();
    await client.workspacesOf(id);
    await client.setUserEnabled(id, false);
    expect(sandbox.state.user(id).enabled).toBe(false);
    expect(proxy.forwarded).toHaveLength(sandbox.requests.length);
    expect(new Set(proxy.forwarded.map((url) => new URL(url).host))).toEqual(
      new Set([new URL(named(sandbox.url)).host]),
    );
    const basic = `Basic ${Buffer.from('bot:p@ss').toString('base64')}`;
    expect(new Set(proxy.credentials)).toEqual(new Set([basic]));
  });

  it('goes directly to what NO_PROXY names', async () => {
    const proxy = await startForwardProxy();
    const { client, sandbox } = await start();
    applyProxies(
      proxiesOf({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.1' }),
    );
    await client.listUsers();
    expect(sandbox.requests).not.toHaveLength(0);
    expect([proxy.forwarded, proxy.tunnels]).toEqual([[], []]);
  });

  it('goes through it as `npm start` runs the bot', async () => {
    const proxy = await startForwardProxy();
    const { wallaroo, settings } = await startWorld();
    const listed = new Promise<void>((resolve) => {
      wallaroo.on('response', ({ endpoint }) => {
        if (endpoint === 'users.query') resolve();
      });
    });
    const bot = startBotProcess({
      ...settings,
      WALLAROO_URL: named(wallaroo.url),
      WATCH_INTERVAL: '1s',
      http_proxy: proxy.url,
      NO_PROXY: '127.0.0.1',
    });
    await listed;
    await bot.kill();
    expect(proxy.forwarded).toContain(`${named(wallaroo.url)}/v1/api/users/query`);
  }, 60_000);

  it.each([407, 403])('says so where the proxy refuses with %i', async (refuse) => {
    const proxy = await startForwardProxy({ refuse });
    applyProxies(proxiesOf({ HTTP_PROXY: proxy.url }));
    const { sandbox, connect } = await start();
    for (const protocol of ['http:', 'https:']) {
      const url = named(sandbox.url).replace('http:', protocol);
      const error = await failure(connect({ apiUrl: url, authUrl: url }).listUsers());
      if (refuse === 407 || protocol === 'https:') {
        expect(error).toMatchObject({ code: 'proxy_refused' });
        expect(error.userMessage).toContain('HTTPS_PROXY');
      }
      expect(error.message).toContain(String(refuse));
    }
  });
});

it('tunnels to https, and with `tunnel` to http as well', async () => {
  const proxy = await startForwardProxy();
  const pem = (name: string) =>
    readFileSync(fileURLToPath(new URL(`fixtures/tls/${name}.pem`, import.meta.url)));
  const server = createServer({ key: pem('key'), cert: pem('certificate') }, (_asked, answer) =>
    answer.end('secret'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { sandbox } = await start();
  const proxies = proxiesOf({ HTTP_PROXY: proxy.url });
  const tunnelling = proxyAgent(proxies, { tunnel: true });
  const agent = proxyAgent(proxies);
  if (agent === undefined || tunnelling === undefined) throw new Error('no agent for a proxy');
  // Whom it trusts Node reads when it starts, so it trusts nobody here: that it met the server is enough.
  await expect(fetchVia(`https://127.0.0.1:${port}/`, { dispatcher: agent })).rejects.toThrow('fetch failed');
  expect(proxy.tunnels).toEqual([`127.0.0.1:${port}`]);
  const plain = await fetchVia(`${named(sandbox.url)}/v1/api/config`, { dispatcher: tunnelling });
  expect(plain.status).toBe(200);
  expect(proxy.tunnels.at(-1)).toBe(new URL(named(sandbox.url)).host);
  await Promise.all([agent.close(), tunnelling.close()]);
  server.close();
  server.closeAllConnections();
});

describe('which proxy is in use', () => {
  const proxies = { https: 'http://s:1', http: 'http://p:1' };
  it.each([
    ['https://slack.com/api/', '', 'http://s:1'],
    ['wss://wss-primary.slack.com/', '', 'http://s:1'],
    ['http://wallaroo.ex.co', '', 'http://p:1'],
    ['http://wallaroo.ex.co', 'ex.co', undefined],
    ['http://wallaroo.ex.co', '.ex.co other', undefined],
    ['http://wallaroo.ex.co', '*.ex.co', undefined],
    ['http://wallaroo.ex.co', 'x.co', 'http://p:1'],
    ['http://WALLAROO.ex.co:8080', 'wallaroo.EX.co:8080', undefined],
    ['http://wallaroo.ex.co:8080', 'wallaroo.ex.co:80', 'http://p:1'],
    ['https://wallaroo.ex.co', 'wallaroo.ex.co:443', undefined],
    ['http://[::1]:80/', '[::1]', undefined],
    ['http://127.0.0.1:3000', 'localhost, 127.0.0.1', undefined],
    ['http://wallaroo.ex.co', '*', undefined],
  ])('for %s except %j is %s', async (url, except, expected) => {
    expect(proxyFor({ ...proxies, except }, url)).toBe(expected);
    expect(await chosenBy({ ...proxies, except }, url)).toBe(expected);
  });

  it('is that of http for https, where there is no other', () => {
    expect(proxyFor({ https: undefined, http: 'http://p:1', except: '' }, 'https://a')).toBe('http://p:1');
    expect(proxyFor({ https: 'http://s:1', http: undefined, except: '' }, 'http://a')).toBeUndefined();
  });
});

/** What the package itself chooses, by the proxy that it then cannot find. */
async function chosenBy(proxies: Parameters<typeof proxyFor>[0], url: string): Promise<string | undefined> {
  const [https, http] = await Promise.all([
    startForwardProxy({ refuse: 418 }),
    startForwardProxy({ refuse: 418 }),
  ]);
  const agent = proxyAgent({ ...proxies, https: https.url, http: http.url }, { tunnel: true }) ?? new Agent();
  const { protocol, host } = new URL(url);
  const target = `${protocol.replace('ws', 'http')}//${host}`;
  await fetchVia(target, { dispatcher: agent, signal: AbortSignal.timeout(1000) }).catch(() => undefined);
  await agent.destroy();
  return https.tunnels.length > 0 ? 'http://s:1' : http.tunnels.length > 0 ? 'http://p:1' : undefined;
}
