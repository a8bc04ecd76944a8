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
  readonly usersSeen: () => readonly WallarooUser[] | undefined;
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
  let usersSeen: readonly WallarooUser[] | undefined;
  const wallaroo = countingSeats(client, rules, (taken, users) => {
    metrics.seatsTaken.set(taken);
    usersSeen = users;
  });
  return { wallaroo, usersSeen: () => usersSeen };
}
