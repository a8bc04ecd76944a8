import { createHash } from 'node:crypto';
import { perUser } from '../db/per-user.ts';
import { readAudit } from '../db/read-audit.ts';
import type { Db } from '../db/tables.ts';
import { sortedByIdleness } from '../license/idle.ts';
import { type NameOf, namesAmong, type Recorded } from '../license/known-names.ts';
import { licenseLines, readMeter } from '../license/license-desk.ts';
import { seatHolders } from '../license/seats.ts';
import { inSlices } from '../slices.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Digest, DigestWindow, Happening } from './digest.ts';
import type { DigestSources } from './digest-parts.ts';
import { lastTold } from './digest-store.ts';
import { essenceOf } from './essence.ts';
import { activeSnoozes } from './snooze-store.ts';
import { type Suggestions, suggest } from './suggestions.ts';

const MOST_HAPPENINGS = 200;
const FIRST_WINDOW_MS = 7 * 86_400_000;

/** From the end of the last digest that was told to this moment. `channel`: where; `undefined`: wherever it was. */
export async function windowUpTo(db: Db, channel: string | undefined, to: Date): Promise<DigestWindow> {
  const last = await lastTold(db, channel, to);
  const from = last?.windowTo ?? to.getTime() - FIRST_WINDOW_MS;
  return { from: new Date(Math.min(from, to.getTime())), to };
}

/** The digest of a window. What changed is the window's; the rest is as it is now. */
export async function computeDigest(parts: DigestSources, window: DigestWindow): Promise<Digest> {
  const { db, rules } = parts;
  const [users, idleSince] = await Promise.all([parts.listUsers(), parts.idleSince()]);
  const [suggestions, ends, pending, ownerless, entries] = await Promise.all([
    computeSuggestions({ ...parts, idleSince: async () => idleSince }, users, parts.now()),
    parts.activeUntil(),
    parts.pendingRequests(),
    parts.ownerless(),
    readAudit(db, { since: window.from, until: window.to, ends: true, most: MOST_HAPPENINGS + 1 }),
  ]);
  const meter = readMeter(rules, users);
  const nameOf = await inSlices(namesAmong(users));
  return {
    window,
    at: parts.now(),
    idleDays: parts.idleDays,
    meter,
    license: licenseLines(rules, meter, true),
    holders: await inSlices(sortedByIdleness(seatHolders(users, rules.exempt), idleSince)),
    ends,
    suggestions,
    pending,
    happenings: entries
      .slice(0, MOST_HAPPENINGS)
      .flatMap(perUser)
      .map(({ subjects, ...entry }) => happeningOf(entry, subjects, nameOf)),
    moreHappened: entries.length > MOST_HAPPENINGS,
    faults: await inSlices(parts.accountFaults(users)),
    ownerless,
    authUrl: parts.authUrl,
  };
}

const happeningOf = (
  entry: Omit<Happening, 'labels' | 'name'>,
  subjects: readonly Recorded[],
  nameOf: NameOf,
): Happening => ({
  ...entry,
  labels: subjects.map(({ label }) => label),
  name: subjects.map(nameOf)[0],
});

export async function computeSuggestions(
  parts: DigestSources,
  users: readonly WallarooUser[],
  now: Date,
): Promise<Suggestions> {
  const [mayBeDeactivated, idleSince, snoozes] = await Promise.all([
    parts.mayBeDeactivated(users),
    parts.idleSince(),
    activeSnoozes(parts.db, now),
  ]);
  const { idleDays, rules } = parts;
  return inSlices(
    suggest(users, { now, idleDays, exempt: rules.exempt, mayBeDeactivated, idleSince, snoozes }),
  );
}

/** A short text that is the same for digests that say the same. */
export const essenceHash = async (digest: Digest): Promise<string> =>
  createHash('sha256')
    .update(await inSlices(essenceOf(digest)))
    .digest('base64url');
