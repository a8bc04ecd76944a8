import type { MiddlewareHandler } from 'hono';
import { Listeners } from './listeners.ts';
import type { Env } from './platform.ts';
import type { EndpointName } from './supported.ts';

/** A request as it came, and how it ended. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  readonly endpoint: EndpointName | 'unknown';
  /** JSON or form fields, passwords and tokens redacted; text that is neither as it came. */
  readonly body: unknown;
  readonly at: Date;
  /** `null` until answered, and for ever where the connection hung or was cut. */
  readonly status: number | null;
}

const secrets = new Set(['password', 'client_secret', 'refresh_token', 'credentials']);

const redacted = (key: string, value: unknown): unknown => (secrets.has(key) ? 'REDACTED' : value);

function readable(text: string, contentType: string): unknown {
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(
      [...new URLSearchParams(text)].map(([key, value]) => [key, redacted(key, value)]),
    );
  try {
    return JSON.parse(text, redacted);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Keeps every request. Listeners may take their time: the platform waits for them. */
export class Traffic {
  readonly requests: RecordedRequest[] = [];
  /** Told when a request has come, before anything is done about it. */
  readonly arrived = new Listeners<RecordedRequest>();
  /** Told when the request has had its effect, before the answer leaves. */
  readonly answered = new Listeners<RecordedRequest>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  record(endpoint: EndpointName | 'unknown'): MiddlewareHandler<Env> {
    return async (call, next) => {
      const { method, path, url } = call.req;
      const body = readable(await call.req.text(), call.req.header('content-type') ?? '');
      const query = new URL(url).search;
      const request = { method, path, query, endpoint, body, at: this.#now(), status: null as number | null };
      this.requests.push(request);
      await this.arrived.tell(request);
      await next();
      if (call.env.incoming.socket.destroyed) return;
      request.status = call.res.status;
      await this.answered.tell(request);
    };
  }
}
