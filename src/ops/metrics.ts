import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { valueWithin } from '../jobs/time-limit.ts';

/** What `/metrics` tells, in Prometheus' text format. README lists it, and a test holds both together. */
export interface Metrics {
  readonly registry: Registry;
  /** By kind (`command`, `action`, `submission`, …). */
  readonly interactions: Counter<'kind'>;
  /** Seconds from a delivery of Slack to its acknowledgement. */
  readonly ackSeconds: Histogram<'kind'>;
  /** Seconds from a delivery of Slack to the end of all work for it. */
  readonly handlerSeconds: Histogram<'kind'>;
  /** Seconds of requests to Wallaroo by method and outcome (a status, or an error code). */
  readonly platformSeconds: Histogram<'method' | 'outcome'>;
  /** Changes that ended, by kind and state. */
  readonly changes: Counter<'kind' | 'state'>;
  readonly seatsAllowed: Gauge;
  /**
   * Tells a number, or several by a label, read when somebody asks. Where that throws or takes a second, nothing is told of
   * it: the others are told in any case.
   */
  told(name: string, help: string, read: () => Promise<number | undefined>): void;
  toldBy<Label extends string>(
    name: string,
    help: string,
    label: Label,
    read: () => Promise<ReadonlyMap<string, number>>,
  ): void;
}

/** Slack waits three seconds. */
const ACK_BUCKETS = [0.01, 0.03, 0.1, 0.3, 1, 2, 3, 5];
const WORK_BUCKETS = [0.03, 0.1, 0.3, 1, 3, 10, 30];
/** A database that hangs must not keep back what the process itself knows. Nothing is told rather than what was true before. */
const READ_WITHIN_MS = 1000;

/** A registry of its own, so that several bots may live in one process. `failed` hears of a number that could not be read. */
export function createMetrics(failed: (name: string, error: unknown) => void): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const ofDelivery = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, labelNames: ['kind'], buckets, registers });
  return {
    registry,
    ...readWhenAsked(registers, failed),
    seatsAllowed: new Gauge({
      name: 'chatops_seats_allowed',
      help: 'Seats that the license allows; 0 where it has no limit',
      registers,
    }),
    interactions: new Counter({
      name: 'chatops_interactions_total',
      help: 'Interactions that arrived from Slack',
      labelNames: ['kind'],
      registers,
    }),
    ackSeconds: ofDelivery('chatops_ack_seconds', 'From a delivery to its acknowledgement', ACK_BUCKETS),
    handlerSeconds: ofDelivery(
      'chatops_handler_seconds',
      'From a delivery to the end of its work',
      WORK_BUCKETS,
    ),
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
  };
}

function readWhenAsked(
  registers: Registry[],
  failed: (name: string, error: unknown) => void,
): Pick<Metrics, 'told' | 'toldBy'> {
  const add = <Label extends string, Value>(
    options: { readonly name: string; readonly help: string; readonly labelNames: Label[] },
    read: () => Promise<Value>,
    tell: (gauge: Gauge<Label>, value: Value) => void,
  ): Gauge<Label> =>
    new Gauge({
      ...options,
      registers,
      async collect() {
        const found = await valueWithin(READ_WITHIN_MS, async () => ({ value: await read() })).catch(
          (error: unknown) => ({ error }),
        );
        this.reset();
        // Without labels it would begin at 0.
        if (options.labelNames.length === 0) this.remove();
        if (found !== undefined && 'value' in found) tell(this, found.value);
        else failed(options.name, found?.error ?? new Error('it could not be read in time'));
      },
    });
  return {
    told: (name, help, read) =>
      void add({ name, help, labelNames: [] }, read, (gauge, value) => {
        if (value !== undefined) gauge.set(value);
      }),
    toldBy: (name, help, label, read) =>
      void add({ name, help, labelNames: [label] }, read, (gauge, values) => {
        for (const [key, value] of values) gauge.labels(key).set(value);
      }),
  };
}
