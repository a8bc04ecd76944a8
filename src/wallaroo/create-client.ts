import { setTimeout as wait } from 'node:timers/promises';
import { accountOf } from './bot-account.ts';
import type { KnownList, WallarooClient } from './client.ts';
import { endSessions } from './end-sessions.ts';
import { WallarooRefused } from './errors.ts';
import { fixAccount } from './fix-account.ts';
import { Graphql } from './graphql.ts';
import { instanceName } from './instance-name.ts';
import { inviteUser } from './invite.ts';
import { inviteInKeycloak } from './invite-keycloak.ts';
import { KeycloakAdmin } from './keycloak-admin.ts';
import { KnownUsers } from './known-users.ts';
import { ListCache } from './list-cache.ts';
import { ListMemory } from './list-memory.ts';
import { Mlops } from './mlops.ts';
import type { Platform, UsersVia } from './platform.ts';
import { isPlatformAdministrator } from './platform-administrator.ts';
import { accessTokenLifeMs, mayEditUsernames } from './realm-settings.ts';
import { Session } from './session.ts';
import { setEnabledThroughApi } from './set-enabled-api.ts';
import { setEnabledInKeycloak } from './set-enabled-keycloak.ts';
import { setMembership } from './set-membership.ts';
import { TokenGrants } from './token-grants.ts';
import type { WallarooUser } from './user.ts';
import { type Listing, listAllUsers } from './user-listing.ts';
import { findUserByEmail, getUser, usersCall } from './user-lookup.ts';
import type { RequestReport, Wire } from './wire.ts';
import { usersNow } from './workspace-people.ts';
import { workspace, workspaces, workspacesOf } from './workspaces.ts';

export interface WallarooClientOptions {
  /** Base URL of the platform, http or https; a path and a trailing slash are fine. */
  readonly apiUrl: string;
  /** Where its Keycloak answers, without `/auth`. */
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly usersVia: UsersVia;
  /** Limit of one request. @default 10_000 */
  readonly timeoutMs?: number | undefined;
  /** How long a list of all users serves. @default 5_000 */
  readonly listCacheMs?: number | undefined;
  /** For lifetimes of tokens and lists, so that a changed clock harms neither. @default performance.now */
  readonly monotonicMs?: (() => number) | undefined;
  /** For the time of day that people are told. @default the system's clock */
  readonly now?: (() => Date) | undefined;
  /** From 0 to 1, for the jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Waits before a repetition. @default a timer */
  readonly delay?: ((ms: number) => Promise<void>) | undefined;
  /** Told of every request made. @default nobody */
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
}

function usersOf({ users, mayBeCut }: Listing, evenIfCut: boolean): readonly WallarooUser[] {
  if (mayBeCut && !evenIfCut) throw new WallarooRefused(usersCall, 'list_cut');
  return users;
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** A client of one instance. Asks nothing before it is used; keeps its sign-in in memory only. */
export function createWallarooClient(options: WallarooClientOptions): WallarooClient {
  const platform = platformOf(options);
  const now = options.now ?? (() => new Date());
  let last: KnownList | undefined;
  const load = async (): Promise<Listing> => {
    const asOf = now();
    const listed = await listAllUsers(platform);
    if (!listed.mayBeCut) last = { users: listed.users, asOf };
    return listed;
  };
  const keeping = { maxAgeMs: options.listCacheMs ?? 5_000, monotonicMs: platform.wire.monotonicMs };
  const listing = new ListCache({ ...keeping, load });
  const allNow = { list: async () => (await listing.fresh()).users, size: () => last?.users.length };
  const allLately = { list: async () => (await listing.read()).users };
  const spaces = new ListCache({ ...keeping, load: () => workspaces(platform, allLately, undefined) });
  const forget = (): void => {
    listing.invalidate();
    spaces.invalidate();
  };
  /** Whatever comes of a change, earlier lists are no longer trusted. */
  const changing = <T>(change: Promise<T>): Promise<T> => change.finally(forget);
  const setEnabled = options.usersVia === 'keycloak' ? setEnabledInKeycloak : setEnabledThroughApi;
  return {
    listUsers: async ({ fresh = false, evenIfCut = false } = {}) =>
      usersOf(await (fresh ? listing.fresh() : listing.read()), evenIfCut),
    lastUsers: () => last,
    forgetUsers: forget,
    findUserByEmail: (email) => findUserByEmail(platform, allNow.list, email.trim()),
    getUser: (id) => getUser(platform, id),
    usersNow: (ids) => usersNow(platform, allNow, ids),
    setUserEnabled: (id, enabled, atWrite) => changing(setEnabled(platform, id, enabled, atWrite)),
    inviteUser: (email, atWrite) => changing(inviteUser(platform, email, atWrite)),
    inviteInKeycloak: (email, atWrite) => changing(inviteInKeycloak(platform, email, atWrite)),
    fixAccount: (id, fix, atWrite) => changing(fixAccount(platform, id, fix, atWrite)),
    mayEditUsernames: () => mayEditUsernames(platform),
    endSessions: (id, atWrite) => endSessions(platform, id, atWrite),
    accessTokenLifeMs: () => accessTokenLifeMs(platform),
    workspaces: (options = {}) =>
      'recent' in options ? spaces.read() : workspaces(platform, allLately, options.memberId),
    workspace: (id) => workspace(platform, allNow, id),
    setMembership: (workspaceId, userId, role, atWrite) =>
      setMembership(platform, allNow, { workspaceId, userId, role, atWrite }).finally(() =>
        spaces.invalidate(),
      ),
    workspacesOf: (userId) => workspacesOf(platform, userId),
    isPlatformAdministrator: (id) => isPlatformAdministrator(platform, id),
    instanceName: () => instanceName(platform),
    account: () => platform.session.authorized(async (token) => accountOf(token)),
  };
}

function platformOf(options: WallarooClientOptions): Platform {
  const apiBase = withoutSlash(options.apiUrl);
  const authBase = withoutSlash(options.authUrl);
  const wire: Wire = {
    timeoutMs: options.timeoutMs ?? 10_000,
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
    random: options.random ?? Math.random,
    delay: options.delay ?? ((ms) => wait(ms)),
    onRequest: options.onRequest ?? (() => undefined),
    heard: new Set(),
  };
  const { username, password, clientId, clientSecret } = options;
  const grants = new TokenGrants(wire, authBase, { username, password, clientId, clientSecret });
  return {
    wire,
    session: new Session(grants, {
      monotonicMs: wire.monotonicMs,
      now: options.now ?? (() => new Date()),
    }),
    usersVia: options.usersVia,
    keycloak: new KeycloakAdmin(wire, authBase),
    mlops: new Mlops(wire, apiBase),
    graphql: new Graphql(wire, apiBase),
    known: new KnownUsers(),
    memory: new ListMemory(),
  };
}
