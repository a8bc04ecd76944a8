import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { enterpriseSeed } from '../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { startWallaroo } from '../sandbox/wallaroo/start-wallaroo.ts';
import { addTeams } from './many-workspaces.ts';

// The platform in a process of its own, so that its work does not count as the client's. Lists of all users lie ready, each in
// an order of its own as the platform gives them: the client waits for its own work, not for the sandbox to write 23 MB.

const LIST = '/v1/api/users/query';
/** So many answers are kept; the next question gets the first of them again. */
const KEPT = 4;

const users = Number(process.argv[2] ?? 10_000);
const switches = { sdkAccessSeconds: 3600 };
const sandbox = await startWallaroo({ seed: enterpriseSeed({ users }), switches });
const { url, account, state } = sandbox;
addTeams(state, Number(process.argv[3] ?? 0));
/** By what was asked. */
const kept = new Map<string, Buffer[]>();
sandbox.on('change', () => kept.clear());

const isForAll = (question: string): boolean => !JSON.parse(question).user_ids?.length;

function passedOn(
  { method = 'GET', url: path = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<Response> {
  const { authorization, 'content-type': type = '' } = headers;
  return fetch(`${url}${path}`, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body.length === 0 ? {} : { 'content-type': type }),
    },
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
}

function send(answer: ServerResponse, status: number, type: string, body: Buffer): void {
  answer.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body);
}

async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const body = await buffer(asked);
  const words = body.toString();
  const isList = asked.url === LIST && isForAll(words);
  const ready = kept.get(words) ?? [];
  const [first, ...others] = ready;
  if (isList && first !== undefined && ready.length >= KEPT) {
    kept.set(words, [...others, first]);
    return send(answer, 200, 'application/json', first);
  }
  const told = await passedOn(asked, body);
  const text = Buffer.from(await told.arrayBuffer());
  if (isList && told.ok) kept.set(words, [...ready, text]);
  send(answer, told.status, told.headers.get('content-type') ?? '', text);
}

const relay = createServer((asked, answer) => {
  serve(asked, answer).catch((error: unknown) => answer.destroy(error instanceof Error ? error : undefined));
});
relay.listen(0, '127.0.0.1');
await once(relay, 'listening');
const { port } = relay.address() as AddressInfo;
process.send?.({ url: `http://127.0.0.1:${port}`, account });
// How many others switch, outside Slack.
process.on('message', (many: number) => {
  const some = [...state.users.values()]
    .filter(({ email }) => email?.endsWith('@big.example'))
    .slice(0, many);
  for (const { id, enabled } of some) state.setEnabled(id, !enabled);
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
