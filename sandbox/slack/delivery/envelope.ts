import type { Json } from '../json.ts';
import type { EnvelopeType } from '../traffic.ts';

/** One delivery to the app. */
export interface Envelope {
  readonly id: string;
  readonly type: EnvelopeType;
  readonly payload: Json;
  readonly retry: Retry | undefined;
}

/** Set from the second delivery of an event on. */
export interface Retry {
  readonly attempt: number;
  readonly reason: string;
}

/** What brings envelopes to the app: a WebSocket or signed HTTP requests. */
export interface Carrier {
  /**
   * Resolves with what the app answered beside its acknowledgement, `undefined` for nothing. Rejects with
   * `InteractionFailed`: `dispatch_failed` where the app cannot be reached or refuses, `operation_timeout` when
   * `limit` aborts first.
   */
  send(envelope: Envelope, limit: AbortSignal): Promise<unknown>;
}
