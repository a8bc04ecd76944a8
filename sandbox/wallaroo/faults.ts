import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { faultyAnswer } from './faulty-answer.ts';
import { Listeners } from './listeners.ts';
import type { Call, Env } from './platform.ts';
import { standInAnswer, standInNames } from './stand-in-answers.ts';
import type { EndpointName } from './supported.ts';

/** What goes wrong at an endpoint. A delay may come with any one of the others. */
export const faultSchema = z
  .strictObject({
    /** Milliseconds before anything else happens. */
    delayMs: z.number().int().min(0).optional(),
    /** Never answers. */
    hang: z.boolean().optional(),
    /** Answers so without doing anything; below 400 with `body` alone, from 500 on with HTML unless that is given. */
    status: z.number().int().min(200).max(599).optional(),
    /** Something in front of the platform answers in its place, and nothing is done; see `standInAnswers`. */
    standIn: z.enum(standInNames).optional(),
    /** Does what was asked before it answers with `status` or `standIn`. */
    applies: z.boolean().optional(),
    /** Instead of the usual body of `status`: text as it is, anything else as JSON. */
    body: z.unknown().optional(),
    /** For `status` 429 and 503. */
    retryAfterSeconds: z.number().int().min(0).optional(),
    /** Cuts the connection and does nothing. */
    cut: z.boolean().optional(),
    /** Does what was asked, then cuts the connection. */
    cutAfterApply: z.boolean().optional(),
    /** Does what was asked, then answers JSON that breaks off. */
    malformed: z.boolean().optional(),
    /** Does what was asked, then cuts the connection in the middle of the answer's body. */
    cutBody: z.boolean().optional(),
    /** How many calls it hits. @default all until cleared */
    times: z.number().int().positive().optional(),
    /** How many calls it lets through first. @default 0 */
    skip: z.number().int().min(0).optional(),
  })
  .refine(
    ({ hang, status, standIn, cut, cutAfterApply, malformed, cutBody }) =>
      [hang, status, standIn, cut, cutAfterApply, malformed, cutBody].filter(Boolean).length <= 1,
    'a fault has one outcome: hang, status, standIn, cut, cutAfterApply, malformed or cutBody',
  );

export type Fault = z.infer<typeof faultSchema>;

/** The faults in force, at most one for each endpoint. */
export class Faults {
  readonly changes = new Listeners<EndpointName>();
  readonly #faults = new Map<EndpointName, Fault>();

  /** Replaces the endpoint's fault. Throws a `ZodError` for one that makes no sense. */
  set(endpoint: EndpointName, fault: Fault): void {
    this.#faults.set(endpoint, faultSchema.parse(fault));
    void this.changes.tell(endpoint);
  }

  /** One endpoint's fault, or all. */
  clear(endpoint?: EndpointName): void {
    const ended = endpoint === undefined ? [...this.#faults.keys()] : [endpoint];
    for (const name of ended) {
      this.#faults.delete(name);
      void this.changes.tell(name);
    }
  }

  get current(): ReadonlyMap<EndpointName, Fault> {
    return this.#faults;
  }

  at(endpoint: EndpointName): MiddlewareHandler<Env> {
    return async (call, next) => {
      const fault = this.#take(endpoint);
      if (fault === undefined) return next();
      if (fault.delayMs !== undefined) await delay(fault.delayMs);
      if (fault.hang) return hang(call);
      if (fault.cut) return cut(call);
      const answer = answerOf(endpoint, fault);
      if (answer !== undefined && fault.applies !== true) return answer;
      await next();
      if (answer !== undefined) call.res = answer;
      if (fault.cutAfterApply) return cut(call);
      if (fault.cutBody) return cutBody(call);
      if (fault.malformed)
        call.res = new Response('{"users": {"', { headers: { 'content-type': 'application/json' } });
    };
  }

  #take(endpoint: EndpointName): Fault | undefined {
    const fault = this.#faults.get(endpoint);
    if (fault === undefined) return;
    if ((fault.skip ?? 0) > 0) {
      this.#faults.set(endpoint, { ...fault, skip: (fault.skip ?? 0) - 1 });
      return;
    }
    if (fault.times === 1) this.clear(endpoint);
    else if (fault.times !== undefined) this.#faults.set(endpoint, { ...fault, times: fault.times - 1 });
    return fault;
  }
}

/** What the fault answers with; `undefined`: not with an answer of its own. */
function answerOf(endpoint: EndpointName, fault: Fault): Response | undefined {
  if (fault.standIn !== undefined) return standInAnswer(fault.standIn);
  return fault.status === undefined ? undefined : faultyAnswer(endpoint, fault.status, fault);
}

async function hang(call: Call): Promise<Response> {
  const { socket } = call.env.incoming;
  if (!socket.destroyed) await once(socket, 'close');
  return new Response();
}

function cut(call: Call): Response {
  call.env.incoming.socket.destroy();
  return new Response();
}

/** Sends the head of the answer, which promises more than comes, and half of its body. */
async function cutBody(call: Call): Promise<void> {
  const { outgoing } = call.env;
  const { status, headers } = call.res;
  const body = Buffer.from(await call.res.clone().arrayBuffer());
  outgoing.writeHead(status, {
    'content-type': headers.get('content-type') ?? 'application/json',
    'content-length': body.length + 1,
  });
  outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
  call.res = undefined;
  call.res = RESPONSE_ALREADY_SENT;
}
