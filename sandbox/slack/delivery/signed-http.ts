import { createHmac } from 'node:crypto';
import type { Json } from '../json.ts';
import { InteractionFailed } from '../refusals.ts';
import type { Carrier, Envelope } from './envelope.ts';

// docs.slack.dev/authentication/verifying-requests-from-slack

/** Where the app takes requests. */
export interface HttpTarget {
  /** The whole address, e.g. `http://127.0.0.1:3000/slack/events`. */
  readonly url: string;
  readonly signingSecret: string;
}

/** `x-slack-signature` of a raw body sent at `seconds` since 1970. */
function signatureOf(secret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

/** Commands are forms, interactions a form with one field `payload`, events JSON. */
function bodyOf({ type, payload }: Envelope): { readonly body: string; readonly contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields =
    type === 'slash_commands'
      ? Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)])
      : { payload: JSON.stringify(payload) };
  return {
    body: new URLSearchParams(fields).toString(),
    contentType: 'application/x-www-form-urlencoded',
  };
}

const retryHeaders = ({ retry }: Envelope): Record<string, string> =>
  retry === undefined
    ? {}
    : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };

async function answerOf(reply: Response): Promise<unknown> {
  const body = await reply.text();
  if (reply.status < 200 || reply.status > 299)
    throw new InteractionFailed('dispatch_failed', `the app answered ${reply.status}`, {
      status: reply.status,
      noRetry: reply.headers.get('x-slack-no-retry') === '1',
    });
  if (body === '') return undefined;
  return reply.headers.get('content-type')?.includes('json') === true ? (JSON.parse(body) as Json) : body;
}

/** Sends each envelope as a request with Slack's signature. */
export class SignedHttp implements Carrier {
  readonly #target: HttpTarget;
  readonly #now: () => Date;

  constructor(target: HttpTarget, now: () => Date) {
    this.#target = target;
    this.#now = now;
  }

  async send(envelope: Envelope, limit: AbortSignal): Promise<unknown> {
    const { body, contentType } = bodyOf(envelope);
    const seconds = Math.floor(this.#now().getTime() / 1000);
    try {
      const reply = await fetch(this.#target.url, {
        method: 'POST',
        body,
        signal: limit,
        redirect: 'manual',
        headers: {
          'content-type': contentType,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': String(seconds),
          'x-slack-signature': signatureOf(this.#target.signingSecret, seconds, body),
          ...retryHeaders(envelope),
        },
      });
      return await answerOf(reply);
    } catch (error) {
      if (error instanceof InteractionFailed) throw error;
      if (limit.aborted) throw new InteractionFailed('operation_timeout', 'the app did not answer in time');
      if (error instanceof SyntaxError) throw new InteractionFailed('invalid_ack', 'the answer is not JSON');
      throw new InteractionFailed('dispatch_failed', `the app cannot be reached: ${String(error)}`);
    }
  }
}
