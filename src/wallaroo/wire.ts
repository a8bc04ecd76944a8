import * as z from 'zod';
import { httpPost, type Posted, type ReceivingRoom, type Sent } from '../http-post.ts';
import { isPage } from '../is-page.ts';
import { type Call, WallarooAway, WallarooError, WallarooStandIn, WallarooUnreadable } from './errors.ts';
import { transportError } from './transport-error.ts';

/** One request made, for logs and metrics. */
export interface RequestReport extends Call {
  /** Missing when no reply came. */
  readonly status: number | undefined;
  readonly durationMs: number;
  /** Of the error, if the call failed. */
  readonly code: string | undefined;
}

/** What every call to the platform needs besides its address. */
export interface Wire {
  /** Limit of one request, reading the reply included. */
  readonly timeoutMs: number;
  readonly monotonicMs: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly delay: (ms: number) => Promise<void>;
  readonly onRequest: (report: RequestReport) => void;
  /** The parts of the platform, by the beginnings of their paths, that have answered so far. */
  readonly heard: Set<string>;
}

export interface Reply extends Posted {
  /** The bytes as a text, made only when it is asked for. */
  readonly text: string;
}

/** Posts once, within the time limit, see `httpPost`. */
export async function post(wire: Wire, sent: Sent, room?: ReceivingRoom): Promise<Reply> {
  const reply = await httpPost(sent, { timeoutMs: wire.timeoutMs, room });
  return {
    ...reply,
    get text() {
      return textOf(reply.bytes);
    },
  };
}

const utf8 = new TextDecoder();

/** As `Response.text()` reads it: without a mark of the byte order. */
export const textOf = (bytes: Uint8Array): string => utf8.decode(bytes);

/** Runs one request, reports it and turns its failures into ours; `sawStatus` is told the reply's status. */
export async function observe<T>(
  wire: Wire,
  call: Call,
  run: (sawStatus: (status: number) => void) => Promise<T>,
): Promise<T> {
  const beganMs = wire.monotonicMs();
  let status: number | undefined;
  let code: string | undefined;
  try {
    const result = await run((seen) => {
      status = seen;
    });
    wire.heard.add(partOf(call));
    return result;
  } catch (error) {
    const ours = error instanceof WallarooError ? asKnown(wire, error) : transportError(call, error);
    code = ours.code;
    throw ours;
  } finally {
    wire.onRequest({ ...call, status, durationMs: wire.monotonicMs() - beganMs, code });
  }
}

/** E.g. `/auth/admin`, which a proxy may pass on or not, whatever it does with the others. */
const partOf = ({ path }: Call): string => path.split('/', 3).join('/');

/** An address that was right does not become wrong: who answered there before is away. */
function asKnown(wire: Wire, error: WallarooError): WallarooError {
  // Of a sign-in that is not accepted, a new token tells more.
  if (!(error instanceof WallarooStandIn) || error.code === 'unauthorized') return error;
  const { call, code, detail, retryAfterMs } = error;
  if (!wire.heard.has(partOf(call)))
    return new WallarooStandIn(call, code, {
      detail: `${detail}: Wallaroo has never answered there`,
      retryAfterMs,
    });
  // These say what is in the way whether somebody was there or not.
  const isWay = code === 'blocked' || code === 'too_large';
  return new WallarooAway(call, isWay ? code : 'away', { detail, retryAfterMs });
}

/** @throws WallarooUnreadable for a page, which something in front of the platform sends with a success. */
export function refusePage(call: Call, beginning: string): void {
  if (isPage(beginning)) throw new WallarooUnreadable(call, 'page');
}

/** The JSON of a reply. V8 quotes the text in its own error, which may hold a password: so without cause. */
export function jsonOf(call: Call, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WallarooUnreadable(call, 'malformed');
  }
}

/** Checks a reply's shape. @throws WallarooUnreadable naming what is wrong, without values. */
export function understood<S extends z.ZodType>(
  call: Call,
  schema: S,
  value: unknown,
  what?: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const wrong = z.prettifyError(result.error).replaceAll('\n', ' ');
  throw new WallarooUnreadable(call, 'unexpected_reply', {
    detail: what === undefined ? wrong : `${what}: ${wrong}`,
    cause: result.error,
  });
}
