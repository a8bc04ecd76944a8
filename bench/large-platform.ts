import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WallarooSandbox } from '../sandbox/wallaroo/start-wallaroo.ts';
import type { WallarooClient } from '../src/wallaroo/client.ts';
import { createWallarooClient } from '../src/wallaroo/create-client.ts';

/** The platform in a process of its own, so that its work does not count as ours. */
export interface LargePlatform extends Pick<WallarooSandbox, 'url' | 'account' | 'stop'> {
  /** Others switch so many users. */
  switchOutside(many: number): Promise<void>;
}

const SERVER = fileURLToPath(new URL('./platform-server.ts', import.meta.url));

/** With so many users and workspaces of sixty members. */
export async function startPlatform(users: number, workspaces = 0): Promise<LargePlatform> {
  const server = fork(SERVER, [String(users), String(workspaces)], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  const [{ url, account }] = (await once(server, 'message')) as [Pick<WallarooSandbox, 'url' | 'account'>];
  return {
    url,
    account,
    stop: async () => server.disconnect(),
    switchOutside: async (many) => {
      const done = once(server, 'message');
      server.send(many);
      await done;
    },
  };
}

/** Our client of it. */
export const connect = ({ url, account }: Pick<LargePlatform, 'url' | 'account'>): WallarooClient =>
  createWallarooClient({
    apiUrl: url,
    authUrl: url,
    ...account,
    clientId: 'sdk-client',
    usersVia: 'keycloak',
    listCacheMs: 60_000,
  });

/** An access token of the bot's account. */
export async function signIn({ url, account }: Pick<LargePlatform, 'url' | 'account'>): Promise<string> {
  const response = await fetch(`${url}/auth/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'sdk-client', ...account }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** A bare call, its reply parsed. */
export async function bare(token: string, url: string, method: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
