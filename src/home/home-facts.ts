import { byIdleness } from '../license/idle.ts';
import { licenseLines, readMeter } from '../license/license-desk.ts';
import { seatHolders } from '../license/seats.ts';
import type { Verdict } from '../slack/actor.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { HomeSources } from './home-parts.ts';
import type { HomeFacts, PlatformFacts } from './home-shown.ts';

/** More than there is room for. */
const MOST_HOLDERS = 15;

const NO_OUTSIDERS = 'You may not use this bot. Please ask its administrators.';

/** Everything that somebody's Home tells. The platform being down takes away only what it would have told. */
export async function readHome(
  sources: HomeSources,
  viewer: Verdict,
  { now, isFirst }: { readonly now: Date; readonly isFirst: boolean },
): Promise<HomeFacts> {
  const { personKeys, role, refusal } = viewer;
  if (role === 'outsider') return { role, refusal: refusal ?? NO_OUTSIDERS };
  const administrator = role === 'administrator';
  const platform = await readPlatform(sources, viewer);
  const pending = await sources.pendingRows({ personKeys, administrator });
  const own = platform.answered ? await sources.ownBlocks(viewer).catch(noneIfDown) : [];
  const shown = { platform, isFirst, buttons: sources.buttons(administrator), own, pending };
  if (!administrator) return { role: 'member', ...shown };
  return {
    role: 'administrator',
    ...shown,
    idle: platform.answered ? await sources.idleRows(now).catch(noneIfDown) : [],
    recent: await sources.recentRows(),
  };
}

async function readPlatform(
  { rules, listUsers, holderRows }: HomeSources,
  { role, email }: Verdict,
): Promise<PlatformFacts> {
  const administrator = role === 'administrator';
  try {
    const users = await listUsers();
    const holders = byIdleness(seatHolders(users, rules.exempt));
    return {
      answered: true,
      edition: rules.license.edition,
      license: licenseLines(rules, readMeter(rules, users), administrator),
      taken: holders.length,
      holders: administrator ? await holderRows(users, holders.slice(0, MOST_HOLDERS), email) : [],
    };
  } catch (error) {
    if (error instanceof WallarooError) return { answered: false, sentence: error.userMessage };
    throw error;
  }
}

function noneIfDown(error: unknown): [] {
  if (error instanceof WallarooError) return [];
  throw error;
}
