import { type Answer, askToken, Caller } from '../../sandbox/wallaroo/support.ts';
import { castPassword } from './cast.ts';

type Form = Record<string, string>;

/** The secret of `api-client` in Keycloak and in the sandbox alike. */
export const apiClientSecret = 'sandbox-api-client-secret';

/** A server with the cast in it, real or not. */
export class Scene {
  readonly #url: string;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #callers = new Map<string, { readonly caller: Caller; readonly sinceMs: number }>();

  /** `ids`: of the cast by username. */
  constructor(url: string, ids: ReadonlyMap<string, string>) {
    this.#url = url;
    this.#ids = ids;
  }

  id(username: string): string {
    const id = this.#ids.get(username);
    if (id === undefined) throw new Error(`${username} is not in the cast`);
    return id;
  }

  /** Asks for a token as `sdk-client` unless the form or `basic` says otherwise. */
  token(form: Form, basic?: string): Promise<Answer> {
    return askToken({ url: this.#url }, form, basic);
  }

  signIn(name: string, password = castPassword): Promise<Answer> {
    return this.token({ grant_type: 'password', username: `${name}@cast.co`, password });
  }

  /** Calls as this member of the cast, signed in again when the last token may soon end. */
  async as(name: 'manager' | 'viewer' | 'asker' | 'nobody'): Promise<Caller> {
    const known = this.#callers.get(name);
    if (known !== undefined && performance.now() - known.sinceMs < 30_000) return known.caller;
    const { body } = await this.signIn(name);
    const caller = new Caller(this.#url, body.access_token);
    this.#callers.set(name, { caller, sinceMs: performance.now() });
    return caller;
  }

  withToken(token?: string): Caller {
    return new Caller(this.#url, token);
  }
}
