import type { Db } from '../../db/tables.ts';
import { inSlices } from '../../slices.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import { WallarooRefused, WallarooUnreadable } from '../../wallaroo/errors.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { usersCall } from '../../wallaroo/user-lookup.ts';
import { letInSince } from '../store/letting-in.ts';
import { keysShown } from './keys-shown.ts';

/** For so long an old list, as a cache between keeps it, is expected, ms. */
const LATELY_MS = 3_600_000;
const MOST_ASKED = 20;

export interface NewcomerParts {
  readonly db: Db;
  readonly now: () => Date;
  readonly wallaroo: Pick<WallarooClient, 'getUser' | 'findUserByEmail'>;
}

/**
 * Expects a list to show as active whom the bot has let in lately, or the platform to agree, asked about them alone, that they
 * are not: by an old list, seats that are taken look free.
 * @throws WallarooUnreadable `partial_list`
 */
export async function expectNewcomers(parts: NewcomerParts, users: readonly WallarooUser[]): Promise<void> {
  const lately = await letInSince(parts.db, new Date(parts.now().getTime() - LATELY_MS));
  if (lately.length === 0) return;
  const shown = await inSlices(keysShown(users, new Set(lately), ({ enabled }) => enabled));
  for (const key of lately.filter((one) => !shown.has(one)).slice(-MOST_ASKED))
    if ((await userNow(parts, key))?.enabled)
      throw new WallarooUnreadable(usersCall, 'partial_list', {
        detail: `it shows ${key} as before they were let in`,
      });
}

/** By id or, of somebody invited without an answer, by email. Nobody is told of whom the bot's account may not read. */
async function userNow({ wallaroo }: NewcomerParts, key: string): Promise<WallarooUser | undefined> {
  try {
    return await (key.includes('@') ? wallaroo.findUserByEmail(key) : wallaroo.getUser(key));
  } catch (error) {
    if (error instanceof WallarooRefused && !error.retryable) return undefined;
    throw error;
  }
}
