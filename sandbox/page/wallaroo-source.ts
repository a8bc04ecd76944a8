import { useEffect, useState } from 'react';
import { ask, tell } from './control.ts';
import { follow } from './follow.ts';
import type { WallarooFault, WallarooState, WallarooWorkspace } from './model.ts';

/** The sandbox's Wallaroo: what is in it, and what happens to it outside Slack. */
export interface Wallaroo {
  readonly state: WallarooState;
  /** As another administrator does it in the platform's own dashboard. */
  readonly setEnabled: (userId: string, enabled: boolean) => Promise<void>;
  /** At every endpoint at once; none: all is well again. */
  readonly setFault: (fault: WallarooFault | undefined) => Promise<void>;
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
  readonly workspaces: readonly {
    readonly id: number;
    readonly name: string;
    readonly archived: boolean;
    readonly members: readonly { readonly userId: string; readonly role: string | null }[];
  }[];
  readonly mails: readonly { readonly to: string }[];
  /** By endpoint. */
  readonly faults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const faults: Readonly<Record<WallarooFault, Readonly<Record<string, unknown>>>> = {
  slow: { delayMs: 2000 },
  down: { status: 503 },
  upgraded: { standIn: 'ingress-404' },
  hang: { hang: true },
};

/** The switch's name for what the endpoints meet; they all meet the same. */
function faultOf(wire: WireState['faults']): WallarooFault | undefined {
  const [met] = Object.values(wire);
  const names = ['slow', 'down', 'upgraded', 'hang'] as const;
  return met && names.find((name) => Object.keys(faults[name]).every((property) => property in met));
}

/** Those that several people may share, with who owns them as far as they are there. */
function workspacesIn({ workspaces, users }: WireState): readonly WallarooWorkspace[] {
  const named = new Map(
    users.map(({ id, username, email, enabled }) => [id, { name: email ?? username, enabled }]),
  );
  return workspaces
    .filter(({ name, archived }) => !archived && !name.endsWith(' - Default Workspace'))
    .map(({ id, name, members }) => {
      const owners = members
        .filter(({ role }) => role === 'OWNER')
        .map(({ userId }) => ({
          id: userId,
          ...(named.get(userId) ?? { name: 'removed user', enabled: false }),
        }));
      return { id, name, owners, memberCount: members.length };
    });
}

const stateOf = ({ edition, seats, users, ...wire }: WireState): WallarooState => ({
  edition,
  seats: seats.limit ?? undefined,
  users: users.map(({ id, username, email, enabled, admin, lastLogin }) => ({
    id,
    name: email ?? username,
    enabled,
    isAdmin: admin,
    lastLogin: lastLogin === null ? undefined : new Date(lastLogin),
  })),
  workspaces: workspacesIn({ edition, seats, users, ...wire }),
  mails: wire.mails.map(({ to }) => to).reverse(),
  fault: faultOf(wire.faults),
});

/** Kept up to date; `undefined` until it answers. */
export function useWallaroo(): Wallaroo | undefined {
  const [state, setState] = useState<WallarooState>();
  useEffect(() => {
    const read = () => ask<WireState>('/wallaroo/control/state');
    return follow('/wallaroo/control/events', read, (fresh) => setState(stateOf(fresh)));
  }, []);
  if (state === undefined) return undefined;
  return {
    state,
    setEnabled: (userId, enabled) => tell('/wallaroo/control/outside', { userId, enabled }),
    setFault: (fault) =>
      tell('/wallaroo/control/fault', { endpoint: '*', fault: fault === undefined ? null : faults[fault] }),
  };
}
