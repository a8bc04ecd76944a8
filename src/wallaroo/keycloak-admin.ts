import KeycloakAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client';
import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js';
import type { z } from 'zod';
import { type Call, WallarooRefused } from './errors.ts';
import { countSchema } from './schemas.ts';
import { statusError, wordsOf } from './status-error.ts';
import { observe, understood, type Wire } from './wire.ts';

const USERS = '/auth/admin/realms/master/users';

/**
 * The users of Keycloak's admin REST (contract §4) through Keycloak's own client. One request a call,
 * unchecked beyond `schema`, repeated by nobody here.
 */
export class KeycloakAdmin {
  readonly #wire: Wire;
  readonly #authBase: string;
  #client: { readonly token: string; readonly admin: KeycloakAdminClient } | undefined;

  /** `authBase` has no trailing slash. */
  constructor(wire: Wire, authBase: string) {
    this.#wire = wire;
    this.#authBase = authBase;
  }

  /** The complete representation, or null when there is none (contract §4.4). */
  async get<S extends z.ZodType>(token: string, id: string, schema: S): Promise<z.output<S> | null> {
    const call = { method: 'GET', path: pathOf(id) };
    try {
      return await this.#ask(call, token, schema, ({ users }) =>
        users.findOne({ id }, { catchNotFound: false }),
      );
    } catch (error) {
      if (error instanceof WallarooRefused && error.code === 'not_found') return null;
      throw error;
    }
  }

  /** Puts exactly this representation (contract §4.5). */
  async put(token: string, id: string, representation: UserRepresentation): Promise<void> {
    const call = { method: 'PUT', path: pathOf(id) };
    await this.#request(call, token, ({ users }) => users.update({ id }, representation));
  }

  /** Users whose email is `email` if the server knows `exact`, or contains it if not (contract §4.2). */
  find<S extends z.ZodType>(
    token: string,
    query: { email: string; exact: true } | { first: number; max: number },
    schema: S,
  ): Promise<z.output<S>> {
    return this.#ask({ method: 'GET', path: USERS }, token, schema, ({ users }) => users.find(query));
  }

  /** Contract §4.3. */
  count(token: string): Promise<number> {
    const call = { method: 'GET', path: `${USERS}/count` };
    return this.#ask(call, token, countSchema, ({ users }) => users.count());
  }

  async #ask<S extends z.ZodType>(
    call: Call,
    token: string,
    schema: S,
    ask: (admin: KeycloakAdminClient) => Promise<unknown>,
  ): Promise<z.output<S>> {
    return understood(call, schema, await this.#request(call, token, ask));
  }

  #request(
    call: Call,
    token: string,
    ask: (admin: KeycloakAdminClient) => Promise<unknown>,
  ): Promise<unknown> {
    return observe(this.#wire, call, async (sawStatus) => {
      try {
        const reply = await ask(this.#clientFor(token));
        sawStatus(call.method === 'PUT' ? 204 : 200);
        return reply;
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        const { status, headers } = error.response;
        sawStatus(status);
        const reply = { status, headers, body: error.responseData };
        if (status === 404 && call.path !== USERS && isMissingUser(reply.body))
          throw new WallarooRefused(call, 'not_found', { cause: statusError(call, reply) });
        throw statusError(call, reply);
      }
    });
  }

  /** Building a client costs more than a call, so it lives as long as its token. */
  #clientFor(token: string): KeycloakAdminClient {
    if (this.#client?.token !== token) {
      const admin = new KeycloakAdminClient({
        baseUrl: `${this.#authBase}/auth`,
        realmName: 'master',
        timeout: this.#wire.timeoutMs,
        requestOptions: { redirect: 'manual' },
      });
      // Without a provider of its own the client would judge the token's end by this machine's clock.
      admin.registerTokenProvider({ getAccessToken: async () => token });
      this.#client = { token, admin };
    }
    return this.#client.admin;
  }
}

/** A 404 that means the user: not the realm's, not a path's that Keycloak does not serve, not a proxy's page. */
function isMissingUser(body: unknown): boolean {
  const words = wordsOf(body);
  return words !== undefined && !/realm|resource method/i.test(words);
}

const pathOf = (id: string): string => `${USERS}/${encodeURIComponent(id)}`;
