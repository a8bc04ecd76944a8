import { type Violation, violationsOf, wordsOf } from './error-words.ts';
import {
  type Call,
  type WallarooError,
  type WallarooErrorCode,
  type WallarooErrorOptions,
  WallarooRefused,
  WallarooStandIn,
  WallarooUnreachable,
} from './errors.ts';
import { isPlatforms, leadsTo } from './stand-in.ts';

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
  409: 'busy',
  423: 'busy',
  425: 'busy',
  429: 'rate_limited',
};

/** Keycloak's refusal of a user without what its profile requires, usually the email: 26's words, and 21's (contract §4.5). */
const ATTRIBUTE_REQUIRED = /^error-user-attribute-required$|^Please specify attribute /;
/** The codes of all other rules of a profile, and 21's words. */
const AGAINST_PROFILE = /^error-|^Invalid email address/;
/** Of a user in a directory (LDAP) where Keycloak may not write; 400 today, 409 in older releases. */
const READ_ONLY = /read[- ]?only/i;
/** Another user has the email or username (contract §4.5, §4.6). */
const TAKEN = /\bexists?\b|\btaken\b|\bin use\b/i;
const CREATES_USER = /^POST .*\/realms\/master\/users$/;
const createsUser = ({ method, path }: Call): boolean => CREATES_USER.test(`${method} ${path}`);
const NO_USER = 'No user was found in Keycloak';
/** Writes of the platform's own API (contract §5.2, §5.3), which takes users by email. */
const WRITE_BY_EMAIL = /^\/v1\/api\/users\/(invite|activate|deactivate)$/;

/** What something in front of the platform means; by all other statuses it says that nothing is there. */
const ofStandIns: Readonly<Record<number, WallarooErrorCode>> = {
  401: 'unauthorized',
  403: 'blocked',
  413: 'too_large',
  414: 'too_large',
  431: 'too_large',
  451: 'blocked',
};
/** They pass, and are told in the same words, be they of the platform or of something in front of it. */
const OF_ANYBODY: ReadonlySet<number> = new Set([407, 409, 423, 425, 429]);

/**
 * What a reply other than 2xx means, as far as status and words tell (contract P7). `body` is JSON or, where it is none, the
 * text. Whose answer it is, its shape tells: what is not the platform's is a `WallarooStandIn`.
 */
export function statusError(
  call: Call,
  reply: { readonly status: number; readonly headers: Headers; readonly body: unknown },
): WallarooError {
  const { status, body } = reply;
  const words = wordsOf(body);
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
  if (status < 400) return redirection(call, reply, options);
  const isOwn = isPlatforms(call, status, body);
  if (!isOwn && !OF_ANYBODY.has(status))
    return new WallarooStandIn(call, ofStandIns[status] ?? 'unknown_address', {
      ...options,
      detail: `${options.detail}, not of Wallaroo`,
    });
  const refusal = isOwn ? refusalOfWrite(call, status, body, options) : undefined;
  return refusal ?? new WallarooRefused(call, codeOf(status), options);
}

function redirection(
  call: Call,
  { status, headers }: { readonly status: number; readonly headers: Headers },
  options: WallarooErrorOptions,
): WallarooStandIn {
  const to = leadsTo(headers);
  const detail = `status ${status}${to === '' ? '' : `, to ${to}`}`;
  return new WallarooStandIn(call, 'redirected', { ...options, detail });
}

const codeOf = (status: number): WallarooErrorCode => refusals[status] ?? 'invalid_request';

/** A refusal that says what is wrong with the user who was to be written; a read has none. */
function refusalOfWrite(
  call: Call,
  status: number,
  body: unknown,
  options: WallarooErrorOptions,
): WallarooRefused | undefined {
  if (status === 409 && WRITE_BY_EMAIL.test(call.path)) return new WallarooRefused(call, 'conflict', options);
  const writesUser = call.method === 'PUT' || createsUser(call);
  if (!writesUser || (status !== 400 && status !== 409)) return undefined;
  const violations = violationsOf(body);
  const said = (pattern: RegExp) => violations.some(({ words }) => pattern.test(words));
  if (said(READ_ONLY)) return new WallarooRefused(call, 'read_only_user', options);
  if (status === 409 && said(TAKEN)) return new WallarooRefused(call, 'conflict', options);
  if (said(ATTRIBUTE_REQUIRED)) return profileRefusal(call, 'incomplete_account', violations, options);
  if (said(AGAINST_PROFILE)) return profileRefusal(call, 'invalid_account', violations, options);
  return undefined;
}

/** Names the fields, as far as they are names that need no escaping anywhere. */
function profileRefusal(
  call: Call,
  code: 'incomplete_account' | 'invalid_account',
  violations: readonly Violation[],
  options: WallarooErrorOptions,
): WallarooRefused {
  const named = violations.flatMap(({ field }) =>
    field !== undefined && /^[\w.-]{1,40}$/.test(field) ? [field] : [],
  );
  const fields = [...new Set(named)].slice(0, 5).join(', ');
  return new WallarooRefused(call, code, { ...options, userMessage: profileSentence(call, code, fields) });
}

/** `undefined` where the code's usual sentence says as much. */
function profileSentence(
  call: Call,
  code: 'incomplete_account' | 'invalid_account',
  fields: string,
): string | undefined {
  const which = fields === '' ? '' : ` (${fields})`;
  if (createsUser(call))
    return code === 'incomplete_account'
      ? `Keycloak makes no account of an email alone, as its user profile requires more${which}: create the user in the Keycloak console.`
      : `Keycloak makes no account of this email, as something breaks the rules of its user profile${which}: create the user in the Keycloak console.`;
  if (fields === '') return undefined;
  return code === 'incomplete_account'
    ? `Keycloak changes nothing about this user while something that it requires is missing or wrong${which}: fill it in in the Keycloak console first.`
    : `Keycloak changes nothing about this user while something breaks the rules of its user profile${which}: correct it in the Keycloak console first.`;
}
