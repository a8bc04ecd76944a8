import { randomUUID } from 'node:crypto';
import type { Json } from '../json.ts';
import { InteractionFailed } from '../refusals.ts';
import type { EnvelopeType } from '../traffic.ts';
import type { Workspace } from '../workspace.ts';
import type { Carrier, Retry } from './envelope.ts';

/** An acknowledgement: how long it took, and what the app answered with it. */
export interface Ack {
  readonly ms: number;
  readonly payload: unknown;
}

interface DeliveryOptions {
  /** How long the app may take to acknowledge. @default 3000 */
  readonly ackLimitMs?: number | undefined;
  /** Waits before each repetition of an event. @default at once, a minute, five minutes */
  readonly eventRetryMs?: readonly number[] | undefined;
}

const reasons: Readonly<Record<string, string>> = {
  operation_timeout: 'http_timeout',
  dispatch_failed: 'connection_failed',
};

/** Brings payloads to the app and records what came of them. */
export class Delivery {
  readonly #workspace: Workspace;
  readonly #ackLimitMs: number;
  readonly #eventRetryMs: readonly number[];
  readonly #waiting = new Set<NodeJS.Timeout>();
  carrier: Carrier;

  constructor(workspace: Workspace, carrier: Carrier, options: DeliveryOptions = {}) {
    this.#workspace = workspace;
    this.carrier = carrier;
    this.#ackLimitMs = options.ackLimitMs ?? 3000;
    this.#eventRetryMs = options.eventRetryMs ?? [0, 60_000, 300_000];
  }

  /** Resolves when the app has acknowledged; rejects with `InteractionFailed`. */
  async send(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Ack> {
    const { traffic, faults } = this.#workspace;
    const id = randomUUID();
    traffic.record({ kind: 'envelope', id, type, payload, attempt: retry?.attempt ?? 0 });
    const startedMs = performance.now();
    try {
      if (faults.down !== undefined) throw new InteractionFailed('dispatch_failed', 'Slack is down');
      const limit = AbortSignal.timeout(this.#ackLimitMs);
      const answer = await this.carrier.send({ id, type, payload, retry }, limit);
      const ms = performance.now() - startedMs;
      traffic.record({ kind: 'ack', id, ms, payload: answer });
      return { ms, payload: answer };
    } catch (error) {
      if (!(error instanceof InteractionFailed)) throw error;
      traffic.record({ kind: 'unanswered', id, ms: performance.now() - startedMs, reason: error.message });
      throw error;
    }
  }

  /**
   * An event: nobody waits for it, so a failure is repeated (docs.slack.dev/apis/events-api) rather than told.
   * Resolves when the first delivery was acknowledged or failed.
   */
  async sendEvent(payload: Json, retry?: Retry): Promise<void> {
    try {
      await this.send('events_api', payload, retry);
    } catch (error) {
      if (!(error instanceof InteractionFailed)) throw error;
      this.#sendAgain(payload, error, (retry?.attempt ?? 0) + 1);
    }
  }

  stop(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
  }

  #sendAgain(payload: Json, failure: InteractionFailed, attempt: number): void {
    const waitMs = this.#eventRetryMs[attempt - 1];
    if (waitMs === undefined || failure.details.noRetry === true) return;
    const reason =
      failure.details.status === undefined ? (reasons[failure.code] ?? 'unknown_error') : 'http_error';
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.sendEvent(payload, { attempt, reason });
    }, waitMs);
    this.#waiting.add(timer.unref());
  }
}
