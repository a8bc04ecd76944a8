import { WallarooAway, WallarooRefused } from './errors.ts';
import { type Platform, read } from './platform.ts';
import type { ClientOnWire, RealmOnWire } from './realm-schemas.ts';

const LIFESPAN = 'access.token.lifespan';

/** Whether the realm lets usernames be edited; `undefined` where that is not told. */
export async function mayEditUsernames(platform: Platform): Promise<boolean | undefined> {
  return (await realmOf(platform))?.editUsernameAllowed ?? undefined;
}

/** Whether the realm has a mail server; `undefined` where that is not told. */
export async function hasMailServer(platform: Platform): Promise<boolean | undefined> {
  const realm = await realmOf(platform);
  // Who may not view the realm gets none of its settings, so a missing one says nothing.
  if (typeof realm?.editUsernameAllowed !== 'boolean') return undefined;
  return Boolean(realm.smtpServer?.host);
}

/** The longest life of an access token of any client, ms; `undefined` where settings are not told. */
export async function accessTokenLifeMs(platform: Platform): Promise<number | undefined> {
  const [realm, clients] = await Promise.all([
    realmOf(platform),
    told(read(platform, (token) => platform.keycloak.clients(token))),
  ]);
  if (realm === undefined || clients === undefined) return undefined;
  const lives = clients
    .filter(({ enabled }) => enabled !== false)
    .map((client) => (isTold(client) ? lifeSeconds(client, realm) : undefined));
  const known = lives.filter((seconds) => seconds !== undefined);
  return known.length === 0 || known.length < lives.length ? undefined : Math.max(...known) * 1000;
}

const isTold = ({ enabled }: ClientOnWire): boolean => typeof enabled === 'boolean';

/** A client's own lifespan counts before the realm's (contract §3.3); Keycloak writes "as long as the session" as -1. */
function lifeSeconds({ attributes }: ClientOnWire, realm: RealmOnWire): number | undefined {
  const own = Number(attributes?.[LIFESPAN] || Number.NaN);
  const seconds = Number.isNaN(own) ? realm.accessTokenLifespan : own;
  if (typeof seconds !== 'number') return undefined;
  if (seconds >= 0) return seconds;
  const { ssoSessionMaxLifespan: usual, ssoSessionMaxLifespanRememberMe: remembered } = realm;
  return typeof usual === 'number' ? Math.max(usual, remembered ?? 0) : undefined;
}

const realmOf = (platform: Platform): Promise<RealmOnWire | undefined> =>
  told(read(platform, (token) => platform.keycloak.realm(token)));

/** `undefined` for what Keycloak, or something in front of it, refuses to tell the bot's account: nothing depends on it. */
async function told<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WallarooRefused || error instanceof WallarooAway) return undefined;
    throw error;
  }
}
