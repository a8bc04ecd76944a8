import { type IdleSince, sortedByIdleness } from '../license/idle.ts';
import { type Names, seatHolders } from '../license/seats.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, type Work } from '../work.ts';

const DAY_MS = 86_400_000;

/** How long `Keep` hides a suggestion. */
export const KEEP_DAYS = 30;

/** An administrator's word that somebody stays. */
export interface Snooze {
  readonly userId: string;
  /** Slack id. */
  readonly keptBy: string;
  readonly until: Date;
}

/** Somebody who would be suggested, had an administrator not kept them. */
export interface Kept {
  readonly user: WallarooUser;
  readonly snooze: Snooze;
}

/** Who looks idle, idle longest first in each group. A suggestion acts only when somebody confirms. */
export interface Suggestions {
  readonly idle: readonly WallarooUser[];
  readonly never: readonly WallarooUser[];
  readonly kept: readonly Kept[];
}

export interface SuggestionRules {
  readonly now: Date;
  readonly idleDays: number;
  /** Users who take no seat are not suggested: nothing would come free. */
  readonly exempt: Names;
  /** Leaves out whom no change may deactivate. */
  readonly mayBeDeactivated: (user: WallarooUser) => boolean;
  /** Since when a user has given no sign of life: nobody is idle who came lately. */
  readonly idleSince: IdleSince;
  /** Snoozes that hold at `now`, by user id. */
  readonly snoozes: ReadonlyMap<string, Snooze>;
}

/**
 * Whom to think about. Those of whom the platform tells no sign-in date are left out: a missing date is no proof
 * of idleness.
 */
export function* suggest(users: readonly WallarooUser[], rules: SuggestionRules): Work<Suggestions> {
  const idle: WallarooUser[] = [];
  const never: WallarooUser[] = [];
  const kept: Kept[] = [];
  const holders = yield* sortedByIdleness(seatHolders(users, rules.exempt), rules.idleSince);
  yield* forEach(holders, (user) => {
    const group = groupOf(user, rules);
    if (group === undefined || !rules.mayBeDeactivated(user)) return;
    const snooze = rules.snoozes.get(user.id);
    if (snooze !== undefined) kept.push({ user, snooze });
    else (group === 'idle' ? idle : never).push(user);
  });
  return { idle, never, kept };
}

function groupOf(user: WallarooUser, rules: SuggestionRules): 'idle' | 'never' | undefined {
  const since = rules.idleSince(user);
  if (since === undefined || daysSince(since, rules.now) <= rules.idleDays) return undefined;
  return user.lastSignInMs === null ? 'never' : 'idle';
}

/** Days from `atMs`, ms since 1970, to `now`, with fractions. */
export const daysSince = (atMs: number, now: Date): number => (now.getTime() - atMs) / DAY_MS;

export const keepUntil = (now: Date): Date => new Date(now.getTime() + KEEP_DAYS * DAY_MS);
