import { staysRefused, WallarooAway, WallarooRefused } from './errors.ts';
import { type Platform, read } from './platform.ts';

const ADMIN_ROLE = 'admin';

/**
 * Whether Keycloak gives the user the realm role `admin`, directly or through other roles and groups (contract §13);
 * `undefined` where Keycloak does not say so to the bot's account.
 */
export async function isPlatformAdministrator(platform: Platform, id: string): Promise<boolean | undefined> {
  const has = async (which: 'direct' | 'all'): Promise<boolean> => {
    const roles = await read(platform, (token) => platform.keycloak.realmRoles(token, id, which));
    return roles.includes(ADMIN_ROLE);
  };
  try {
    // Mostly that is how it is given, and one question is enough.
    return (await has('direct')) || (await hasByOthers(has));
  } catch (error) {
    if (staysRefused(error)) return undefined;
    throw error;
  }
}

/** `false` where somebody in between does not pass that question on, for a user whose direct roles are told. */
async function hasByOthers(has: (which: 'direct' | 'all') => Promise<boolean>): Promise<boolean> {
  try {
    return await has('all');
  } catch (error) {
    if (isNotServed(error)) return false;
    if (!isAway(error)) throw error;
  }
  // Who was away for a moment answers both now.
  if (await has('direct')) return true;
  return has('all').catch((error: unknown) => {
    if (isNotServed(error) || isAway(error)) return false;
    throw error;
  });
}

const isNotServed = (error: unknown): boolean =>
  error instanceof WallarooRefused && /^(unknown_address|not_found)$/.test(error.code);

const isAway = (error: unknown): boolean => error instanceof WallarooAway && error.code === 'away';
