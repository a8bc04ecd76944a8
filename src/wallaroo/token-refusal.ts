import * as z from 'zod';
import { errorBodyOf } from './error-words.ts';
import {
  type Call,
  type WallarooError,
  type WallarooErrorCode,
  WallarooRefused,
  WallarooStandIn,
} from './errors.ts';
import { isPlatforms } from './stand-in.ts';
import { statusError } from './status-error.ts';
import type { Reply } from './wire.ts';

const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

const byDescription: Readonly<Record<string, WallarooErrorCode>> = {
  'Invalid user credentials': 'wrong_password',
  'Account disabled': 'account_disabled',
  'User disabled': 'account_disabled',
  'Account is not fully set up': 'account_not_set_up',
};

/** By what a token is asked for (contract §3.1, §3.2). */
export type Grant = 'password' | 'refresh_token';

/** What of a reply tells why a grant is refused. */
type Refusal = Pick<Reply, 'status' | 'headers' | 'text'>;

/**
 * Why the token endpoint grants nothing (contract §3.4): `error` decides, whatever status a gateway gives it, and the
 * description explains. `undefined` for an answer that may be a grant.
 */
export function tokenRefusal(
  call: Call,
  grant: Grant,
  { status, headers, text }: Refusal,
): WallarooError | undefined {
  const body = errorBodyOf(text);
  const parsed = tokenErrorSchema.safeParse(body);
  const isSuccess = status >= 200 && status < 300;
  if (!parsed.success && isSuccess) return undefined;
  const isOwn = parsed.success && isPlatforms(call, status, body);
  // A token cannot be what is wrong: there is none yet.
  if (!isOwn && status === 401)
    return new WallarooStandIn(call, 'blocked', { detail: `status ${status}, not of Wallaroo` });
  if (!isOwn || (status < 400 && !isSuccess) || status >= 500 || status === 429)
    return statusError(call, { status, headers, body });
  const { error, error_description: description = '' } = parsed.data;
  return new WallarooRefused(call, codeOf(grant, error, description, status), {
    detail: `status ${status}, ${error}: ${description.slice(0, 200)}`,
  });
}

function codeOf(grant: Grant, error: string, description: string, status: number): WallarooErrorCode {
  if (error === 'invalid_client' || error === 'unauthorized_client') return 'client_refused';
  if (error === 'invalid_grant')
    // Whatever the words for it, Keycloak's lockout may count a password that brings nothing.
    return byDescription[description] ?? (grant === 'password' ? 'wrong_password' : 'sign_in_refused');
  return status === 404 ? 'unknown_address' : 'sign_in_refused';
}
