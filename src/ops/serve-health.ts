import { type AlivenessParts, aliveness, type ReadinessParts, readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { type OpsServer, startOpsServer } from './ops-server.ts';
import { type Switches, switchedOff } from './switched-off.ts';

interface Ports {
  readonly PORT: number;
  readonly OPS_PORT?: number | undefined;
}

export interface HealthParts extends ReadinessParts, Omit<AlivenessParts, 'off'> {
  readonly metrics: Metrics;
}

/** Serves health and metrics, and in HTTP mode what Slack asks. */
export const serveHealth = (config: Ports & Switches, parts: HealthParts): Promise<OpsServer> =>
  startOpsServer({
    port: config.PORT,
    opsPort: config.OPS_PORT,
    metrics: parts.metrics,
    alive: () => aliveness({ ...parts, off: switchedOff(config) }),
    ready: () => readiness(parts),
    otherwise: parts.slack.requestListener,
  });
