import { sortedByIdleness } from '../license/idle.ts';
import { licenseLines, readMeter } from '../license/license-desk.ts';
import { type Meter, seatHolders } from '../license/seats.ts';
import { once } from '../once.ts';
import type { Verdict } from '../slack/actor.ts';
import { turnedAwayText } from '../slack/only-administrators.ts';
import type { FirstRows } from '../slack/rows.ts';
import { inSlices } from '../slices.ts';
import { orIfDown, WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { IDLE_ROOM } from './home-list-views.ts';
import type { HomeSources } from './home-parts.ts';
import type { HomeFacts, PlatformFacts } from './home-shown.ts';

/** More than there is room for. */
const MOST_HOLDERS = 15;

const NONE: FirstRows = { total: 0, rows: [] };

/** Tells everything that somebody's Home shows, as of when the reader was made. */
export type HomeReader = (viewer: Verdict, view: { readonly isFirst: boolean }) => Promise<HomeFacts>;

/**
 * For several people at once: what all of them see alike is read once, when it is needed first, as it takes long in a
 * large instance. The platform being down takes away only what it would have told.
 */
export function homeReader(sources: HomeSources, now: Date): HomeReader {
  const instance = once(() => readInstance(sources));
  const idle = once(() => sources.idleRows(now, IDLE_ROOM.blocks).catch(orIfDown(NONE)));
  const workspaces = once(() => sources.workspaceBlocks().catch(orIfDown(async () => [])));
  const recent = once(() => sources.recentRows());
  const pendingRows = sources.pendingRows();
  const ownOf = async (viewer: Verdict) => [
    ...(await sources.ownBlocks(viewer).catch(orIfDown([]))),
    ...(await (await workspaces())(viewer).catch(orIfDown([]))),
  ];
  return async (viewer, { isFirst }) => {
    const { personKeys, role } = viewer;
    if (role === 'outsider') return { role, refusal: turnedAwayText(viewer, sources.rules.administrators) };
    const administrator = role === 'administrator';
    const platform = await readPlatform(sources, viewer, instance);
    const pending = await pendingRows({ personKeys, administrator });
    const own = platform.answered ? await ownOf(viewer) : [];
    const shown = { platform, isFirst, buttons: sources.buttons(administrator), own, pending };
    if (!administrator) return { role: 'member', ...shown };
    return {
      role: 'administrator',
      ...shown,
      idle: platform.answered ? await idle() : NONE,
      recent: await recent(),
    };
  };
}

interface Instance {
  readonly users: readonly WallarooUser[];
  readonly meter: Meter;
  /** Idle longest first. */
  readonly holders: readonly WallarooUser[];
}

async function readInstance({ rules, listUsers, idleSince }: HomeSources): Promise<Instance> {
  const [users, since] = await Promise.all([listUsers(), idleSince()]);
  return {
    users,
    meter: readMeter(rules, users),
    holders: await inSlices(sortedByIdleness(seatHolders(users, rules.exempt), since)),
  };
}

async function readPlatform(
  { rules, holderRows }: HomeSources,
  { role, email }: Verdict,
  instance: () => Promise<Instance>,
): Promise<PlatformFacts> {
  const administrator = role === 'administrator';
  try {
    const { users, meter, holders } = await instance();
    return {
      answered: true,
      edition: rules.license.edition,
      license: licenseLines(rules, meter, administrator),
      taken: holders.length,
      holders: administrator ? await holderRows(users, holders.slice(0, MOST_HOLDERS), email) : [],
    };
  } catch (error) {
    if (error instanceof WallarooError) return { answered: false, sentence: error.userMessage };
    throw error;
  }
}
