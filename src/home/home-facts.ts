import { byIdleness } from '../license/idle.ts';
import { licenseLines, readMeter } from '../license/license-desk.ts';
import { seatHolders } from '../license/seats.ts';
import type { Verdict } from '../slack/actor.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { HomeSources } from './home-parts.ts';
import type { HomeFacts, PlatformFacts } from './home-shown.ts';

const NO_OUTSIDERS = 'You may not use this bot. Please ask its administrators.';

/** Everything that somebody's Home tells. The platform being down takes away only what it would have told. */
export async function readHome(sources: HomeSources, viewer: Verdict, now: Date): Promise<HomeFacts> {
  const { personKeys, role, refusal } = viewer;
  if (role === 'outsider') return { role, refusal: refusal ?? NO_OUTSIDERS };
  const administrator = role === 'administrator';
  const platform = await readPlatform(sources, administrator);
  const pending = await sources.pendingRows({ personKeys, administrator });
  const own = platform.answered ? await sources.ownBlocks(viewer).catch(noneIfDown) : [];
  if (!administrator) return { role: 'member', platform, own, pending };
  return {
    role: 'administrator',
    platform,
    own,
    pending,
    idle: platform.answered ? await sources.idleRows(now).catch(noneIfDown) : [],
    recent: await sources.recentRows(),
  };
}

async function readPlatform(
  { rules, listUsers }: HomeSources,
  administrator: boolean,
): Promise<PlatformFacts> {
  try {
    const users = await listUsers();
    return {
      answered: true,
      edition: rules.license.edition,
      license: licenseLines(rules, readMeter(rules, users), administrator),
      holders: byIdleness(seatHolders(users, rules.exempt)),
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
