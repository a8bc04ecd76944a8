import { createHash } from 'node:crypto';
import { ttlCache } from '../ttl-cache.ts';

/** Slack repeats what was not acknowledged in time, or on a new socket, within moments. */
const KEPT_MS = 60_000;
const MOST_KEPT = 5000;

/**
 * What names one delivery. Slack gives each press, command and submission a trigger of its own, so only a repetition has
 * the same content; `undefined` where there is no trigger to tell by. Of the whole content, so that a payload
 * altered by somebody does not pass for one that was checked.
 */
export function deliveryKey(body: { readonly trigger_id?: string }): string | undefined {
  if (!body.trigger_id) return undefined;
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url');
}

/** Deliveries of the last minute and what came of each, so that a repetition does nothing a second time. */
export class RecentDeliveries<Outcome> {
  readonly #kept;

  constructor(monotonicMs: () => number) {
    this.#kept = ttlCache<{ readonly outcome: Outcome }>({ most: MOST_KEPT, ttlMs: KEPT_MS, monotonicMs });
  }

  /** Runs `begin` the first time only; `isReplay` tells of the later ones, which get the same outcome. */
  once(
    key: string | undefined,
    begin: () => Outcome,
  ): { readonly outcome: Outcome; readonly isReplay: boolean } {
    const known = key === undefined ? undefined : this.#kept.get(key);
    if (known !== undefined) return { outcome: known.outcome, isReplay: true };
    const outcome = begin();
    if (key !== undefined) this.#kept.set(key, { outcome });
    return { outcome, isReplay: false };
  }
}
