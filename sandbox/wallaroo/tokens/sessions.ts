import { randomUUID } from 'node:crypto';

/** A login (contract §3.2: its id stays through refreshes). */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly offline: boolean;
}

/** Who is logged in, and which tokens are stale. */
export class Sessions {
  /** Seconds since 1970 UTC: tokens issued before are stale, as after Keycloak's not-before push. */
  notBefore = 0;
  readonly #sessions = new Map<string, Session>();
  readonly #usedRefreshTokens = new Set<string>();

  open(userId: string, offline: boolean): Session {
    const session = { id: randomUUID(), userId, offline };
    this.#sessions.set(session.id, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** A user's sessions, but those that outlive a sign-out. */
  of(userId: string): Session[] {
    return [...this.#sessions.values()].filter((one) => one.userId === userId && !one.offline);
  }

  /** Ends one user's sessions, or all. */
  revoke(userId?: string): void {
    for (const session of this.#sessions.values())
      if (userId === undefined || session.userId === userId) this.#sessions.delete(session.id);
  }

  /** Whether this is the token's first use. */
  use(refreshTokenId: string): boolean {
    const first = !this.#usedRefreshTokens.has(refreshTokenId);
    this.#usedRefreshTokens.add(refreshTokenId);
    return first;
  }

  reset(): void {
    this.notBefore = 0;
    this.#sessions.clear();
    this.#usedRefreshTokens.clear();
  }
}
