import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { WallarooState } from './state.ts';
import type { EndpointName } from './supported.ts';
import type { Switches } from './switches.ts';
import type { Sessions } from './tokens/sessions.ts';

/** What every endpoint works on. */
export interface Platform {
  /** Base URL, known once the server listens. */
  url: string;
  readonly state: WallarooState;
  readonly sessions: Sessions;
  readonly switches: Switches;
  readonly now: () => Date;
  readonly random: () => number;
}

export interface Env {
  Bindings: HttpBindings;
}

export type Call = Context<Env>;
type Handler = (call: Call, platform: Platform) => Response | Promise<Response>;

/** The handlers of one area, each for the endpoint of its name. */
export type Handlers<Name extends EndpointName> = { readonly [name in Name]: Handler };

export const nowSeconds = (platform: Platform): number => Math.floor(platform.now().getTime() / 1000);
