import { inSlices } from '../slices.ts';
import { forEach, mergedWith, sorted, type Work } from '../work.ts';
import { accountOf } from './bot-account.ts';
import { byUsername } from './by-username.ts';
import { type Call, WallarooError, WallarooStandIn, WallarooUnreadable } from './errors.ts';
import { keycloaksUsers } from './keycloak-pages.ts';
import { type Platform, read } from './platform.ts';
import { repeatable } from './retry.ts';
import { usersQuerySchema } from './schemas.ts';
import type { WallarooUser } from './user.ts';
import { usersCall } from './user-lookup.ts';

/** Keycloak's page when nobody asks for more; the platform may stop there without a word (contract P27). */
const SILENT_LIMIT = 100;
/** How many users are asked for by id at a time. */
const IDS_AT_ONCE = 500;

export interface Listing {
  /** By username. */
  readonly users: readonly WallarooUser[];
  /** The list may end at Keycloak's limit, and nobody tells the bot's account what comes after it. */
  readonly mayBeCut: boolean;
}

/**
 * All users by username, with what only the answer for all tells (contract §5.1). Believed only when it can be whole:
 * the bot's own account is on it, nobody has vanished who is still there, and it is no shorter than Keycloak's count.
 * What the platform leaves out, Keycloak adds, without last sign-in and roles.
 * @throws WallarooUnreadable `partial_list`, once repetitions bring nothing better.
 */
export async function listAllUsers(platform: Platform): Promise<Listing> {
  const listing = await repeatable(platform.wire, () => believable(platform).catch(unlessPartial));
  if (listing instanceof WallarooError) throw listing;
  return listing;
}

/** Only a list that is not believed is asked for again here: all other failures have had their repetitions. */
function unlessPartial(error: unknown): WallarooError {
  if (error instanceof WallarooError && error.code !== 'partial_list') return error;
  throw error;
}

const partial = (detail: string): WallarooError =>
  new WallarooUnreadable(usersCall, 'partial_list', { detail });

async function believable(platform: Platform): Promise<Listing> {
  const { memory } = platform;
  const [told, counted] = await Promise.all([tellAll(platform), countedBy(platform)]);
  const looksCut = told.size > 0 && told.size % SILENT_LIMIT === 0;
  if (counted !== undefined)
    memory.surplus = Math.max(0, Math.min(memory.surplus, counted - told.users.length));
  const lacking = counted === undefined ? undefined : counted - memory.surplus - told.users.length;
  // A count below the list is of an account that may not view users: it proves nothing.
  const isProven = lacking === 0;
  const isShort = lacking !== undefined && lacking > 0;
  if (!looksCut && !has(told.users, told.ownId)) throw partial("the bot's own account is not on it");
  if (isShort || (looksCut && !isProven)) return completed(platform, told, counted, looksCut);
  if (!has(told.users, told.ownId)) throw partial("the bot's own account is not on it");
  if (!isProven) await expectGone(platform, told);
  memory.whole = told.users;
  return { users: told.users, mayBeCut: false };
}

interface Told {
  /** Of the account whose token asked. */
  readonly ownId: string;
  readonly users: readonly WallarooUser[];
  /** Ids without a user behind them. */
  readonly empty: readonly string[];
  /** How many entries the answer had. */
  readonly size: number;
}

const tellAll = (platform: Platform): Promise<Told> =>
  read(platform, async (token) => {
    const { known, mlops } = platform;
    const readBytes = (call: Call, bytes: Buffer) => inSlices(known.read(call, bytes));
    const { users, empty } = await mlops.askFor(token, 'users/query', {}, readBytes, known.room);
    return { ownId: accountOf(token).userId, users, empty, size: users.length + empty.length };
  });

/** Keycloak's number of users; `undefined` where it tells none. */
async function countedBy(platform: Platform): Promise<number | undefined> {
  try {
    return await read(platform, (token) => platform.keycloak.count(token).catch(unlessShut));
  } catch (error) {
    if (error instanceof WallarooError) return undefined;
    throw error;
  }
}

/** `undefined` of a proxy that passes nothing on to Keycloak's admin REST: nobody waits for it at each list. */
function unlessShut(error: unknown): undefined {
  if (error instanceof WallarooStandIn && error.code !== 'unauthorized') return undefined;
  throw error;
}

const has = (users: readonly WallarooUser[], id: string): boolean => users.some((user) => user.id === id);

function* merged(listed: readonly WallarooUser[], rest: readonly WallarooUser[]) {
  return yield* mergedWith(listed, yield* sorted(rest, byUsername), byUsername);
}

/** Adds whom Keycloak has beyond the list. Its own pages count only if they, too, have the bot's account. */
async function completed(
  platform: Platform,
  { users: listed, ownId }: Told,
  counted: number | undefined,
  looksCut: boolean,
): Promise<Listing> {
  const { memory } = platform;
  const all = await keycloaksUsers(platform);
  if (all === undefined || !has(all, ownId)) {
    if (!looksCut) throw partial(`it has ${listed.length} users, and Keycloak counts ${counted}`);
    if (!has(listed, ownId)) throw partial("the bot's own account is not on it");
    return { users: listed, mayBeCut: true };
  }
  const known = new Set(listed.map(({ id }) => id));
  const rest = all.filter(({ id }) => !known.has(id));
  const users = await inSlices(merged(listed, rest));
  memory.surplus = Math.max(0, (counted ?? 0) - users.length);
  memory.whole = users;
  return { users, mayBeCut: false };
}

/** Where nobody counts, users of the last list who are not on this one have to be gone when asked for by id. */
async function expectGone(platform: Platform, { users, empty }: Told): Promise<void> {
  const { whole } = platform.memory;
  const vanished = users === whole ? [] : await inSlices(missingFrom(users, whole));
  const asked = [...new Set([...vanished, ...empty])];
  for (let first = 0; first < asked.length; first += IDS_AT_ONCE) {
    const body = { user_ids: asked.slice(first, first + IDS_AT_ONCE) };
    const { users: found } = await read(platform, (token) =>
      platform.mlops.ask(token, 'users/query', body, usersQuerySchema),
    );
    const missed = body.user_ids.find((id) => Object.hasOwn(found, id) && found[id] !== null);
    if (missed !== undefined)
      throw partial(`it leaves out user ${missed}, who is there when asked for by id`);
  }
}

function* missingFrom(
  users: readonly WallarooUser[],
  whole: readonly WallarooUser[],
): Work<readonly string[]> {
  const present = new Set<string>();
  yield* forEach(users, ({ id }) => present.add(id));
  const missing: string[] = [];
  yield* forEach(whole, ({ id }) => {
    if (!present.has(id)) missing.push(id);
  });
  return missing;
}
