import { inSlices } from '../slices.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, type Work } from '../work.ts';
import type { OutsideChange, SeenUser } from './outside-changes.ts';
import type { WatchParts } from './watch-parts.ts';

/** How many users who are missing from a list are asked about at one look; the others wait for a later one. */
const MOST_ASKED = 20;

/** Who is there now. */
export interface WholeLook {
  readonly listed: readonly WallarooUser[];
  /** Those whom no list shows and of whom nobody has said yet that they are gone: they count as they were. */
  readonly unsure: readonly SeenUser[];
}

/**
 * All users, as a list shows them that may lack some: a user who was there before is gone only when the platform says so
 * by id, and a second list agrees.
 */
export async function readWhole(
  parts: Pick<WatchParts, 'listUsersFresh' | 'getUser'>,
  before: readonly SeenUser[],
): Promise<WholeLook> {
  const first = await parts.listUsersFresh();
  // The bot's own account is always there: an empty list is a fault of the platform, not the end of its users.
  if (first.length === 0) throw new Error('the platform listed no user at all');
  const missing = await inSlices(missingFrom(first, before));
  const found: WallarooUser[] = [];
  const gone: SeenUser[] = [];
  for (const user of missing.slice(0, MOST_ASKED)) {
    const now = await parts.getUser(user.id);
    if (now === undefined) gone.push(user);
    else found.push(now);
  }
  const again = gone.length === 0 ? [] : await parts.listUsersFresh();
  const goneIds = new Set(gone.map(({ id }) => id));
  const back = again.filter(({ id }) => goneIds.has(id));
  return { listed: [...first, ...found, ...back], unsure: missing.slice(MOST_ASKED) };
}

/**
 * Whether a list is an old one, as a cache between keeps it: the platform, asked by id, says otherwise of somebody who looks
 * changed. Of many changes the first are enough, as such a list is old in all of them.
 */
export async function isOldList(
  { getUser }: Pick<WatchParts, 'getUser'>,
  changes: readonly OutsideChange[],
): Promise<boolean> {
  const listed = changes.filter(({ after }) => after !== undefined).slice(0, MOST_ASKED);
  for (const { user, after } of listed) {
    // Where nobody is told by id, there is the list alone.
    const now = await getUser(user.id).catch(orIfDown(NOT_TOLD));
    if (now !== NOT_TOLD && now?.enabled !== after) return true;
  }
  return false;
}

const NOT_TOLD = Symbol('not told');

function* missingFrom(
  users: readonly WallarooUser[],
  before: readonly SeenUser[],
): Work<readonly SeenUser[]> {
  const ids = new Set<string>();
  yield* forEach(users, ({ id }) => ids.add(id));
  const missing: SeenUser[] = [];
  yield* forEach(before, (user) => {
    if (!ids.has(user.id)) missing.push(user);
  });
  return missing;
}
