import { readFileSync } from 'node:fs';
import type { WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';

/** An answer, its body read: `undefined` when empty, text when it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into whatever came
  readonly body: any;
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const reply = await fetch(url, init);
  const text = await reply.text();
  const isJson = reply.headers.get('content-type')?.includes('json') === true;
  return {
    status: reply.status,
    headers: reply.headers,
    body: isJson ? JSON.parse(text) : text || undefined,
  };
}

type Form = Record<string, string>;

/** Asks for a token; with a `basic` client the form names none. */
export function askToken(
  wallaroo: Pick<WallarooSandbox, 'url'>,
  form: Form,
  basic?: string,
): Promise<Answer> {
  const headers =
    basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  const fields = basic === undefined ? { client_id: 'sdk-client', ...form } : form;
  const url = `${wallaroo.url}/auth/realms/master/protocol/openid-connect/token`;
  return ask(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
}

export const passwordForm = (wallaroo: WallarooSandbox, who = 'chatops@ex.co'): Form => ({
  grant_type: 'password',
  username: who,
  password: wallaroo.state.user(who).password,
});

/** Calls with somebody's token, or with none. */
export class Caller {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  call(method: string, path: string, body?: unknown, headers: Form = {}): Promise<Answer> {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const json = { 'content-type': 'application/json' };
    return ask(`${this.#url}${path}`, {
      method,
      headers: { ...authorization, ...(body === undefined ? {} : json), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** Keycloak's users: `path` begins after `/users`. */
  users(method: string, path = '', body?: unknown): Promise<Answer> {
    return this.call(method, `/auth/admin/realms/master/users${path}`, body);
  }

  api(path: string, body: unknown): Promise<Answer> {
    return this.call('POST', `/v1/api/${path}`, body);
  }

  graphql(query: string, variables: object = {}): Promise<Answer> {
    return this.call('POST', '/v1/graphql', { query, variables });
  }
}

export async function logIn(wallaroo: WallarooSandbox, who = 'chatops@ex.co'): Promise<Caller> {
  const { status, body } = await askToken(wallaroo, passwordForm(wallaroo, who));
  if (status !== 200) throw new Error(`${who} could not log in: ${JSON.stringify(body)}`);
  return new Caller(wallaroo.url, body.access_token);
}

/** A recorded response of the real platform. */
export function recorded(file: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/wallaroo/${file}`, import.meta.url), 'utf8'));
}

/** The keys, in their order, with the types of their values: what a recording proves. */
export function shapeOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  if (Array.isArray(value)) return 'array';
  return Object.entries(value).map(([key, one]) => [key, shapeOf(one)]);
}

/** Claims of a JWT, unverified. */
export const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** A clock that stands still until moved. */
export class TestClock {
  #now = new Date('2026-03-02T09:00:00Z').getTime();
  readonly now = (): Date => new Date(this.#now);

  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }
}
