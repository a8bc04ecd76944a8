import { afterEach } from 'vitest';
import {
  startWallaroo,
  type WallarooOptions,
  type WallarooSandbox,
} from '../../sandbox/wallaroo/start-wallaroo.ts';
import type { EndpointName } from '../../sandbox/wallaroo/supported.ts';
import type { WallarooClient } from '../../src/wallaroo/client.ts';
import { createWallarooClient, type WallarooClientOptions } from '../../src/wallaroo/create-client.ts';
import { WallarooError } from '../../src/wallaroo/errors.ts';

const running: WallarooSandbox[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
});

/** A clock that platform and client share, and that moves only when told. */
interface Clock {
  readonly now: () => Date;
  advanceSeconds(seconds: number): void;
}

export interface Started {
  readonly sandbox: WallarooSandbox;
  readonly client: WallarooClient;
  readonly clock: Clock;
  /** Milliseconds that the client waited before repetitions. */
  readonly waits: readonly number[];
  /** How often the endpoint was asked. */
  asked(endpoint: EndpointName): number;
  /** Another client of the same instance. */
  connect(options?: Partial<WallarooClientOptions>): WallarooClient;
}

/** A platform and a client of it, stopped after the test. The client's clock stands still, its waits end at once. */
export async function start(
  clientOptions: Partial<WallarooClientOptions> = {},
  wallarooOptions: Omit<WallarooOptions, 'now'> = {},
): Promise<Started> {
  let nowMs = Date.parse('2026-03-02T10:00:00Z');
  const clock: Clock = {
    now: () => new Date(nowMs),
    advanceSeconds: (seconds) => {
      nowMs += seconds * 1000;
    },
  };
  const sandbox = await startWallaroo({ ...wallarooOptions, now: clock.now });
  running.push(sandbox);
  const waits: number[] = [];
  const connect = (options: Partial<WallarooClientOptions> = {}): WallarooClient =>
    createWallarooClient({
      apiUrl: sandbox.url,
      authUrl: sandbox.url,
      ...sandbox.account,
      clientId: 'sdk-client',
      usersVia: 'keycloak',
      monotonicMs: () => nowMs,
      random: () => 0.5,
      delay: async (ms) => {
        waits.push(ms);
      },
      ...clientOptions,
      ...options,
    });
  const asked = (endpoint: EndpointName): number =>
    sandbox.requests.filter((request) => request.endpoint === endpoint).length;
  return { sandbox, client: connect(), clock, waits, asked, connect };
}

/** A short limit only where no answer comes: a busy machine answers everything else late. */
export const limitFor = (hangs: boolean): Partial<WallarooClientOptions> =>
  hangs ? { timeoutMs: 1_000 } : {};

/** The error that `promise` rejects with; throws when it does not. */
export async function failure(promise: Promise<unknown>): Promise<WallarooError> {
  const error = await promise.then(
    (value) => new Error(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof WallarooError) return error;
  throw error;
}

export const idOf = (sandbox: WallarooSandbox, who: string): string => sandbox.state.user(who).id;
