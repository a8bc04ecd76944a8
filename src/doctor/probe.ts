import { transportError } from '../wallaroo/transport-error.ts';

const TIMEOUT_MS = 10_000;

/** What asking an address came to, whatever it answered. */
export type Probe =
  | { readonly kind: 'answered'; readonly status: number; readonly aheadMs: number | undefined }
  /** Something answers, but its certificate is not trusted. */
  | { readonly kind: 'certificate'; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string };

/**
 * Asks an address once. `aheadMs`: how far its clock is ahead of `now`, by the reply's `Date`, which counts
 * whole seconds; `undefined` when the reply has none.
 */
export async function probe(url: string, now: () => Date): Promise<Probe> {
  const beforeMs = now().getTime();
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    const told = Date.parse(response.headers.get('date') ?? '');
    const middleMs = (beforeMs + now().getTime()) / 2;
    return {
      kind: 'answered',
      status: response.status,
      aheadMs: Number.isNaN(told) ? undefined : told + 500 - middleMs,
    };
  } catch (error) {
    const { code, message } = transportError({ method: 'GET', path: new URL(url).pathname }, error);
    return { kind: code === 'certificate' ? 'certificate' : 'unreachable', detail: message };
  }
}
