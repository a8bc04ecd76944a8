import type { Env } from '../config/secrets.ts';
import type { Config } from '../config.ts';
import { proxiesOf, proxyFor, shownProxy } from '../proxy.ts';
import { type Check, right } from './check.ts';

/** Through which proxy each side is asked, without the proxy's name and password. */
export function proxyCheck(config: Config, env: Env): Check {
  return {
    name: 'Proxy',
    needs: ['HTTPS_PROXY', 'HTTP_PROXY'],
    run: async () => {
      const proxies = proxiesOf(env);
      if (proxies.https === undefined && proxies.http === undefined)
        return right('none, as neither HTTPS_PROXY nor HTTP_PROXY is set');
      const { SLACK_API_URL, WALLAROO_URL, WALLAROO_AUTH_URL } = config;
      const addresses = { Slack: SLACK_API_URL, Wallaroo: WALLAROO_URL, Keycloak: WALLAROO_AUTH_URL };
      const told = Object.entries(addresses).flatMap(([who, url]) => {
        if (url === undefined) return [];
        const proxy = proxyFor(proxies, url);
        return [`${who} ${proxy === undefined ? 'directly' : `through ${shownProxy(proxy)}`}`];
      });
      return right(told.join(', '));
    },
  };
}
