import * as z from 'zod';
import { WallarooError, WallarooRefused } from './errors.ts';
import { type Platform, read } from './platform.ts';
import { plainUser, type UserOnWire, userSchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';

const LARGEST_PAGE = 1000;
/** Keycloak's own: where so few do not come through, the reason is another. */
const SMALLEST_PAGE = 100;
const SMALLER = 4;

const pageSchema = z.array(userSchema);

/** What becomes of an answer that is too long for Keycloak or a proxy: late, cut, or replaced by a page of the proxy's own. */
const MAY_BE_TOO_LONG: ReadonlySet<string> = new Set([
  'timeout',
  'unreachable',
  'malformed',
  'platform_error',
]);

/**
 * All users as Keycloak lists them; `undefined` when it refuses. In pages, as it takes minutes for tens of thousands at once,
 * and these of smaller size where an answer does not come whole. Briefly, so nobody's required actions are told.
 */
export async function keycloaksUsers(platform: Platform): Promise<readonly WallarooUser[] | undefined> {
  const { memory } = platform;
  // Somebody who comes or goes meanwhile moves the others to other pages.
  const byId = new Map<string, WallarooUser>();
  let first = 0;
  try {
    for (;;) {
      const max = memory.pageSize ?? LARGEST_PAGE;
      const page = await pageAt(platform, first, max);
      if (page?.length === 0) return [...byId.values()];
      if (page === undefined) memory.pageSize = Math.max(SMALLEST_PAGE, Math.floor(max / SMALLER));
      for (const user of page ?? []) byId.set(user.id, plainUser(user));
      first += page?.length ?? 0;
    }
  } catch (error) {
    if (error instanceof WallarooRefused) return undefined;
    throw error;
  }
}

/** A page; `undefined` where a smaller one may come through. */
async function pageAt(platform: Platform, first: number, max: number): Promise<UserOnWire[] | undefined> {
  const ask = (token: string) =>
    platform.keycloak.find(token, { first, max, briefRepresentation: true }, pageSchema);
  if (max <= SMALLEST_PAGE) return read(platform, ask);
  try {
    return await platform.session.authorized(ask);
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    if (MAY_BE_TOO_LONG.has(error.code)) return undefined;
    return read(platform, ask);
  }
}
