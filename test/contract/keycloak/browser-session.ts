/** A person's browser as far as signing in to Keycloak needs one: it keeps cookies and fills in one form. */
export class BrowserSession {
  readonly #authUrl: URL;
  readonly #cookies = new Map<string, string>();

  /** `clientId` is a public client of the realm with the standard flow and `redirectUri`. */
  constructor(keycloakUrl: string, clientId: string, redirectUri: string) {
    this.#authUrl = new URL(`${keycloakUrl}/auth/realms/master/protocol/openid-connect/auth`);
    const query = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid' };
    for (const [name, value] of Object.entries(query)) this.#authUrl.searchParams.set(name, value);
  }

  /** Fills in the login form. Rejects unless Keycloak sends the browser back with a code. */
  async signIn(username: string, password: string): Promise<void> {
    const page = await (await this.#ask(this.#authUrl)).text();
    const [, action] = /<form[^>]*\saction="([^"]+)"/.exec(page) ?? [];
    if (action === undefined) throw new Error(`no login form in: ${page.slice(0, 300)}`);
    const body = new URLSearchParams({ username, password, credentialId: '' });
    const answer = await this.#ask(new URL(action.replaceAll('&amp;', '&')), { method: 'POST', body });
    const back = answer.headers.get('location') ?? '';
    if (!/[?&]code=/.test(back)) throw new Error(`not signed in: ${answer.status} ${back}`);
  }

  /** Whether Keycloak lets the browser in again without asking anything. */
  async isSignedIn(): Promise<boolean> {
    const url = new URL(this.#authUrl);
    url.searchParams.set('prompt', 'none');
    const back = (await this.#ask(url)).headers.get('location') ?? '';
    if (/[?&]error=login_required/.test(back)) return false;
    if (/[?&]code=/.test(back)) return true;
    throw new Error(`neither let in nor turned away: ${back}`);
  }

  async #ask(url: URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0(;|$)/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}
