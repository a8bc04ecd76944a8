import { type Dispatcher, EnvHttpProxyAgent, Pool, setGlobalDispatcher } from 'undici';
import { ChatopsError } from './errors.ts';
import { givenProxy } from './given-proxy.ts';

/** The proxies through which this machine reaches the world, as most programs read them from the environment. */
export interface Proxies {
  /** For `https:` and `wss:`; an URL, perhaps with a name and a password. `undefined`: `http`, if there is one. */
  readonly https: string | undefined;
  /** For `http:` and `ws:`. `undefined`: none. */
  readonly http: string | undefined;
  /** Hosts asked without a proxy, separated by commas or blanks: names with all below them, with `:port`, or `*`. */
  readonly except: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; in small letters they win, as in curl. An empty value is none, and
 * `host:port` means `http://host:port`.
 * @throws ChatopsError `config` for a proxy that is no http or https address; its value is not told.
 */
export function proxiesOf(env: Env): Proxies {
  return {
    https: address(env, 'HTTPS_PROXY'),
    http: address(env, 'HTTP_PROXY'),
    except: givenProxy(env, 'NO_PROXY'),
  };
}

/** Hides name and password of a proxy: `http://proxy.example.com:3128`. */
export const shownProxy = (proxy: string): string => new URL(proxy).origin;

/** The proxy that serves `url`, as `Proxies` has it; `undefined` when it is asked directly. */
export function proxyFor(proxies: Proxies, url: string): string | undefined {
  const { protocol, host } = new URL(url);
  const isSecure = protocol === 'https:' || protocol === 'wss:';
  const name = host.replace(/:\d*$/, '').toLowerCase();
  const port = /:(\d+)$/.exec(host)?.[1] ?? (isSecure ? '443' : '80');
  if (proxies.except === '*') return undefined;
  const excepted = proxies.except.split(/[,\s]/).some((entry) => {
    const [, entryName = entry, entryPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const wanted = entryName.replace(/^\*?\./, '').toLowerCase();
    const fits = wanted !== '' && (name === wanted || name.endsWith(`.${wanted}`));
    return fits && (entryPort === undefined || Number(entryPort) === Number(port));
  });
  if (excepted) return undefined;
  return isSecure ? (proxies.https ?? proxies.http) : proxies.http;
}

/**
 * What carries requests through the proxies: each target by its own, those of `except` directly. `https:` is tunnelled
 * always; `http:` is asked of the proxy itself (RFC 9112, 3.2.2), as many tunnel to port 443 alone, unless `tunnel`
 * says so, as a WebSocket needs. `undefined` when there is no proxy.
 */
export function proxyAgent(
  { https, http, except }: Proxies,
  { tunnel = false }: { readonly tunnel?: boolean } = {},
): EnvHttpProxyAgent | undefined {
  if (https === undefined && http === undefined) return undefined;
  // Texts, though empty: what is left out, the package reads from the environment.
  return new EnvHttpProxyAgent({
    httpsProxy: https ?? '',
    httpProxy: http ?? '',
    noProxy: except,
    proxyTunnel: tunnel,
    clientFactory: (proxy, options) => new TellingPool(proxy, options),
  });
}

/** The proxy makes no tunnel. The cause of a `fetch failed`; its code is for callers that look for one there. */
class ProxyRefusal extends Error {
  readonly code = 'ERR_PROXY_REFUSED';
}

/**
 * Connections to a proxy. The package ends a `fetch` whose tunnel is refused as if it had been cancelled, without a
 * word of the proxy; this can go once it tells.
 */
class TellingPool extends Pool {
  override async connect(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData<null>> {
    const answer = (await super.connect(options)) as Dispatcher.ConnectData<null>;
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw new ProxyRefusal(`the proxy answers with status ${answer.statusCode}`);
  }
}

/** From now on every `fetch` of this process goes through the proxies; without any, nothing changes. */
export function applyProxies(proxies: Proxies): void {
  const agent = proxyAgent(proxies);
  if (agent !== undefined) setGlobalDispatcher(agent);
}

function address(env: Env, name: string): string | undefined {
  const value = givenProxy(env, name);
  if (value === '') return undefined;
  const full = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(full) && /^https?:$/.test(new URL(full).protocol)) return full;
  const sentence = `${name} is not the address of a proxy: expected one like http://proxy.example.com:3128.`;
  throw new ChatopsError(`${name} is no address`, { code: 'config', userMessage: sentence });
}
