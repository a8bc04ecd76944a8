import type { Config } from '../config.ts';
import { type AlivenessParts, aliveness, type ReadinessParts, readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { type OpsServer, startOpsServer } from './ops-server.ts';
import { switchedOff } from './switched-off.ts';

export interface HealthParts extends ReadinessParts, Omit<AlivenessParts, 'off'> {
  readonly metrics: Metrics;
}

/** Serves health and metrics, and in HTTP mode what Slack asks. */
export const serveHealth = (config: Config, parts: HealthParts): Promise<OpsServer> =>
  startOpsServer({
    port: config.PORT,
    opsPort: config.OPS_PORT,
    metrics: parts.metrics,
    alive: () => aliveness({ ...parts, off: switchedOff(config) }),
    ready: () => readiness(parts),
    otherwise: parts.slack.requestListener,
  });
