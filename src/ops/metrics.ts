import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` tells, in Prometheus' text format. */
export interface Metrics {
  readonly registry: Registry;
  /** By kind (`command`, `action`, `submission`, …). */
  readonly interactions: Counter<'kind'>;
  /** Seconds of requests to Wallaroo by method and outcome (a status, or an error code). */
  readonly platformSeconds: Histogram<'method' | 'outcome'>;
  /** Changes that ended, by kind and state. */
  readonly changes: Counter<'kind' | 'state'>;
  readonly seatsTaken: Gauge;
}

/** A registry of its own, so that several bots may live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    interactions: new Counter({
      name: 'chatops_interactions_total',
      help: 'Interactions that arrived from Slack',
      labelNames: ['kind'],
      registers,
    }),
    platformSeconds: new Histogram({
      name: 'chatops_platform_request_seconds',
      help: 'Requests to Wallaroo',
      labelNames: ['method', 'outcome'],
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    changes: new Counter({
      name: 'chatops_changes_total',
      help: 'Changes that ended',
      labelNames: ['kind', 'state'],
      registers,
    }),
    seatsTaken: new Gauge({
      name: 'chatops_seats_taken',
      help: 'Seats taken when last looked',
      registers,
    }),
  };
}
