import * as z from 'zod';

/** Letters, digits and what else the parts of a host's name have, or an IPv6 address. */
const HOST = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/i;

type Fault = (message: string) => void;

/** An `http:` or `https:` address in its usual spelling, without the slashes at its end. `also` looks at its path. */
function httpUrl(example: string, also: (path: string, fault: Fault) => void = () => undefined) {
  const expected = `an address like ${example}`;
  return z.string().transform((text, context) => {
    const fault = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    // The parser forgives a missing or third slash and a backslash; the author meant something else.
    if (!/^https?:\/\/[^/\\]/i.test(text) || !URL.canParse(text)) return fault(expected);
    const url = new URL(text);
    if (url.username !== '' || url.password !== '')
      return fault(`${expected}, without a username or password in it`);
    if (/[?#]/.test(text)) return fault(`${expected}, with no ? or # and nothing behind them`);
    if (!HOST.test(url.hostname)) return fault(expected);
    const path = url.pathname.replace(/\/+$/, '');
    also(path, fault);
    return `${url.origin}${path}`;
  });
}

const KEYCLOAK = /\/auth(\/.*)?$/;
const API = /\/v1(\/.*)?$/;

/** Where the platform answers: neither its Keycloak nor its API, whose paths the bot adds. */
export const wallarooUrl = httpUrl('https://wallaroo.example.com', (path, fault) => {
  if (KEYCLOAK.test(path)) fault('an address without /auth at its end');
  else if (API.test(path)) fault('an address without /v1 at its end');
});

/** Slack's Web API, with a slash at its end. */
export const slackApiUrl = httpUrl('https://slack.com/api/').transform((url) => `${url}/`);

/** The address of a proxy, with or without `http://`, and perhaps with a name and a password. */
export function isProxy(text: string): boolean {
  const full = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(full) && /^https?:$/.test(new URL(full).protocol) && HOST.test(new URL(full).hostname);
}

const DATABASE = 'file:… or postgres://…';

/** A file of this machine, or PostgreSQL. No fault repeats it. */
export const databaseUrl = z.string().superRefine((text, context) => {
  const problem = text.startsWith('file:') ? fileFault(text.slice('file:'.length)) : postgresFault(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

function fileFault(path: string): string | undefined {
  if (path.trim() === '') return 'a path after file:, like file:./data/chatops.db';
  if (path.includes(':memory:') || /[?#]/.test(path))
    return 'file: and a path, without options: what is only in memory would be lost at the end';
  if (/^\/\/(?!\/)/.test(path))
    return 'file: and a path: after two slashes comes a host, so write file:./data/x.db or file:/data/x.db';
  if (/^~|\$\{?\w/.test(path)) return 'file: and a path as it is: neither ~ nor $ is replaced here';
  if (/(^|[/\\])\.{0,2}$/.test(path)) return 'file: and a path that names a file, not a folder';
  return path === path.trim() && !path.includes('\0')
    ? undefined
    : 'file: and a path without blanks around it';
}

export const PERCENT =
  'percent-encode what has a meaning in an address: in user and password % as %25, # as %23, / as %2F, ? as %3F, : as %3A, @ as %40, a blank as %20';

function postgresFault(text: string): string | undefined {
  if (!/^postgres(ql)?:\/\/./.test(text)) return DATABASE;
  if (/\s/.test(text) || !isDecodable(text)) return `${DATABASE}; ${PERCENT}`;
  // `postgres://user@/database?host=/run/postgresql` is a socket: the driver puts a host of its own there.
  const withHost = text.replace('@/', '@socket/');
  if (!URL.canParse(withHost)) return `${DATABASE}; ${PERCENT}`;
  const url = new URL(withHost);
  // What was to be a password reaches into path, query or fragment, where no other @ has a reason to be.
  if (url.hash !== '' || /@/.test(url.pathname) || /@/.test(url.search)) return `${DATABASE}; ${PERCENT}`;
  const isSocket = url.searchParams.has('host');
  if (url.hostname === '' && !isSocket) return DATABASE;
  return undefined;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
