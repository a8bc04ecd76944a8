/** What something in front of the platform sends in its place. */
export interface StandInAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

const html = (status: number, title: string, headers: Headers = {}): StandInAnswer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: page(`${status} ${title}`),
});

const text = (status: number, body: string, headers: Headers = {}): StandInAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

const json = (status: number, body: object): StandInAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

const empty = (status: number): StandInAnswer => ({ status, headers: {}, body: '' });

const redirect = (status: number, location: string): StandInAnswer => ({
  status,
  headers: { 'content-type': 'text/html', location },
  body: page(`${status} Moved`),
});

const ofCloudflare = (status: number): StandInAnswer => text(status, `error code: ${status}\n`);

const LOGIN = 'https://login.ex.co/oauth2/start?rd=%2Fv1&state=a-state-that-is-nobodys-business';

/**
 * Answers of ingresses, gateways and proxies, as their documentation and source have them: while the platform restarts,
 * or before a person has signed in to them.
 */
export const standInAnswers = {
  // No backend, or no route, for the time being
  'ingress-404': text(404, 'default backend - 404'),
  'nginx-404': html(404, 'Not Found'),
  'traefik-404': text(404, '404 page not found\n'),
  'envoy-404': empty(404),
  'kong-404': json(404, { message: 'no Route matched with those values', request_id: '7c0e3f' }),
  'apisix-404': json(404, { error_msg: '404 Route Not Found' }),
  'spring-404': json(404, {
    timestamp: '2026-03-02T10:00:00Z',
    status: 404,
    error: 'Not Found',
    path: '/v1',
  }),
  'express-404': json(404, { error: 'Not Found' }),
  'maintenance-405': html(405, 'Not Allowed'),
  'nginx-410': html(410, 'Gone'),
  'misdirected-421': html(421, 'Misdirected Request'),
  'too-early-425': html(425, 'Too Early'),
  'closed-499': html(499, 'Client Closed Request'),
  'envoy-503': text(
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
  ),
  'cloudflare-520': ofCloudflare(520),
  'cloudflare-522': ofCloudflare(522),
  'cloudflare-524': ofCloudflare(524),
  'cloudflare-527': ofCloudflare(527),
  // A sign-in page of its own, or a rule
  'login-302': redirect(302, LOGIN),
  'https-308': redirect(308, 'https://wallaroo.ex.co/'),
  'login-200': html(200, 'Sign in'),
  'proxy-401': html(401, 'Authorization Required', { 'www-authenticate': 'Basic realm="staff"' }),
  'envoy-401': text(401, 'Jwks remote fetch is failed', { 'www-authenticate': 'Bearer realm="ex.co"' }),
  'firewall-403': html(403, 'Forbidden'),
  'envoy-403': text(403, 'RBAC: access denied'),
  'empty-403': empty(403),
  'aws-403': json(403, { message: 'Forbidden' }),
  // Limits
  'limit-429': html(429, 'Too Many Requests'),
  'limit-429-seconds': html(429, 'Too Many Requests', { 'retry-after': '2' }),
  'large-413': html(413, 'Request Entity Too Large'),
  'headers-431': text(431, 'Request Header Fields Too Large'),
  // JSON with a success that is not the platform's
  'kong-200': json(200, { message: 'no Route matched with those values' }),
  'empty-200': empty(200),
} as const satisfies Readonly<Record<string, StandInAnswer>>;

export type StandInName = keyof typeof standInAnswers;

export const standInNames = Object.keys(standInAnswers) as StandInName[];

/** The answer as it goes out. */
export function standInAnswer(name: StandInName): Response {
  const { status, headers, body } = standInAnswers[name];
  return new Response(body === '' ? null : body, { status, headers });
}
