import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js';
import type { z } from 'zod';
import { once } from '../once.ts';
import { saysNoUser } from './error-words.ts';
import { type Call, WallarooRefused, WallarooUnreadable } from './errors.ts';
import type { BoundKeycloak, UserListQuery } from './keycloak-client.ts';
import {
  type ClientOnWire,
  clientsSchema,
  type RealmOnWire,
  realmSchema,
  sessionsSchema,
} from './realm-schemas.ts';
import { countSchema, rolesSchema } from './schemas.ts';
import { statusError } from './status-error.ts';
import { observe, refusePage, understood, type Wire } from './wire.ts';

/** Loaded with the first question: it is large, and nobody waits for it to connect. */
const keycloakClient = once(() => import('./keycloak-client.ts'));

const REALM = '/auth/admin/realms/master';
const USERS = `${REALM}/users`;

export const createUserCall: Call = { method: 'POST', path: USERS };

export const keycloakUserPath = (id: string): string => `${USERS}/${encodeURIComponent(id)}`;

/** The users of Keycloak's admin REST (contract §4). Each method is one request, repeated by nobody here. */
export class KeycloakAdmin {
  readonly #wire: Wire;
  readonly #authBase: string;
  #bound: { readonly token: string; readonly keycloak: BoundKeycloak } | undefined;

  /** `authBase` has no trailing slash. */
  constructor(wire: Wire, authBase: string) {
    this.#wire = wire;
    this.#authBase = authBase;
  }

  /** The complete representation, or null when there is none (contract §4.4). */
  async get<S extends z.ZodType>(token: string, id: string, schema: S): Promise<z.output<S> | null> {
    const call = { method: 'GET', path: keycloakUserPath(id) };
    try {
      return await this.#read(call, token, schema, ({ users }) =>
        users.findOne({ id }, { catchNotFound: false }),
      );
    } catch (error) {
      if (error instanceof WallarooRefused && error.code === 'not_found') return null;
      throw error;
    }
  }

  /** Puts exactly this representation (contract §4.5). */
  put(token: string, id: string, representation: UserRepresentation): Promise<void> {
    const call = { method: 'PUT', path: keycloakUserPath(id) };
    return this.#write(call, token, 204, ({ users }) => users.update({ id }, representation));
  }

  /** Makes a user (contract §4.6). */
  create(token: string, representation: UserRepresentation): Promise<void> {
    return this.#write(createUserCall, token, 201, ({ paths }) => paths.createUser(representation));
  }

  /** Ends the user's sessions and makes their refresh tokens stale (contract §13). */
  logout(token: string, id: string): Promise<void> {
    const call = { method: 'POST', path: `${keycloakUserPath(id)}/logout` };
    return this.#write(call, token, 204, ({ users }) => users.logout({ id }));
  }

  /** Mails the user a link to these required actions (contract §13). */
  mailActions(token: string, id: string, actions: string[]): Promise<void> {
    const call = { method: 'PUT', path: `${keycloakUserPath(id)}/execute-actions-email` };
    return this.#write(call, token, 204, ({ users }) => users.executeActionsEmail({ id, actions }));
  }

  /** Ids of the user's sessions, but not of those that outlive a sign-out (`offline_access`). */
  async sessionIds(token: string, id: string): Promise<readonly string[]> {
    const call = { method: 'GET', path: `${keycloakUserPath(id)}/sessions` };
    const sessions = await this.#read(call, token, sessionsSchema, ({ users }) => users.listSessions({ id }));
    return sessions.map((session) => session.id);
  }

  /** The realm's settings: all for who may view it, little more than its name for others. */
  realm(token: string): Promise<RealmOnWire> {
    const call = { method: 'GET', path: REALM };
    return this.#read(call, token, realmSchema, ({ realms }) =>
      realms.findOne({ realm: 'master' }, { catchNotFound: false }),
    );
  }

  /** The realm's OpenID clients; without their settings for who may only query them. */
  clients(token: string): Promise<readonly ClientOnWire[]> {
    const call = { method: 'GET', path: `${REALM}/clients` };
    return this.#read(call, token, clientsSchema, ({ paths }) => paths.findClients());
  }

  /** Users with exactly this email or username if the server knows `exact`, or that contain it if not (contract §4.2); or a page. */
  find<S extends z.ZodType>(token: string, query: UserListQuery, schema: S): Promise<z.output<S>> {
    return this.#read({ method: 'GET', path: USERS }, token, schema, ({ paths }) => paths.findUsers(query));
  }

  /** Names of the user's realm roles: those given to them, or `all` that these and their groups bring (contract §13). */
  async realmRoles(token: string, id: string, which: 'direct' | 'all'): Promise<readonly string[]> {
    const path = `${keycloakUserPath(id)}/role-mappings/realm${which === 'all' ? '/composite' : ''}`;
    const roles = await this.#read({ method: 'GET', path }, token, rolesSchema, ({ users }) =>
      which === 'all' ? users.listCompositeRealmRoleMappings({ id }) : users.listRealmRoleMappings({ id }),
    );
    return roles.map(({ name }) => name);
  }

  /** Contract §4.3. */
  count(token: string): Promise<number> {
    const call = { method: 'GET', path: `${USERS}/count` };
    return this.#read(call, token, countSchema, ({ users }) => users.count());
  }

  #write(
    call: Call,
    token: string,
    done: number,
    ask: (keycloak: BoundKeycloak) => Promise<unknown>,
  ): Promise<void> {
    return observe(this.#wire, call, async (sawStatus) => {
      const reply = await this.#ask(call, token, sawStatus, ask);
      sawStatus(done);
      // Keycloak says nothing more of what it has done: a body is of something else, as of a page in its place.
      if (typeof reply === 'string') refusePage(call, reply);
      if (reply !== '' && reply !== undefined)
        throw new WallarooUnreadable(call, 'unexpected_reply', { detail: 'a body where none belongs' });
    });
  }

  #read<S extends z.ZodType>(
    call: Call,
    token: string,
    schema: S,
    ask: (keycloak: BoundKeycloak) => Promise<unknown>,
  ): Promise<z.output<S>> {
    return observe(this.#wire, call, async (sawStatus) => {
      const reply = await this.#ask(call, token, sawStatus, ask);
      sawStatus(200);
      // The package hands out as text what it cannot parse.
      if (typeof reply === 'string') {
        refusePage(call, reply);
        throw new WallarooUnreadable(call, 'malformed');
      }
      return understood(call, schema, reply);
    });
  }

  async #ask(
    call: Call,
    token: string,
    sawStatus: (status: number) => void,
    ask: (keycloak: BoundKeycloak) => Promise<unknown>,
  ): Promise<unknown> {
    const { bindKeycloak, isNetworkError } = await keycloakClient();
    // Building a client costs as much as a call, so it lives as long as its token.
    if (this.#bound?.token !== token)
      this.#bound = { token, keycloak: bindKeycloak(this.#authBase, token, this.#wire.timeoutMs) };
    try {
      return await ask(this.#bound.keycloak);
    } catch (error) {
      if (!isNetworkError(error)) throw error;
      const { status, headers } = error.response;
      sawStatus(status);
      const reply = { status, headers, body: error.responseData };
      if (status !== 404 || !isMissingUser(call, reply.body)) throw statusError(call, reply);
      throw new WallarooRefused(call, 'not_found', { cause: statusError(call, reply) });
    }
  }
}

/** A 404 that means the user: not the realm's, not a path's that Keycloak does not serve, not a proxy's page. */
const isMissingUser = (call: Call, body: unknown): boolean =>
  call.path.startsWith(`${USERS}/`) && saysNoUser(body);
