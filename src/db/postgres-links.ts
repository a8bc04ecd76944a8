import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { errorOf, thrownWords } from '../thrown.ts';

/** How long links to PostgreSQL may take and live. */
export interface LinkLimits {
  /** To connect, or to wait for a link of the pool, ms. */
  readonly connectMs: number;
  /** For one statement, ms: what takes longer hangs. */
  readonly queryMs: number;
  /** Without work, ms: then the link is closed. */
  readonly idleMs: number;
  /** From its beginning, seconds: then the link is closed, once it is not in use. */
  readonly ageSeconds: number;
}

export const LINK_LIMITS: LinkLimits = { connectMs: 5000, queryMs: 10_000, idleMs: 30_000, ageSeconds: 600 };

const LINKS = 10;
const KEEP_ALIVE_AFTER_MS = 10_000;
const INT8_OID = 20;
/** So that a server that is slow, not dead, gives up the statement before we give up the link. */
const SERVER_GIVES_UP = 0.8;

/** SQLSTATE: connection exceptions; ended by the server; ended as it was idle; a standby, after a failover. */
const LINK_CODES = /^(08...|57P0[1-35]|25P03|25006|E(CONN|HOST|NET)[A-Z]+|EPIPE|ETIMEDOUT)$/;
/** How the driver says the same, without a code. */
const SILENT = /^Query read timeout$/;
const LINK_WORDS = /^Connection terminated|is not queryable|has been discarded/;

/** Whether an error says that nothing will come of this link any more. */
export function isLinkFault(error: unknown): error is Error {
  if (errorOf(error) !== error) return false;
  const { message, code } = thrownWords(error);
  return LINK_CODES.test(code) || SILENT.test(message) || LINK_WORDS.test(message);
}

/**
 * A pool of links that may go dead without a word, as when a firewall forgets them or a host is gone. A link whose
 * error says that it is of no use is dropped. When one went silent, all that were opened before are dropped as well:
 * most likely they share its fate, and each would cost another `queryMs` to find out.
 */
export async function openLinks(
  url: string,
  limits: LinkLimits,
  onError: (error: Error) => void,
): Promise<PostgresPool> {
  const { default: pg } = await import('pg');
  const types = new pg.TypeOverrides();
  // Moments and sequence numbers stay far below 2^53.
  types.setTypeParser(INT8_OID, Number);
  const serverMs = Math.round(limits.queryMs * SERVER_GIVES_UP);
  const pool = new pg.Pool({
    connectionString: url,
    max: LINKS,
    connectionTimeoutMillis: limits.connectMs,
    query_timeout: limits.queryMs,
    idleTimeoutMillis: limits.idleMs,
    maxLifetimeSeconds: limits.ageSeconds,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types,
    // As statements: a pooler between us and the server may refuse them as parameters of the start.
    onConnect: async (client) => {
      await client.query(
        `set statement_timeout = ${serverMs}; set idle_in_transaction_session_timeout = ${limits.queryMs}`,
      );
    },
  });
  // A link that breaks is replaced by the pool, idle or in use; without a listener for each it would end the
  // process. The pool's own listener reports idle ones a second time.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined);
  return new Links(pool, onError);
}

class Links implements PostgresPool {
  readonly #pool: Pool;
  readonly #links = new Map<PoolClient, Link>();

  readonly #onError: (error: Error) => void;

  constructor(pool: Pool, onError: (error: Error) => void) {
    this.#pool = pool;
    this.#onError = onError;
    pool.on('remove', (client) => this.#links.delete(client as PoolClient));
  }

  async connect(): Promise<PostgresPoolClient> {
    while (true) {
      const client = await this.#pool.connect();
      const link = this.#linkOf(client);
      if (!link.isDoubtful) return link;
      link.release();
    }
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #linkOf(client: PoolClient): Link {
    const known = this.#links.get(client);
    if (known !== undefined) return known;
    const link = new Link(client, (fault) => {
      this.#onError(fault);
      if (!SILENT.test(fault.message)) return;
      for (const other of this.#links.values()) other.isDoubtful = true;
    });
    this.#links.set(client, link);
    return link;
  }
}

class Link implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #onFault: (fault: Error) => void;
  #fault: unknown;
  /** It is dropped once it is not in use. */
  isDoubtful = false;

  constructor(client: PoolClient, onFault: (fault: Error) => void) {
    this.#client = client;
    this.#onFault = onFault;
  }

  /** Rejects at once where the link has shown to be of no use: the end of a transaction does not wait for it again. */
  readonly query = (async (text: string, values: readonly unknown[]) => {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return await this.#client.query(text, [...values]);
    } catch (error) {
      if (isLinkFault(error)) {
        this.#fault = error;
        this.isDoubtful = true;
        this.#onFault(error);
      }
      throw error;
    }
    // Cursors, which the type promises, are for streams, of which we make none.
  }) as unknown as PostgresPoolClient['query'];

  release(discard = false): void {
    this.#client.release(discard || this.isDoubtful);
  }
}
