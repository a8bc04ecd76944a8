import { useEffect, useState } from 'react';
import { ask, coalesced, onEvents, tell } from './control.ts';
import type { WallarooState } from './model.ts';

/** The sandbox's Wallaroo: what is in it, and what happens to it outside Slack. */
export interface Wallaroo {
  readonly state: WallarooState;
  /** As another administrator does it in the platform's own dashboard. */
  readonly setEnabled: (userId: string, enabled: boolean) => Promise<void>;
  readonly setFault: (fault: string, on: boolean) => Promise<void>;
}

interface WireState {
  readonly edition: string;
  readonly seats?: number;
  readonly users: readonly {
    readonly id: string;
    readonly name: string;
    readonly enabled: boolean;
    readonly isAdmin: boolean;
    readonly lastLogin?: number;
  }[];
}

const stateOf = ({ edition, seats, users }: WireState): WallarooState => ({
  edition,
  seats,
  users: users.map((user) => ({
    ...user,
    lastLogin: user.lastLogin === undefined ? undefined : new Date(user.lastLogin),
  })),
});

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
    setEnabled: (userId, enabled) => tell('/wallaroo/control/act-outside', { userId, enabled }),
    setFault: (fault, on) => tell('/wallaroo/control/faults', { fault, on }),
  };
}
