import { forEachAtOnce } from '../jobs/at-once.ts';
import { inSlices } from '../slices.ts';
import { indexedById } from '../wallaroo/by-id.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import { areMany } from '../wallaroo/many-users.ts';
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
const ASKED_AT_ONCE = 4;

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
 * Who is a platform administrator. A list may not say (releases before 2024, users beyond a cut list), and says nothing of
 * roles that a group brings, so where it shows nobody who could help once `leaving` are gone, Keycloak is asked: about the
 * `subjects` among them, and then about others until one is found who could help, those first of whom nothing is known. Where
 * Keycloak refuses to tell, what the list says counts; who stays unknown is no help.
 */
export async function readAdministrators(
  wallaroo: Pick<WallarooClient, 'isPlatformAdministrator'>,
  users: readonly WallarooUser[],
  botUserId: string,
  leaving: readonly string[] = [],
  subjects: readonly string[] = leaving,
): Promise<Administrators> {
  const listed = administratorsAmong(users, botUserId);
  if (helpersWithout(listed, leaving) > 0) return listed;
  const byId = await inSlices(indexedById(users));
  const known = new Map<string, boolean>();
  const ask = async (id: string): Promise<boolean | undefined> => {
    const isOne = await wallaroo.isPlatformAdministrator(id);
    if (isOne !== undefined) known.set(id, isOne);
    return isOne;
  };
  await forEachAtOnce(subjects, ASKED_AT_ONCE, async (id) => {
    const subject = byId.get(id);
    const said = subject === undefined ? undefined : saysAdministrator(subject);
    const isOne = said === true || ((await ask(id)) ?? said);
    if (isOne !== undefined) known.set(id, isOne);
  });
  const nobodyMatters = subjects.length > 0 && subjects.every((id) => known.get(id) === false);
  if (nobodyMatters) return administratorsAmong(users, botUserId, known);
  const others = users.filter(
    (user) => !saysAdministrator(user) && couldHelp(user, botUserId) && !leaving.includes(user.id),
  );
  const [untold, told] = halves(others, (user) => saysAdministrator(user) === undefined);
  const [builtIn, rest] = halves(untold, isBuiltIn);
  for (const { id } of [...builtIn, ...rest, ...told].slice(0, MOST_ASKED)) {
    const isOne = await ask(id);
    // Found one, or Keycloak refuses to tell, as it would of everybody else.
    if (isOne !== false) break;
  }
  return administratorsAmong(users, botUserId, known);
}

/** Until when Keycloak is not asked again what it did not answer, by the client: each time may take as long as the limit of a request. */
const leftAloneUntilMs = new WeakMap<object, number>();
const LEFT_ALONE_MS = 60_000;

/** Whether Keycloak says that this user is none; false where it does not answer. */
async function isNoAdministrator(
  wallaroo: Pick<WallarooClient, 'isPlatformAdministrator'>,
  { id }: WallarooUser,
): Promise<boolean> {
  if (performance.now() < (leftAloneUntilMs.get(wallaroo) ?? 0)) return false;
  try {
    return (await wallaroo.isPlatformAdministrator(id)) === false;
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    leftAloneUntilMs.set(wallaroo, performance.now() + LEFT_ALONE_MS);
    return false;
  }
}

/**
 * Enough to decide, right before the write, whether `user` may be deactivated. Among many users Keycloak is asked about this one
 * first: where they are no administrator, nobody else matters, and `helpers` is left empty. Where Keycloak does not answer, a
 * list decides.
 */
export async function administratorsAtWrite(
  wallaroo: Pick<WallarooClient, 'isPlatformAdministrator' | 'lastUsers' | 'listUsers'>,
  user: WallarooUser,
  botUserId: string,
  leaving: readonly string[],
): Promise<Administrators> {
  if (areMany(wallaroo.lastUsers()?.users.length) && (await isNoAdministrator(wallaroo, user)))
    return { helpers: new Set(), told: new Map([[user.id, false]]) };
  // Somebody whom a list that is cut leaves out is no administrator who could help: that is safe.
  const users = await wallaroo.listUsers({ fresh: true, evenIfCut: true });
  return readAdministrators(wallaroo, users, botUserId, leaving, [user.id]);
}

const halves = <T>(
  all: readonly T[],
  isFirst: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] => [all.filter(isFirst), all.filter((one) => !isFirst(one))];
