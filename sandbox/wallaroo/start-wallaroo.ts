import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { Faults } from './faults.ts';
import { type Listener, Listeners } from './listeners.ts';
import type { Platform } from './platform.ts';
import { seededRandom } from './random.ts';
import { seatsOf } from './seats.ts';
import { communitySeed } from './seeds/community-seed.ts';
import { enterpriseSeed } from './seeds/enterprise-seed.ts';
import { type StateChange, type WallarooSeed, WallarooState } from './state.ts';
import type { EndpointName } from './supported.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { Sessions } from './tokens/sessions.ts';
import { type RecordedRequest, Traffic } from './traffic.ts';

export interface WallarooOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default 'community' */
  readonly seed?: 'community' | 'enterprise' | WallarooSeed;
  readonly now?: () => Date;
  readonly switches?: Partial<Switches>;
}

type SandboxChange =
  | StateChange
  | { readonly kind: 'fault'; readonly endpoint: EndpointName }
  | { readonly kind: 'switch' };

interface SandboxEvents {
  /** The state, a fault or a switch changed. */
  change: SandboxChange;
  /** A request came; nothing has been done about it yet. A listener's promise holds it up. */
  request: RecordedRequest;
  /** A request had its effect; its answer leaves when the listeners' promises are through. */
  response: RecordedRequest;
}

/** A running platform, strict as contract §10 has it. */
export interface WallarooSandbox {
  /** Base URL without a slash at its end, of the API and of Keycloak alike. */
  readonly url: string;
  /** The platform administrator whom the bot works with. */
  readonly account: { readonly username: string; readonly password: string };
  /** Its methods act as somebody would outside Slack. */
  readonly state: WallarooState;
  /** Read at every call; {@link setSwitches} also tells the listeners. */
  readonly switches: Switches;
  readonly faults: Faults;
  /** In the order in which they came; `reset` forgets them. */
  readonly requests: readonly RecordedRequest[];
  setSwitches(change: Partial<Switches>): void;
  /** Seats taken and allowed; `limit` null: no limit. */
  seats(): { readonly taken: number; readonly limit: number | null };
  /** Ends the sessions of one user (by id) or of all: refreshes and Keycloak refuse their tokens. */
  revokeSessions(userId?: string): void;
  /** Makes all tokens issued before this second stale. */
  pushNotBefore(): void;
  /** Returns what ends the listening. */
  on<Kind extends keyof SandboxEvents>(kind: Kind, listener: Listener<SandboxEvents[Kind]>): () => void;
  /** Seed, switches and faults as at the start; sessions and requests forgotten. */
  reset(): void;
  /** Cuts what is still open. */
  stop(): Promise<void>;
}

function seedOf({ seed = 'community', now = () => new Date() }: WallarooOptions): WallarooSeed {
  if (seed === 'community') return communitySeed({ now: now() });
  return seed === 'enterprise' ? enterpriseSeed({ now: now() }) : seed;
}

const started = (options: WallarooOptions): Switches => ({ ...defaultSwitches(), ...options.switches });

/** Starts a Wallaroo instance on the loopback interface. Rejects if the port is taken. */
export async function startWallaroo(options: WallarooOptions = {}): Promise<WallarooSandbox> {
  const { port = 0, now = () => new Date() } = options;
  const seed = seedOf(options);
  const state = new WallarooState(seed, now);
  const sessions = new Sessions();
  const switches = started(options);
  const platform: Platform = { url: '', state, sessions, switches, now, random: seededRandom(1) };
  const faults = new Faults();
  const traffic = new Traffic(now);
  const changes = new Listeners<SandboxChange>();
  state.changes.on((change) => changes.tell(change));
  faults.changes.on((endpoint) => changes.tell({ kind: 'fault', endpoint }));
  const listening: { [Kind in keyof SandboxEvents]: Listeners<SandboxEvents[Kind]> } = {
    change: changes,
    request: traffic.arrived,
    response: traffic.answered,
  };

  const server = createAdaptorServer({ fetch: createApp(platform, faults, traffic).fetch }) as Server;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  platform.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: platform.url,
    account: seed.account,
    state,
    switches,
    faults,
    requests: traffic.requests,
    setSwitches(change) {
      Object.assign(switches, change);
      void changes.tell({ kind: 'switch' });
    },
    seats: () => seatsOf(platform),
    revokeSessions: (userId) => sessions.revoke(userId),
    pushNotBefore() {
      sessions.notBefore = Math.floor(now().getTime() / 1000);
    },
    on: (kind, listener) => listening[kind].on(listener),
    reset() {
      Object.assign(switches, started(options));
      faults.clear();
      sessions.reset();
      traffic.requests.length = 0;
      state.reset();
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
