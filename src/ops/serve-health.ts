import type { Watchdog } from '../jobs/watchdog.ts';
import { aliveness, type ReadinessParts, readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { type OpsServer, startOpsServer } from './ops-server.ts';

export interface HealthParts extends ReadinessParts {
  readonly metrics: Metrics;
  readonly watchdog: Watchdog;
}

/** Serves health and metrics, and in HTTP mode what Slack asks. */
export const serveHealth = (
  ports: { readonly PORT: number; readonly OPS_PORT?: number | undefined },
  parts: HealthParts,
): Promise<OpsServer> =>
  startOpsServer({
    port: ports.PORT,
    opsPort: ports.OPS_PORT,
    metrics: parts.metrics,
    alive: () => aliveness(parts.slack, parts.standing, parts.watchdog),
    ready: () => readiness(parts),
    otherwise: parts.slack.requestListener,
  });
