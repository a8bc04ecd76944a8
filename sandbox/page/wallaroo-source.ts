import { useEffect, useState } from 'react';
import { ask, coalesced, onEvents, tell } from './control.ts';
import type { WallarooState } from './model.ts';

/** The sandbox's Wallaroo: what is in it, and what happens to it outside Slack. */
export interface Wallaroo {
  readonly state: WallarooState;
  /** As another administrator does it in the platform's own dashboard. */
  readonly setEnabled: (userId: string, enabled: boolean) => Promise<void>;
  /** At every endpoint at once: `slow`, `down` or `hang`. */
  readonly setFault: (fault: string, on: boolean) => Promise<void>;
}

interface WireState {
  readonly edition: string;
  readonly seats: { readonly limit: number | null };
  readonly users: readonly {
    readonly id: string;
    readonly username: string;
    readonly email: string | null;
    readonly enabled: boolean;
    readonly admin: boolean;
    readonly lastLogin: number | null;
  }[];
}

const stateOf = ({ edition, seats, users }: WireState): WallarooState => ({
  edition,
  seats: seats.limit ?? undefined,
  users: users.map(({ id, username, email, enabled, admin, lastLogin }) => ({
    id,
    name: email ?? username,
    enabled,
    isAdmin: admin,
    lastLogin: lastLogin === null ? undefined : new Date(lastLogin),
  })),
});

/** The control API's faults by the names of the page's switches. */
const faults: Readonly<Record<string, object>> = {
  slow: { delayMs: 2000 },
  down: { status: 503 },
  hang: { hang: true },
};

/** Kept up to date; `undefined` until it answers. */
export function useWallaroo(): Wallaroo | undefined {
  const [state, setState] = useState<WallarooState>();
  useEffect(() => {
    const read = async () => setState(stateOf(await ask<WireState>('/wallaroo/control/state')));
    return onEvents('/wallaroo/control/events', coalesced(read));
  }, []);
  if (state === undefined) return undefined;
  return {
    state,
    setEnabled: (userId, enabled) => tell('/wallaroo/control/outside', { userId, enabled }),
    setFault: (fault, on) =>
      tell('/wallaroo/control/fault', { endpoint: '*', fault: on ? faults[fault] : null }),
  };
}
