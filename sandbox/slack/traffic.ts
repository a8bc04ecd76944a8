import type { Json } from './json.ts';

export type TrafficEntry = { readonly seq: number; readonly at: Date } & (
  | {
      readonly kind: 'call';
      readonly method: string;
      readonly args: Json;
      readonly status: number;
      readonly answer: Json;
      readonly ms: number;
    }
  | {
      readonly kind: 'envelope';
      readonly id: string;
      readonly type: EnvelopeType;
      readonly payload: Json;
      readonly attempt: number;
    }
  | { readonly kind: 'ack'; readonly id: string; readonly ms: number; readonly payload: unknown }
  | { readonly kind: 'unanswered'; readonly id: string; readonly ms: number; readonly reason: string }
  | {
      readonly kind: 'response_url';
      readonly url: string;
      readonly args: Json;
      readonly status: number;
      readonly answer: Json;
    }
  | { readonly kind: 'socket'; readonly connection: number; readonly what: string }
  | { readonly kind: 'warning'; readonly text: string }
);
export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';
export type EntryOf<Kind extends TrafficEntry['kind']> = Extract<TrafficEntry, { kind: Kind }>;
type Without<Entry> = Entry extends unknown ? Omit<Entry, 'seq' | 'at'> : never;

/** Everything that travelled between Slack and the app, in order. */
export class Traffic {
  readonly #entries: TrafficEntry[] = [];
  readonly #listeners = new Set<(entry: TrafficEntry) => void>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get entries(): readonly TrafficEntry[] {
    return this.#entries;
  }

  record(entry: Without<TrafficEntry>): void {
    const recorded = { ...entry, seq: this.#entries.length + 1, at: this.#now() } as TrafficEntry;
    this.#entries.push(recorded);
    for (const listener of this.#listeners) listener(recorded);
  }

  of<Kind extends TrafficEntry['kind']>(kind: Kind): readonly EntryOf<Kind>[] {
    return this.#entries.filter((entry): entry is EntryOf<Kind> => entry.kind === kind);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** Web API calls, of one method or all. */
  calls(method?: string): readonly EntryOf<'call'>[] {
    return this.of('call').filter((call) => method === undefined || call.method === method);
  }

  /** Calls back for each further entry; the answer ends that. */
  listen(listener: (entry: TrafficEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves with the first entry, past or future, that fits; rejects after `timeoutMs`. */
  waitFor(fits: (entry: TrafficEntry) => boolean, timeoutMs = 5000): Promise<TrafficEntry> {
    const past = this.#entries.find(fits);
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`no such traffic within ${timeoutMs} ms`));
      }, timeoutMs);
      const stop = this.listen((entry) => {
        if (!fits(entry)) return;
        clearTimeout(timer);
        stop();
        resolve(entry);
      });
    });
  }
}
