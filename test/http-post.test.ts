import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { httpPost, type Posted, ReceivingRoom } from '../src/http-post.ts';
import { freePort } from './support/free-port.ts';

const servers: { close(): unknown; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** The address of a server that answers so. */
async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?a=b`;
}

const post = (url: string, timeoutMs = 5000, room?: ReceivingRoom): Promise<Posted> =>
  httpPost({ url, headers: { 'x-own': 'yes' }, body: '{"ü":1}' }, { timeoutMs, room });
const LONG = 'ä'.repeat(1_000_000);

describe('a POST', () => {
  it('sends what it is given, and reads status, headers and bytes', async () => {
    const url = await serving(async (request, response) => {
      const body = (await request.setEncoding('utf8').toArray()).join('');
      response.writeHead(201, { 'retry-after': '3', 'set-cookie': ['a=1', 'b=2'] });
      response.end(JSON.stringify([request.method, request.url, request.headers['x-own'], body]));
    });
    const { status, headers, bytes } = await post(url);
    expect(JSON.parse(String(bytes))).toEqual(['POST', '/path?a=b', 'yes', '{"ü":1}']);
    expect([status, headers.get('retry-after'), headers.getSetCookie()]).toEqual([201, '3', ['a=1', 'b=2']]);
  });

  it.each<[string, RequestListener, string]>([
    [
      'of unknown length',
      (_, response) => {
        response.write('a');
        response.end(LONG);
      },
      `a${LONG}`,
    ],
    ['of none', (_, response) => response.end(), ''],
    [
      'that a gateway compresses',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(LONG)),
      LONG,
    ],
  ])('reads a reply %s', async (_, answer, expected) => {
    expect(String((await post(await serving(answer))).bytes)).toBe(expected);
  });

  it('does not follow a redirect', async () => {
    const url = await serving((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await post(url)).toMatchObject({ status: 302 });
  });

  it.each<[string, RequestListener]>([
    ['before the head', () => undefined],
    ['in the body', (_, response) => void response.writeHead(200, { 'content-length': '10' }).write('1')],
  ])('ends at its limit where nothing comes %s', async (_, answer) => {
    const url = await serving(answer);
    await expect(post(url, 100)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it.each<[string, RequestListener]>([
    ['breaks before the head', (request) => request.socket.destroy()],
    [
      'breaks in the body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('1', () => request.socket.destroy());
      },
    ],
    [
      'breaks in a compressed body',
      (request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.write(gzipSync(LONG).subarray(0, 100), () => request.socket.destroy());
      },
    ],
    [
      'is not compressed though it says so',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}'),
    ],
  ])('fails as fetch does where the reply %s', async (_, answer) => {
    const url = await serving(answer);
    await expect(post(url)).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code: expect.any(String) },
    });
  });

  it('tells the error of the system where nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    await expect(post(url)).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('tells a header that cannot be one as what it is: a mistake of ours', async () => {
    const sent = { url: 'http://127.0.0.1:9/', headers: { 'x-own': 'a\nb' } };
    await expect(httpPost(sent, { timeoutMs: 1000 })).rejects.toMatchObject({ code: 'UND_ERR_INVALID_ARG' });
  });

  it('puts a long reply where an earlier one was left', async () => {
    const url = await serving((_, response) => response.end(LONG));
    const room = new ReceivingRoom();
    const { bytes } = await post(url, 5000, room);
    room.leave(bytes);
    const next = await post(url, 5000, room);
    expect(next.bytes.buffer).toBe(bytes.buffer);
    expect(String(next.bytes)).toBe(LONG);
    const meanwhile = await post(url, 5000, room);
    expect(meanwhile.bytes.buffer).not.toBe(bytes.buffer);
  });
});
