import { z } from 'zod';
import {
  type Call,
  type WallarooError,
  type WallarooErrorCode,
  type WallarooErrorOptions,
  WallarooRefused,
  WallarooUnreachable,
  WallarooUnreadable,
} from './errors.ts';

/** The platform's words in an error body of MLOps (contract §1) or Keycloak (§4). */
const errorBody = z.object({
  msg: z.string().optional().catch(undefined),
  errorMessage: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
});

/** The words of an error body, cut for the log; `undefined` for HTML and the like. */
export function wordsOf(body: unknown): string | undefined {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { msg, errorMessage, error } = parsed.data;
  return (msg ?? errorMessage ?? error)?.slice(0, 200);
}

/** The body of an error reply: JSON if it is JSON (contract P26). */
export function errorBodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds of a `Retry-After` in seconds or, by the reply's own clock, as a date. */
function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const waitMs = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

const refusals: Readonly<Record<number, WallarooErrorCode>> = {
  401: 'unauthorized',
  403: 'missing_permission',
  404: 'unknown_address',
  407: 'proxy_refused',
  409: 'conflict',
  429: 'rate_limited',
};

/** Keycloak's refusal of a user without what its profile requires, usually the email: 26's words, and 21's (contract §4.5). */
const ATTRIBUTE_REQUIRED = /^error-user-attribute-required$|^Please specify attribute /;
const NO_USER = 'No user was found in Keycloak';

/** What a reply other than 2xx means, as far as the status tells (contract P7). */
export function statusError(
  call: Call,
  reply: { readonly status: number; readonly headers: Headers; readonly body: unknown },
): WallarooError {
  const { status } = reply;
  const words = wordsOf(reply.body);
  const options: WallarooErrorOptions = {
    detail: words === undefined ? `status ${status}` : `status ${status}, ${JSON.stringify(words)}`,
    retryAfterMs: retryAfterMs(reply.headers),
  };
  if (status === 408) return new WallarooUnreachable(call, 'timeout', options);
  if (status >= 500)
    // The platform's own 404 (contract §6).
    return words?.includes(NO_USER)
      ? new WallarooRefused(call, 'not_found', options)
      : new WallarooUnreachable(call, 'platform_error', options);
  if (status < 400) return new WallarooUnreadable(call, 'redirected', options);
  if (words !== undefined && ATTRIBUTE_REQUIRED.test(words))
    return new WallarooRefused(call, 'incomplete_account', options);
  return new WallarooRefused(call, refusals[status] ?? 'invalid_request', options);
}
