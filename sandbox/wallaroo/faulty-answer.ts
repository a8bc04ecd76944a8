import type { EndpointName } from './supported.ts';

const htmlPage = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>`;

const keycloakErrors: Readonly<Record<number, unknown>> = {
  400: { errorMessage: 'Could not update user! See server log for more details' },
  401: { error: 'HTTP 401 Unauthorized' },
  403: { error: 'unknown_error' },
  404: { error: 'User not found' },
  409: { errorMessage: 'User exists with same username or email' },
};

const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

const tokenErrors: Readonly<Record<number, unknown>> = {
  400: { error: 'invalid_grant', error_description: 'Account disabled' },
  401: { error: 'invalid_grant', error_description: 'Invalid user credentials' },
};

/** The body that the endpoint's server would send along (contract §1, §3.4, §4). */
function usualBody(endpoint: EndpointName, status: number): unknown {
  if (status < 400) return '';
  if (status >= 500) return htmlPage(status);
  if (endpoint === 'token') return tokenErrors[status] ?? { error: `HTTP ${status}` };
  if (endpoint.startsWith('keycloak.')) return keycloakErrors[status] ?? { error: `HTTP ${status}` };
  return { msg: `refused by a fault of the sandbox`, code: status };
}

/** The answer of an endpoint that fails with `status`. */
export function faultyAnswer(
  endpoint: EndpointName,
  status: number,
  how: { readonly body?: unknown; readonly retryAfterSeconds?: number | undefined },
): Response {
  const body = how.body ?? usualBody(endpoint, status);
  const headers = new Headers();
  if (how.retryAfterSeconds !== undefined) headers.set('retry-after', `${how.retryAfterSeconds}`);
  if (NO_BODY.has(status)) return new Response(null, { status, headers });
  if (typeof body !== 'string') return Response.json(body, { status, headers });
  headers.set('content-type', 'text/html');
  return new Response(body, { status, headers });
}
