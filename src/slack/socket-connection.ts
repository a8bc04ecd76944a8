import { setTimeout as wait } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Logger } from 'pino';
import { isTokenUnfit } from './token-words.ts';

type SocketModeClient = SocketModeReceiver['client'];

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** A connection that lasted this long was a good one: after it, the pauses begin at the first again. */
const STABLE_MS = 10_000;
/** From asking for a socket, for which the client has ten seconds, to Slack's hello. */
const HELLO_WITHIN_MS = 20_000;

/** How long to wait before the next connection, ms; `failures` in a row came before. `random` is from 0 to 1. */
function reconnectPauseMs(error: unknown, failures: number, random: number): number {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
  return pauseMs * (0.5 + random / 2);
}

/**
 * One Socket Mode connection, opened again whenever it ends: at once after Slack refreshed it, at growing intervals while
 * Slack stays away. The client's own reconnecting is off, as its pause is its patience for a pong: one number cannot
 * be both ten seconds and a moment.
 */
export class SocketConnection {
  readonly #client: SocketModeClient;
  readonly #log: Logger;
  readonly #heard: (error?: unknown) => void;
  readonly #helloWithinMs: number;
  readonly #stopping = new AbortController();
  #lostAtMs: number | undefined = performance.now();

  /**
   * `heard` is told what Slack says each time that it is asked for a socket; without `error` it gives one. A socket that
   * takes longer than `helloWithinMs` until Slack says hello is given up.
   */
  constructor(
    client: SocketModeClient,
    log: Logger,
    heard: (error?: unknown) => void,
    helloWithinMs = HELLO_WITHIN_MS,
  ) {
    this.#helloWithinMs = helloWithinMs;
    this.#client = client;
    this.#log = log;
    this.#heard = heard;
    client.on('authenticated', () => this.#heard());
    client.on('connected', () => {
      this.#lostAtMs = undefined;
    });
    client.on('close', () => {
      this.#lostAtMs ??= performance.now();
    });
  }

  /** Resolves once connected, however long Slack is away; rejects with Slack's error if it refuses the app token. */
  open(): Promise<void> {
    return new Promise((connected, refused) => {
      void this.#stayConnected(connected, refused);
    });
  }

  close(): void {
    this.#stopping.abort();
    // It resolves when Slack has closed its side too, for which nobody waits.
    void this.#client.disconnect();
  }

  /** For how long there has been no connection, ms. */
  lostMs(nowMs: number): number {
    return this.#lostAtMs === undefined ? 0 : nowMs - this.#lostAtMs;
  }

  async #stayConnected(connected: () => void, refused: (error: unknown) => void): Promise<void> {
    const { signal } = this.#stopping;
    let everConnected = false;
    let isTold = false;
    for (let failures = 0; !signal.aborted; failures += 1) {
      const startedMs = performance.now();
      const fault = await this.#connectOnce(() => {
        everConnected = true;
        isTold = false;
        connected();
      });
      if (fault !== undefined) this.#heard(fault);
      if (!everConnected && isTokenUnfit(fault)) return refused(fault);
      if (performance.now() - startedMs >= STABLE_MS) failures = 0;
      const pauseMs = reconnectPauseMs(fault, failures, Math.random());
      // The first failure is news; that it lasts is for health to tell.
      const level = fault === undefined || isTold ? 'debug' : 'warn';
      isTold ||= fault !== undefined;
      this.#log[level]({ err: fault, pauseMs }, 'the socket is closed: opening it again');
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Resolves when the connection has ended; with the error where none came about. */
  async #connectOnce(connected: () => void): Promise<unknown> {
    let resolveEnded = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      resolveEnded = resolve;
    });
    this.#client.once('disconnected', resolveEnded);
    // The client itself waits for hello forever, as where a firewall swallows what follows the first packet.
    const patience = setTimeout(() => void this.#client.disconnect(), this.#helloWithinMs);
    try {
      await this.#client.start();
    } catch (error) {
      this.#client.off('disconnected', resolveEnded);
      // The client rejects with nothing when the socket was closed before Slack said hello.
      return error ?? new Error('the socket was closed before Slack said hello');
    } finally {
      clearTimeout(patience);
    }
    if (this.#stopping.signal.aborted) void this.#client.disconnect();
    else connected();
    return ended;
  }
}
