import type { Config } from '../config.ts';
import { countingSeats, platformClient } from '../core/platform.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import type { WallarooUser } from '../wallaroo/user.ts';

interface MeasuredParts {
  readonly metrics: Metrics;
  readonly rules: LicenseRules;
  readonly now: () => Date;
  /** Limit of one request, ms. */
  readonly timeoutMs: number | undefined;
}

export interface MeasuredPlatform {
  readonly wallaroo: WallarooClient;
  /** The list of users that was read last; `undefined` until one was. */
  readonly listSeen: () => ListSeen | undefined;
}

export interface ListSeen {
  readonly at: Date;
  readonly users: readonly WallarooUser[];
  /** How many seats it shows as taken. */
  readonly taken: number;
}

/** The client of the instance, whose requests and lists the metrics tell of. */
export function measuredPlatform(config: Config, parts: MeasuredParts): MeasuredPlatform {
  const { metrics, rules, now, timeoutMs } = parts;
  const { license } = rules;
  metrics.seatsAllowed.set(license.edition === 'community' ? license.seats : 0);
  const client = platformClient(config, {
    timeoutMs,
    now,
    onRequest: ({ method, status, code, durationMs }) =>
      metrics.platformSeconds.observe({ method, outcome: code ?? String(status) }, durationMs / 1000),
  });
  let listSeen: ListSeen | undefined;
  const wallaroo = countingSeats(client, rules, (taken, users) => {
    listSeen = { at: now(), users, taken };
  });
  return { wallaroo, listSeen: () => listSeen };
}
