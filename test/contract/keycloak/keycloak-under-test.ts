import { afterAll, beforeAll, inject } from 'vitest';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { createWallarooClient, type WallarooClientOptions } from '../../../src/wallaroo/create-client.ts';
import type { RequestReport } from '../../../src/wallaroo/wire.ts';
import type { KeycloakName } from '../versions.ts';
import { KeycloakServer } from './keycloak-server.ts';
import { Realm } from './realm.ts';

/** The account that the bot signs in with in these tests. */
export const bot = { username: 'chatops@ex.co', password: 'contract-bot' } as const;

/** A Keycloak that runs, and the bot's account and clients in it. */
export interface Keycloak {
  readonly server: KeycloakServer;
  readonly realm: Realm;
  readonly botId: string;
  /** A client of the bot as this account; its signing-in and requests are its own. */
  connect(options?: Partial<WallarooClientOptions>): Connected;
}

export interface Connected {
  readonly client: WallarooClient;
  /** The requests that it made so far. */
  readonly requests: readonly RequestReport[];
  /** Statuses of its sign-ins and renewals so far. */
  grants(): (number | undefined)[];
}

/** Starts the Keycloak before the tests of this file and stops it after them, come what may. */
export function useKeycloak(name: KeycloakName): () => Keycloak {
  let keycloak: Keycloak | undefined;
  let server: KeycloakServer | undefined;

  beforeAll(async () => {
    const provided = inject(name);
    if ('missing' in provided) return;
    server = await KeycloakServer.start(provided.value);
    keycloak = await prepared(server);
  });
  afterAll(() => server?.stop());

  return () => {
    if (keycloak === undefined) throw new Error('Keycloak is not running');
    return keycloak;
  };
}

async function prepared(server: KeycloakServer): Promise<Keycloak> {
  const realm = await Realm.of(server);
  await realm.addClient({ clientId: 'sdk-client', accessSeconds: 60 });
  const { username, password } = bot;
  const account = { username, email: username, emailVerified: true, firstName: 'Chat', lastName: 'Ops' };
  const botId = await realm.addUser(account, { password, roles: ['manage-users', 'view-users'] });
  return { server, realm, botId, connect: (options) => connect(server.url, options) };
}

function connect(url: string, options: Partial<WallarooClientOptions> = {}): Connected {
  const requests: RequestReport[] = [];
  const client = createWallarooClient({
    apiUrl: url,
    authUrl: url,
    ...bot,
    clientId: 'sdk-client',
    usersVia: 'keycloak',
    // The machine may be busy, and nothing here is about being late.
    timeoutMs: 60_000,
    onRequest: (report) => requests.push(report),
    ...options,
  });
  const isGrant = ({ path }: RequestReport): boolean => path.endsWith('/token');
  return { client, requests, grants: () => requests.filter(isGrant).map(({ status }) => status) };
}
