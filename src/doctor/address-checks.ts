import type { Env } from '../config/secrets.ts';
import type { Config } from '../config.ts';
import { proxiesOf, proxyFor, shownProxy } from '../proxy.ts';
import { type Check, type Outcome, right, unchecked, wrong } from './check.ts';
import type { Probe } from './probe.ts';

/** Asks an address once, however many checks want to know. */
export type Ask = (url: string) => Promise<Probe>;

const CERTIFICATE = 'Wallaroo: certificate';
const MOST_SKEW_MS = 30_000;
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY'];

const apiPage = ({ WALLAROO_URL: base }: Config): string => `${base}/v1/api/config`;
const authPage = ({ WALLAROO_AUTH_URL: base }: Config): string => `${base}/auth/realms/master`;

/** Names of the checks that must be right before anybody signs in. */
const addressNames = ['WALLAROO_URL', 'WALLAROO_AUTH_URL'].map((name) => `Wallaroo: address of ${name}`);

/** Whether the platform's addresses answer, and with a certificate that this machine trusts. */
export function addressChecks(config: Config, ask: Ask, env: Env): readonly Check[] {
  const [apiName = '', authName = ''] = addressNames;
  const look = async (name: string, base: string, page: string): Promise<Outcome> =>
    addressOutcome(name, base, await ask(page), proxyFor(proxiesOf(env), base));
  return [
    {
      name: apiName,
      needs: ['WALLAROO_URL', ...PROXIES],
      run: () => look('WALLAROO_URL', config.WALLAROO_URL, apiPage(config)),
    },
    {
      name: authName,
      needs: ['WALLAROO_URL', 'WALLAROO_AUTH_URL', ...PROXIES],
      run: () => look('WALLAROO_AUTH_URL', config.WALLAROO_AUTH_URL, authPage(config)),
    },
    {
      name: CERTIFICATE,
      needs: addressNames,
      run: async () =>
        certificateOutcome(await Promise.all([apiPage(config), authPage(config)].map(ask)), config),
    },
  ];
}

/** What sign-in needs: addresses that answer, trusted. */
export const signInNeeds: readonly string[] = [...addressNames, CERTIFICATE];

function addressOutcome(name: string, base: string, found: Probe, proxy: string | undefined): Outcome {
  if (found.kind === 'unreachable' && proxy !== undefined)
    return wrong(
      `${base} cannot be reached through the proxy ${shownProxy(proxy)}: ${found.detail}`,
      `check that proxy, HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and ${name}`,
    );
  if (found.kind === 'unreachable')
    return wrong(
      `${base} cannot be reached: ${found.detail}`,
      `check ${name}, and whether this machine may reach it (DNS, firewall, VPN)`,
    );
  if (found.kind === 'certificate') return right(base);
  if (found.status >= 500)
    return wrong(
      `${base} answers with status ${found.status}`,
      'see whether Wallaroo and the proxy before it are up',
    );
  if (found.status >= 300 && found.status < 400)
    return wrong(
      `${base} sends the bot to another address`,
      `set ${name} to the final one, usually with https`,
    );
  return right(base);
}

function certificateOutcome(found: readonly Probe[], config: Config): Outcome {
  const bad = found.find((probe) => probe.kind === 'certificate');
  if (bad !== undefined) return wrong(bad.detail, certificateRemedy(bad.detail));
  const plain = [config.WALLAROO_URL, config.WALLAROO_AUTH_URL].some((url) => url.startsWith('http:'));
  return right(plain ? 'none, as the address is http: the password travels in clear' : 'trusted');
}

/** By Node's code of the fault. */
function certificateRemedy(detail: string): string {
  if (/ALTNAME/.test(detail))
    return 'it is for another host: set WALLAROO_URL and WALLAROO_AUTH_URL to the address it is for, or have it made for this one';
  if (/EXPIRED|NOT_YET_VALID/.test(detail)) return "renew it, unless this machine's clock is wrong";
  return 'make its authority known to the bot with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, or have it signed by one that is known';
}

/** Whether this machine's clock agrees with those of Slack and of Wallaroo. */
export function clockCheck(config: Config, ask: Ask): Check {
  return {
    name: 'Clock',
    needs: [],
    run: async () => {
      const pages = {
        Slack: config.SLACK_API_URL === undefined ? undefined : `${config.SLACK_API_URL}api.test`,
        Wallaroo: config.WALLAROO_URL === undefined ? undefined : apiPage(config),
      };
      const skews: string[] = [];
      let worstMs = 0;
      for (const [who, url] of Object.entries(pages)) {
        const found = url === undefined ? undefined : await ask(url);
        if (found?.kind !== 'answered' || found.aheadMs === undefined) continue;
        worstMs = Math.max(worstMs, Math.abs(found.aheadMs));
        skews.push(`${who} ${skewText(found.aheadMs)}`);
      }
      if (skews.length === 0) return unchecked('not checked, because no server told its time');
      return worstMs <= MOST_SKEW_MS
        ? right(skews.join(', '))
        : wrong(skews.join(', '), "set this machine's clock, best by NTP");
    },
  };
}

function skewText(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return seconds <= 1 ? 'agrees' : `is ${seconds} s ${aheadMs > 0 ? 'ahead' : 'behind'}`;
}
