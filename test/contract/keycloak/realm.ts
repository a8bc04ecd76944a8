import { vi } from 'vitest';
import { type Answer, askToken, Caller } from '../../sandbox/wallaroo/support.ts';
import { type KeycloakServer, root } from './keycloak-server.ts';

/** A client of the realm that signs people in by password; lifetimes in seconds. */
export interface ClientSetting {
  readonly clientId: string;
  /** Of a confidential client; without one it is public. */
  readonly secret?: string;
  readonly accessSeconds?: number;
  readonly refreshSeconds?: number;
}

/** The master realm as its administrator sees it, set up beside the bot and never through its client. */
export class Realm {
  readonly url: string;
  #admin: Caller;
  #client: { readonly id: string; readonly roles: ReadonlyMap<string, object> } | undefined;

  private constructor(url: string, admin: Caller) {
    this.url = url;
    this.#admin = admin;
  }

  static async of(server: KeycloakServer): Promise<Realm> {
    const realm = new Realm(server.url, await signedIn(server.url));
    // Else the administrator would have to sign in every minute.
    await realm.change({ accessTokenLifespan: 3600 });
    await realm.signIn();
    return realm;
  }

  /** As after a restart. */
  async signIn(): Promise<void> {
    this.#admin = await signedIn(this.url);
  }

  /** A call of the admin REST; rejects unless it went well. `path` is below the realm. */
  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.#admin.call(method, `/auth/admin/realms/master${path}`, body);
    if (answer.status >= 200 && answer.status <= 299) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Changes settings of the realm itself. */
  async change(settings: object): Promise<void> {
    await this.ask('PUT', '', settings);
  }

  async addClient({ clientId, secret, accessSeconds, refreshSeconds }: ClientSetting): Promise<void> {
    await this.ask('POST', '/clients', {
      clientId,
      publicClient: secret === undefined,
      ...(secret === undefined ? {} : { secret }),
      directAccessGrantsEnabled: true,
      attributes: {
        ...(accessSeconds === undefined ? {} : { 'access.token.lifespan': `${accessSeconds}` }),
        ...(refreshSeconds === undefined ? {} : { 'client.session.idle.timeout': `${refreshSeconds}` }),
      },
    });
  }

  /** Adds a user, with a password if given, and with these roles of the client `master-realm`. Returns the id. */
  async addUser(
    user: { readonly username: string } & Record<string, unknown>,
    { password, roles = [] }: { readonly password?: string; readonly roles?: readonly string[] } = {},
  ): Promise<string> {
    const credentials =
      password === undefined ? {} : { credentials: [{ type: 'password', value: password }] };
    const { headers } = await this.ask('POST', '/users', { enabled: true, ...credentials, ...user });
    const id = headers.get('location')?.split('/').at(-1) ?? '';
    await this.giveRoles(id, roles);
    return id;
  }

  /** Adds many users without passwords at once. */
  async addUsers(users: readonly object[]): Promise<void> {
    await this.ask('POST', '/partialImport', { ifResourceExists: 'FAIL', users });
  }

  /** Gives roles of the client `master-realm`, which rule the administration of users. */
  async giveRoles(userId: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const { id, roles } = await this.#managementClient();
    const body = names.map((name) => roles.get(name));
    await this.ask('POST', `/users/${userId}/role-mappings/clients/${id}`, body);
  }

  /** Gives a role of the realm itself, which is made if it is not there. */
  async giveRealmRole(userId: string, name: string): Promise<void> {
    const { body: roles } = await this.ask('GET', '/roles');
    if (!roles.some((role: { name: string }) => role.name === name))
      await this.ask('POST', '/roles', { name });
    const { body: role } = await this.ask('GET', `/roles/${name}`);
    await this.ask('POST', `/users/${userId}/role-mappings/realm`, [role]);
  }

  async user(id: string): Promise<Record<string, unknown>> {
    return (await this.ask('GET', `/users/${id}`)).body;
  }

  /** Everything that Keycloak tells of a user. */
  async wholeUser(id: string): Promise<Record<string, unknown>> {
    const parts = ['', '/groups', '/role-mappings', '/credentials', '/federated-identity'];
    const answers = await Promise.all(parts.map((part) => this.ask('GET', `/users/${id}${part}`)));
    return Object.fromEntries(parts.map((part, index) => [part || 'user', answers[index]?.body]));
  }

  async #managementClient() {
    if (this.#client !== undefined) return this.#client;
    const { body: clients } = await this.ask('GET', '/clients?clientId=master-realm');
    const { body: roles } = await this.ask('GET', `/clients/${clients[0].id}/roles`);
    const byName = new Map<string, object>(roles.map((role: { name: string }) => [role.name, role]));
    this.#client = { id: clients[0].id, roles: byName };
    return this.#client;
  }
}

/** Waits a while for the administrator, whom 21 makes only after it has begun to listen. */
function signedIn(url: string): Promise<Caller> {
  return vi.waitFor(() => signInOnce(url), { timeout: 30_000, interval: 200 });
}

async function signInOnce(url: string): Promise<Caller> {
  const form = { grant_type: 'password', client_id: 'admin-cli', ...root };
  const { status, body } = await askToken({ url }, form);
  if (status !== 200) throw new Error(`the administrator could not sign in: ${JSON.stringify(body)}`);
  return new Caller(url, body.access_token);
}
