import type { z } from 'zod';
import type { ReceivingRoom } from '../http-post.ts';
import { errorBodyOf } from './error-words.ts';
import type { Call } from './errors.ts';
import { statusError } from './status-error.ts';
import { jsonOf, observe, post, refusePage, textOf, understood, type Wire } from './wire.ts';

/** Of a long answer, bytes: enough to tell a page by. */
const BEGINNING = 100;

/** The platform's own API (contract §1, §5, §6): always POST, JSON in and out. */
export class Mlops {
  readonly #wire: Wire;
  readonly #apiBase: string;

  /** `apiBase` has no trailing slash. */
  constructor(wire: Wire, apiBase: string) {
    this.#wire = wire;
    this.#apiBase = apiBase;
  }

  /** One request, repeated by nobody here. `name` is e.g. `users/query`. */
  ask<S extends z.ZodType>(
    token: string,
    name: string,
    body: object | undefined,
    schema: S,
  ): Promise<z.output<S>> {
    return this.askFor(token, name, body, async (call, bytes) =>
      understood(call, schema, jsonOf(call, textOf(bytes))),
    );
  }

  /** The same for an answer that may be long: `readBytes` makes of its bytes what was asked for, which may lie in `room`. */
  askFor<T>(
    token: string,
    name: string,
    body: object | undefined,
    readBytes: (call: Call, bytes: Buffer) => Promise<T>,
    room?: ReceivingRoom,
  ): Promise<T> {
    const call: Call = { method: 'POST', path: `/v1/api/${name}` };
    return observe(this.#wire, call, async (sawStatus) => {
      const sent = {
        url: `${this.#apiBase}${call.path}`,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      };
      const reply = await post(this.#wire, sent, room);
      const { status, headers } = reply;
      sawStatus(status);
      if (status < 200 || status > 299)
        throw statusError(call, { status, headers, body: errorBodyOf(reply.text) });
      refusePage(call, textOf(reply.bytes.subarray(0, BEGINNING)));
      return readBytes(call, reply.bytes);
    });
  }
}
