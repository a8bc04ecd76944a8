import type { WallarooClient } from '../wallaroo/client.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import {
  type Administrators,
  administratorsAmong,
  couldHelp,
  deactivationGuard,
  helpersWithout,
  isBuiltIn,
  saysAdministrator,
} from './guards.ts';

/** How many users are asked about, one after the other, until one is an administrator. */
const MOST_ASKED = 100;

/** How long what Keycloak told serves to offer people: every decision asks again. */
const OFFERED_FOR_MS = 30_000;

interface Offered {
  readonly atMs: number;
  readonly administrators: Promise<Administrators>;
}

/** Of the lists in use: a menu asks at each letter that somebody types. */
const offered = new WeakMap<readonly WallarooUser[], Offered>();

/** As `readAdministrators`, for lists of people who may be offered for deactivation; half a minute old at most. */
export function administratorsToOffer(
  wallaroo: Pick<WallarooClient, 'isPlatformAdministrator'>,
  users: readonly WallarooUser[],
  botUserId: string,
): Promise<Administrators> {
  const nowMs = performance.now();
  const kept = offered.get(users);
  if (kept !== undefined && nowMs - kept.atMs < OFFERED_FOR_MS) return kept.administrators;
  const administrators = readAdministrators(wallaroo, users, botUserId);
  offered.set(users, { atMs: nowMs, administrators });
  administrators.catch(() => offered.delete(users));
  return administrators;
}

/** Why nobody may deactivate a user of a list, as a sentence; `undefined` of whom somebody may. For offering, not for deciding. */
export const deactivationRefusals =
  (
    wallaroo: Pick<WallarooClient, 'account' | 'isPlatformAdministrator'>,
    isProtected: (user: WallarooUser) => boolean,
  ) =>
  async (users: readonly WallarooUser[], requesterEmail: string | undefined) => {
    const { userId: botUserId } = await wallaroo.account();
    const administrators = await administratorsToOffer(wallaroo, users, botUserId);
    const facts = { administrators, botUserId, isProtected, requesterEmail };
    return (user: WallarooUser): string | undefined => deactivationGuard(user, facts);
  };

/**
 * Who is a platform administrator. Where the list does not say (releases before 2024, users beyond a cut list), asks
 * Keycloak: about those who are to leave, and then about others until one is found who could help. Who stays
 * unknown counts as no help.
 */
export async function readAdministrators(
  wallaroo: Pick<WallarooClient, 'isPlatformAdministrator'>,
  users: readonly WallarooUser[],
  botUserId: string,
  leaving: readonly string[] = [],
): Promise<Administrators> {
  const told = new Map<string, boolean>();
  const ask = async (id: string): Promise<boolean | undefined> => {
    const isOne = await wallaroo.isPlatformAdministrator(id);
    if (isOne !== undefined) told.set(id, isOne);
    return isOne;
  };
  for (const id of leaving) {
    const listed = users.find((user) => user.id === id);
    const said = listed === undefined ? undefined : saysAdministrator(listed);
    if (said === undefined) await ask(id);
    else told.set(id, said);
  }
  const sofar = administratorsAmong(users, botUserId, told);
  const nobodyMatters = leaving.length > 0 && leaving.every((id) => told.get(id) === false);
  if (nobodyMatters || helpersWithout(sofar, leaving) > 0) return sofar;
  const untold = users.filter((user) => saysAdministrator(user) === undefined && couldHelp(user, botUserId));
  const others = untold.filter(({ id }) => !leaving.includes(id));
  const likeliestFirst = [...others.filter(isBuiltIn), ...others.filter((user) => !isBuiltIn(user))];
  for (const { id } of likeliestFirst.slice(0, MOST_ASKED)) {
    const isOne = await ask(id);
    // Found one, or Keycloak refuses to tell, as it would of everybody else.
    if (isOne !== false) break;
  }
  return administratorsAmong(users, botUserId, told);
}
