/** What the environment says of a proxy, e.g. for `HTTPS_PROXY`: in small letters it wins, as in curl; empty where it says nothing. */
export const givenProxy = (env: Readonly<Record<string, string | undefined>>, name: string): string =>
  (env[name.toLowerCase()] ?? env[name] ?? '').trim();
