import {
  allowInsecureRequests,
  type ClientAuth,
  ClientError,
  Configuration,
  customFetch,
  genericGrantRequest,
  None,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';
import { WallarooError, WallarooUnreadable } from './errors.ts';
import { repeatable } from './retry.ts';
import { tokenCall } from './sign-in-pause.ts';
import { type Grant, tokenRefusal } from './token-refusal.ts';
import { observe, post, refusePage, type Wire } from './wire.ts';

const call = tokenCall;

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  /** Of a confidential client; a public one has none. */
  readonly clientSecret: string | undefined;
}

/** What a grant brought (contract §3.1), lifetimes in seconds. */
export interface Granted {
  readonly access: string;
  /** `undefined`: not told, so good until it is refused. */
  readonly accessSeconds: number | undefined;
  readonly refresh: string | undefined;
  /** `undefined`: no fixed end, which the wire writes as 0. */
  readonly refreshSeconds: number | undefined;
}

/**
 * Basic authentication, form-encoded no further than needed: `openid-client`'s own also encodes the dash of
 * `api-client`, which Keycloaks that do not decode (contract §3.1) then take for an unknown client.
 */
const basic =
  (secret: string): ClientAuth =>
  (_server, client, _body, headers) => {
    const pair = `${encodeURIComponent(client.client_id)}:${encodeURIComponent(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };

/** The realm's token endpoint (contract §3), addressed directly: nothing else of OpenID is asked for. */
export class TokenGrants {
  readonly #wire: Wire;
  readonly #authBase: string;
  readonly #credentials: Credentials;

  /** `authBase` has no trailing slash. */
  constructor(wire: Wire, authBase: string, credentials: Credentials) {
    this.#wire = wire;
    this.#authBase = authBase;
    this.#credentials = credentials;
  }

  /** Signs in with the password. */
  login(): Promise<Granted> {
    const { username, password } = this.#credentials;
    return this.#grant('password', (configuration) =>
      genericGrantRequest(configuration, 'password', { username, password }),
    );
  }

  /** Rejects with `WallarooRefused` when the refresh token is good for nothing any more. */
  refresh(token: string): Promise<Granted> {
    return this.#grant('refresh_token', (configuration) => refreshTokenGrant(configuration, token));
  }

  #grant(
    grant: Grant,
    ask: (configuration: Configuration) => Promise<TokenEndpointResponse>,
  ): Promise<Granted> {
    return repeatable(this.#wire, () =>
      observe(this.#wire, call, async (sawStatus) => {
        const answer = await ask(this.#configuration(grant, sawStatus)).catch(unwrapped);
        const refreshSeconds = Number(answer.refresh_expires_in ?? 0);
        return {
          access: answer.access_token,
          accessSeconds: answer.expires_in,
          refresh: answer.refresh_token,
          refreshSeconds: refreshSeconds > 0 ? refreshSeconds : undefined,
        };
      }),
    );
  }

  /** Made for each request, as that is the only way to its reply. */
  #configuration(grant: Grant, sawStatus: (status: number) => void): Configuration {
    const { clientId, clientSecret } = this.#credentials;
    const configuration = new Configuration(
      { issuer: `${this.#authBase}/auth/realms/master`, token_endpoint: `${this.#authBase}${call.path}` },
      clientId,
      undefined,
      clientSecret === undefined ? None() : basic(clientSecret),
    );
    if (this.#authBase.startsWith('http:')) allowInsecureRequests(configuration);
    configuration[customFetch] = async (url, { headers, body }) => {
      const reply = await post(this.#wire, { url, headers, body: String(body) });
      sawStatus(reply.status);
      const refusal = tokenRefusal(call, grant, reply);
      if (refusal !== undefined) throw refusal;
      refusePage(call, reply.text);
      return new Response(reply.text, { status: 200, headers: reply.headers });
    };
    return configuration;
  }
}

/** `openid-client` wraps what its `fetch` throws; its own complaints may quote the body, so they are dropped. */
function unwrapped(error: unknown): never {
  if (!(error instanceof ClientError)) throw error;
  const { cause } = error;
  if (cause instanceof WallarooError || (cause instanceof Error && cause.name === 'TimeoutError'))
    throw cause;
  throw new WallarooUnreadable(call, 'malformed', { detail: error.message });
}
