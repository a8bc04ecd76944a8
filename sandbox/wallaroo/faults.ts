import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { faultyAnswer } from './faulty-answer.ts';
import { Listeners } from './listeners.ts';
import type { Call, Env } from './platform.ts';
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
    /** Does what was asked before it answers with `status`. */
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
    /** How many calls it hits. @default all until cleared */
    times: z.number().int().positive().optional(),
    /** How many calls it lets through first. @default 0 */
    skip: z.number().int().min(0).optional(),
  })
  .refine(
    ({ hang, status, cut, cutAfterApply, malformed }) =>
      [hang, status, cut, cutAfterApply, malformed].filter(Boolean).length <= 1,
    'a fault has one outcome: hang, status, cut, cutAfterApply or malformed',
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
      if (fault.status !== undefined && fault.applies !== true)
        return faultyAnswer(endpoint, fault.status, fault);
      await next();
      if (fault.status !== undefined) call.res = faultyAnswer(endpoint, fault.status, fault);
      if (fault.cutAfterApply) return cut(call);
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

async function hang(call: Call): Promise<Response> {
  const { socket } = call.env.incoming;
  if (!socket.destroyed) await once(socket, 'close');
  return new Response();
}

function cut(call: Call): Response {
  call.env.incoming.socket.destroy();
  return new Response();
}
