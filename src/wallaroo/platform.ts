import type { Graphql } from './graphql.ts';
import type { KeycloakAdmin } from './keycloak-admin.ts';
import type { KnownUsers } from './known-users.ts';
import type { ListMemory } from './list-memory.ts';
import type { Mlops } from './mlops.ts';
import { repeatable } from './retry.ts';
import type { Session } from './session.ts';
import type { Wire } from './wire.ts';

/** How users are looked up and switched: by id through Keycloak, or by email through the platform's own API. */
export type UsersVia = 'keycloak' | 'api';

/** The parts of one instance, signed in to. */
export interface Platform {
  readonly wire: Wire;
  readonly session: Session;
  readonly usersVia: UsersVia;
  readonly keycloak: KeycloakAdmin;
  readonly mlops: Mlops;
  readonly graphql: Graphql;
  readonly known: KnownUsers;
  readonly memory: ListMemory;
}

/** Asks for something that changes nothing, so it is repeated where that may help. */
export function read<T>({ wire, session }: Platform, ask: (token: string) => Promise<T>): Promise<T> {
  return session.authorized((token) => repeatable(wire, () => ask(token)));
}
