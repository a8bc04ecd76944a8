import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { isPage } from '../is-page.ts';
import { violationsOf } from './error-words.ts';
import type { Call } from './errors.ts';

/** What gateways and frameworks put into an error beside `error`, and Keycloak never does (contract §3.4, §4). */
const NOT_KEYCLOAKS = ['message', 'statusCode', 'timestamp', 'path'];

const errorSchema = z.looseObject({ error: z.string() });
/** The platform's API (contract §1). */
const apiSchema = z.object({ msg: z.string() });
/** GraphQL's errors, and Hasura's own for what is no query (contract §7.1). */
const graphqlSchema = z.union([
  z.object({ errors: z.array(z.object({ message: z.string() })).min(1) }),
  z.object({ error: z.string(), code: z.string() }),
]);

/** Servers that take JSON complain so of what they cannot read, each in its own words. */
const COMPLAINTS: ReadonlySet<number> = new Set([400, 415, 422]);

/**
 * Whether a refusal is of the platform's own making, by its shape: Keycloak's, its API's or GraphQL's. All else comes of an
 * ingress, a gateway or a proxy in front of it (contract §1). `body` is JSON or, where it is none, the text.
 */
export function isPlatforms({ path }: Call, status: number, body: unknown): boolean {
  if (path.startsWith('/auth/')) return isKeycloaks(status, body);
  if (path === '/v1/graphql' && graphqlSchema.safeParse(body).success) return true;
  if (typeof body === 'string' && COMPLAINTS.has(status)) return !isPage(body);
  return apiSchema.safeParse(body).success;
}

function isKeycloaks(status: number, body: unknown): boolean {
  if (violationsOf(body).length > 0) return true;
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success || NOT_KEYCLOAKS.some((name) => name in parsed.data)) return false;
  // The bare phrase is any framework's; Keycloak says `HTTP 404 Not Found`.
  return parsed.data.error !== STATUS_CODES[status];
}

/** Where a redirection leads, without what may be secret in it; '' where that is not told. */
export function leadsTo(headers: Headers): string {
  const location = headers.get('location') ?? '';
  if (!URL.canParse(location)) return location.replace(/[?#].*/s, '').slice(0, 100);
  const { origin, pathname } = new URL(location);
  return `${origin}${pathname}`.slice(0, 200);
}
