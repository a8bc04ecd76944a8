import * as z from 'zod';
import { errorBodyOf } from './error-words.ts';
import { type Call, type WallarooError, type WallarooErrorCode, WallarooRefused } from './errors.ts';
import { statusError } from './status-error.ts';
import type { Reply } from './wire.ts';

const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

const byDescription: Readonly<Record<string, WallarooErrorCode>> = {
  'Invalid user credentials': 'wrong_password',
  'Account disabled': 'account_disabled',
  'User disabled': 'account_disabled',
  'Account is not fully set up': 'account_not_set_up',
};

/** Releases and extensions that tell of the lock, which those of the contract keep to themselves. */
const LOCKED = /locked|temporar/i;

/** A refusal of the token endpoint (contract §3.4): `error` decides, the description explains. */
export function tokenRefusal(call: Call, { status, headers, text }: Omit<Reply, 'bytes'>): WallarooError {
  const body = errorBodyOf(text);
  const parsed = tokenErrorSchema.safeParse(body);
  if (!parsed.success || status < 400 || status >= 500 || status === 429)
    return statusError(call, { status, headers, body });
  const { error, error_description: description = '' } = parsed.data;
  return new WallarooRefused(call, codeOf(error, description, status), {
    detail: `status ${status}, ${error}: ${description.slice(0, 200)}`,
  });
}

function codeOf(error: string, description: string, status: number): WallarooErrorCode {
  if (error === 'invalid_client' || error === 'unauthorized_client') return 'client_refused';
  if (error === 'invalid_grant')
    return byDescription[description] ?? (LOCKED.test(description) ? 'wrong_password' : 'sign_in_refused');
  return status === 404 ? 'unknown_address' : 'sign_in_refused';
}
