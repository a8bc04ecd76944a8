import { WallarooRefused } from './errors.ts';
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
    return (await has('direct')) || (await has('all').catch(notServed));
  } catch (error) {
    if (error instanceof WallarooRefused) return undefined;
    throw error;
  }
}

/** A 404 for a user whose direct roles were told: somebody in between does not pass that question on. */
function notServed(error: unknown): false {
  if (error instanceof WallarooRefused && /^(unknown_address|not_found)$/.test(error.code)) return false;
  throw error;
}
