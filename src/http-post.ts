import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Dispatcher, errors, getGlobalDispatcher } from 'undici';

/** What is posted, and where to. */
export interface Sent {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string | undefined;
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

export interface PostOptions {
  /** Limit of the whole request, reading the reply included. */
  readonly timeoutMs: number;
  /** A place for a long reply that is used again. @default each reply has its own */
  readonly room?: ReceivingRoom | undefined;
}

/**
 * Posts once. `fetch` costs twice as much of the processor, and what it costs others wait for. Failures are told as `fetch`
 * tells them; redirects are not followed: they would turn a POST into a GET.
 * @throws DOMException `TimeoutError`
 * @throws TypeError `fetch failed`, whose cause is the system's error
 */
export async function httpPost(
  { url, headers, body }: Sent,
  { timeoutMs, room }: PostOptions,
): Promise<Posted> {
  try {
    const { origin, pathname, search } = new URL(url);
    const reply = await getGlobalDispatcher().request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: { accept: '*/*', 'accept-encoding': 'gzip', ...headers },
      body: body ?? null,
      signal: AbortSignal.timeout(timeoutMs),
      highWaterMark: READ_AHEAD_BYTES,
    });
    return { status: reply.statusCode, headers: headersOf(reply), bytes: await bytesOf(reply, room) };
  } catch (error) {
    throw isOfTransport(error) ? new TypeError('fetch failed', { cause: error }) : error;
  }
}

/** More than this is not set aside before it comes, whatever the head of a reply says, bytes. */
const MOST_SET_ASIDE = 64 * 1024 * 1024;
/** How much may come before the first of it is taken: a pause for each piece costs more than the piece. */
const READ_AHEAD_BYTES = 1024 * 1024;

/** The system, the protocol, or a timer of the package's; not our own limit, and no mistake of ours. */
function isOfTransport(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The package takes a proxy that wants another password for a mistake of ours, too.
  if (error instanceof errors.InvalidArgumentError) return error.message.startsWith('Proxy');
  return error.name !== 'TimeoutError' && 'code' in error;
}

function headersOf({ headers }: Dispatcher.ResponseData): Headers {
  const pairs = Object.entries(headers).flatMap(([name, told]) =>
    [told ?? []].flat().map((value): [string, string] => [name, value]),
  );
  return new Headers(pairs);
}

/** Piece by piece into one place, and never a copy of tens of megabytes at once. */
async function bytesOf({ body, headers }: Dispatcher.ResponseData, room?: ReceivingRoom): Promise<Buffer> {
  // Some gateways compress whatever they pass on.
  if (headers['content-encoding'] === 'gzip') return buffer(body.compose(createGunzip()));
  const told = Number(headers['content-length'] ?? 0);
  const wanted = told > 0 && told <= MOST_SET_ASIDE ? told : 0;
  let bytes = room?.take(wanted) ?? Buffer.allocUnsafe(wanted);
  let length = 0;
  // Twice as fast as waiting for each piece.
  body.on('data', (chunk: Buffer) => {
    const needed = length + chunk.length;
    if (needed > bytes.length)
      bytes = Buffer.concat([bytes.subarray(0, length)], Math.max(needed, 2 * length));
    bytes.set(chunk, length);
    length = needed;
  });
  await finished(body);
  return bytes.subarray(0, length);
}

const LONG_BYTES = 1024 * 1024;

/**
 * Memory for one long reply after the other: V8 counts what lies outside its heap, and frees all its memory after every eight
 * replies of four megabytes.
 */
export class ReceivingRoom {
  #spare: Buffer | undefined;

  /** The place that was left, if that many bytes fit; `undefined`: another is needed. */
  take(bytes: number): Buffer | undefined {
    const spare = this.#spare;
    if (spare === undefined || bytes === 0 || spare.length < bytes) return undefined;
    this.#spare = undefined;
    return spare;
  }

  /** A reply that nobody looks at any more. */
  leave(reply: Buffer): void {
    // Short ones share their memory with others.
    if (reply.length >= LONG_BYTES) this.#spare = Buffer.from(reply.buffer as ArrayBuffer);
  }
}
