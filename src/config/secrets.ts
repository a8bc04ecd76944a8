export type Env = Readonly<Record<string, string | undefined>>;

/** Settings that no line of ours ever repeats. */
export const SECRET_SETTINGS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'WALLAROO_PASSWORD',
  'WALLAROO_CLIENT_SECRET',
] as const;

/** What may hold a name and password before an `@`. */
const ADDRESSES = /^(SLACK_API_URL|WALLAROO_URL|WALLAROO_AUTH_URL|DATABASE_URL|(https?|all)_proxy)$/i;
/** Shorter ones turn up by chance in everything. */
const LEAST_LENGTH = 3;

/** Every secret that the settings hold, as it is used and as it is spelled. */
export function secretsIn(env: Env): readonly string[] {
  const values = SECRET_SETTINGS.map((name) => env[name] ?? '');
  const inAddresses = Object.entries(env).flatMap(([name, value = '']) =>
    ADDRESSES.test(name) ? secretsOfAddress(value.trim()) : [],
  );
  const all = [...values, ...inAddresses].flatMap((value) => [value, value.trim(), decoded(value)]);
  return [...new Set([...all, ...signInsIn(env)])].filter((value) => value.trim().length >= LEAST_LENGTH);
}

/** Names with their passwords as a header `Basic` has them (RFC 7617; RFC 6749, 2.3.1 encodes both parts first). */
function signInsIn(env: Env): readonly string[] {
  const { WALLAROO_USER, WALLAROO_PASSWORD, WALLAROO_CLIENT_ID, WALLAROO_CLIENT_SECRET } = env;
  const ofProxies = Object.entries(env).flatMap(([name, value = '']) => {
    const [, user, password] = ADDRESSES.test(name) ? (/^\w+:\/+([^:@/?#]*):([^@]*)@/.exec(value) ?? []) : [];
    return [[user, password] as const];
  });
  return [
    [WALLAROO_USER, WALLAROO_PASSWORD] as const,
    [WALLAROO_CLIENT_ID || 'sdk-client', WALLAROO_CLIENT_SECRET] as const,
    ...ofProxies,
  ].flatMap(([name, password]) => {
    if (name === undefined || !password) return [];
    const pairs = [[name, password], [decoded(name), decoded(password)], [name, password].map(formEncoded)];
    return pairs.map((pair) => Buffer.from(pair.join(':')).toString('base64').replace(/=+$/, ''));
  });
}

/** As a form spells it: a blank as `+`. */
export const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

/** Passwords of an address, even one that no parser takes; of a name alone, which may be a token, the name. */
function secretsOfAddress(address: string): readonly string[] {
  const found: (string | undefined)[] = [
    // Up to the last @: a password may hold what should have been percent-encoded.
    /^\w+:\/+[^:@/?#]*:([\s\S]*)@/.exec(address)?.[1],
    /^\w+:\/+[^:@/?#]*:([^@/?#]*)@/.exec(address)?.[1],
    /^\w+:\/+([^:@/?#]+)@/.exec(address)?.[1],
    ...[...address.matchAll(/[?&#;](?:[\w-]*(?:password|token|secret))=([^&#;]*)/gi)].map(
      ([, value]) => value,
    ),
  ];
  return found.filter((value) => value !== undefined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
