import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { asJson, asText, decoded, type Json } from '../json.ts';
import { InteractionFailed } from '../refusals.ts';
import type { Workspace } from '../workspace.ts';
import type { Carrier, Envelope } from './envelope.ts';

// docs.slack.dev/apis/events-api/using-socket-mode

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

const connectionLimit = 10;
/** A URL of `apps.connections.open` is for one connection, soon. */
const ticketLifeMs = 30_000;
/** Clients take a connection for dead when no ping comes for half a minute. */
const pingEveryMs = 5_000;
/** A `warning` comes about ten seconds before the connection is closed. */
const warningMs = 10_000;

/** Clients that just said goodbye are still in the closing handshake. */
const closePatienceMs = 500;

const host = 'applink-sandbox';

interface Connection {
  readonly number: number;
  readonly socket: WebSocket;
}

/** The app's WebSockets. An envelope goes to any one of them. */
export class SocketMode implements Carrier {
  readonly #workspace: Workspace;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Map<string, number>();
  readonly #pending = new Map<string, (payload: unknown) => void>();
  readonly #pings: NodeJS.Timeout;
  #connections: readonly Connection[] = [];
  #opened = 0;
  #turn = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#pings = setInterval(() => {
      for (const { socket } of this.#connections) socket.ping();
    }, pingEveryMs).unref();
  }

  get connections(): number {
    return this.#connections.length;
  }

  /** A fresh address to connect to, good for one connection within thirty seconds. */
  issueUrl(): string {
    const ticket = randomBytes(16).toString('hex');
    this.#tickets.set(ticket, performance.now() + ticketLifeMs);
    const query = new URLSearchParams({ ticket, app_id: this.#workspace.state.bot.appId });
    return `${this.#workspace.url.replace('http', 'ws')}/link/?${query}`;
  }

  /** Takes a connection that came with a good ticket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const ticket = searchParams.get('ticket') ?? '';
    const goodUntil = this.#tickets.get(ticket) ?? 0;
    this.#tickets.delete(ticket);
    if (pathname !== '/link/' || this.#workspace.faults.down !== undefined || performance.now() > goodUntil) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connected) =>
      this.#welcome(connected, searchParams.get('debug_reconnects') === 'true'),
    );
  }

  async send(envelope: Envelope, limit: AbortSignal): Promise<unknown> {
    const connection = this.#connections[this.#turn++ % Math.max(1, this.#connections.length)];
    if (connection === undefined) throw new InteractionFailed('dispatch_failed', 'the app is not connected');
    const { id, type, payload, retry } = envelope;
    const answered = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, resolve);
      const late = () => {
        this.#pending.delete(id);
        reject(new InteractionFailed('operation_timeout', 'the app did not acknowledge in time'));
      };
      limit.addEventListener('abort', late, { once: true });
    });
    connection.socket.send(
      JSON.stringify({
        envelope_id: id,
        type,
        payload,
        accepts_response_payload: type !== 'events_api',
        ...(type === 'events_api'
          ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
          : {}),
      }),
    );
    return answered;
  }

  /** Says `disconnect` on every connection; all but a `warning` close it at once. */
  disconnect(reason: DisconnectReason): void {
    for (const { socket, number } of this.#connections) {
      this.#note(number, `disconnect: ${reason}`);
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host } }));
      if (reason === 'warning') setTimeout(() => socket.close(), warningMs).unref();
      else socket.close();
    }
  }

  /** Ends every connection without a word, as when the network fails. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Closes what is open; who does not close their end soon is cut off. */
  async stop(): Promise<void> {
    clearInterval(this.#pings);
    const closed = this.#connections.map(({ socket }) => once(socket, 'close'));
    for (const { socket } of this.#connections) socket.close();
    const patience = setTimeout(() => this.cut(), closePatienceMs);
    await Promise.all(closed);
    clearTimeout(patience);
    this.#server.close();
  }

  #welcome(socket: WebSocket, shortLived: boolean): void {
    if (this.connections >= connectionLimit) {
      socket.send(
        JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host } }),
      );
      socket.close();
      return;
    }
    this.#opened += 1;
    const connection = { number: this.#opened, socket };
    this.#connections = [...this.#connections, connection];
    socket.on('message', (data) => this.#acknowledged(connection, asJson(decoded(String(data)))));
    socket.on('close', () => {
      this.#connections = this.#connections.filter((it) => it !== connection);
      this.#note(connection.number, 'closed');
    });
    socket.on('error', (error) => this.#note(connection.number, `error: ${error.message}`));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.connections,
        debug_info: { host, build_number: 1, approximate_connection_time: shortLived ? 360 : 18_060 },
        connection_info: { app_id: this.#workspace.state.bot.appId },
      }),
    );
    this.#note(connection.number, 'hello');
  }

  #acknowledged(connection: Connection, { envelope_id, payload }: Json): void {
    const id = asText(envelope_id);
    const answer = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || answer === undefined) {
      this.#workspace.warn(`socket ${connection.number}: acknowledged late, twice, or what was never sent`);
      return;
    }
    this.#pending.delete(id);
    answer(payload);
  }

  #note(connection: number, what: string): void {
    this.#workspace.traffic.record({ kind: 'socket', connection, what });
  }
}
