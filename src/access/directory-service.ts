import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { slackErrorOf } from '../slack/boundary.ts';
import { isAnswer, tokenSentence } from '../slack/token-words.ts';
import { ttlCache } from '../ttl-cache.ts';
import { ageClock } from './age-clock.ts';
import { createGroupReader } from './group-members-service.ts';
import type { OwnTeam, SlackPerson } from './principals.ts';

/** A person who was removed keeps their rights for this long at most. */
const CACHE_MS = 60_000;
/** As many as act within a minute, and no more. */
const MOST_KEPT = 5000;
/** A rate limit up to this long is waited out; the modal says `Loading…` meanwhile. */
const LONGEST_WAIT_MS = 10_000;

/** What Slack tells; `none` where it says no, `unknown` where it could not be asked. */
export type Told<T> = T | 'none' | 'unknown';

export interface DirectoryParts {
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
  /** @default performance.now */
  readonly monotonicMs?: (() => number) | undefined;
  readonly ownTeam: OwnTeam;
}

/** People and groups as Slack tells them, kept for a minute at most; failures are never kept. */
export interface Directory {
  person(id: string): Promise<Told<SlackPerson>>;
  group(id: string): Promise<Told<readonly string[]>>;
  /** The id of the person with exactly this email. */
  idOf(email: string): Promise<Told<string>>;
  /** Whether Slack has asked for a pause that is not over. */
  isResting(): boolean;
}

export function createDirectory(parts: DirectoryParts): Directory {
  const ageMs = ageClock(parts.now, parts.monotonicMs ?? (() => performance.now()));
  const groups = createGroupReader(parts.client, parts.ownTeam);
  let restUntilMs = 0;
  const ask = async <T>(call: () => Promise<T>, facts: object): Promise<Told<T>> => {
    try {
      return await waitingOutLimits(call);
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) restUntilMs = ageMs() + error.retryAfter * 1000;
      // Trouble with the token is told once, where it begins.
      const level = tokenSentence(error) === undefined ? 'warn' : 'debug';
      const words = 'cannot tell who is who: refusing while in doubt';
      parts.log[level]({ err: error, ...facts, slackError: slackErrorOf(error) }, words);
      return isAnswer(error) && tokenSentence(error) === undefined ? 'none' : 'unknown';
    }
  };
  return {
    person: shortCache(ageMs, async (id) => {
      const told = await ask(() => fetchPerson(parts.client, id), { user: id });
      if (told !== undefined && typeof told !== 'string') groups.know(told.teamIds);
      return told ?? 'none';
    }),
    group: shortCache(ageMs, (id) => ask(() => groups.members(id), { group: id })),
    idOf: async (email) => (await ask(() => fetchId(parts.client, email), {})) ?? 'none',
    isResting: () => ageMs() < restUntilMs,
  };
}

/** Remembers answers, not failures, and joins callers who ask at the same time. */
function shortCache<T>(ageMs: () => number, fetch: (id: string) => Promise<Told<T>>) {
  const kept = ttlCache<Promise<Told<T>>>({ most: MOST_KEPT, ttlMs: CACHE_MS, monotonicMs: ageMs });
  return (id: string): Promise<Told<T>> => {
    const known = kept.get(id);
    if (known !== undefined) return known;
    const answer = fetch(id);
    kept.set(id, answer);
    void answer.then((told) => {
      if ((told === 'none' || told === 'unknown') && kept.peek(id) === answer) kept.delete(id);
    });
    return answer;
  };
}

/** Asks again, once, when Slack says how soon. */
async function waitingOutLimits<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const waitMs =
      error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : Number.POSITIVE_INFINITY;
    if (waitMs > LONGEST_WAIT_MS) throw error;
    await wait(waitMs, undefined, { ref: false });
    return call();
  }
}

/** `undefined`: nobody has this email, which is no trouble. */
async function fetchId(client: WebClient, email: string): Promise<string | undefined> {
  try {
    return (await client.users.lookupByEmail({ email })).user?.id;
  } catch (error) {
    if (slackErrorOf(error) === 'users_not_found') return undefined;
    throw error;
  }
}

async function fetchPerson(client: WebClient, id: string): Promise<SlackPerson | undefined> {
  const { user } = await client.users.info({ user: id });
  const grid = user?.enterprise_user;
  // In Grid a person has an id in the workspace and one in the organisation, and is asked for by either.
  if (user === undefined || (user.id !== id && grid?.id !== id)) return undefined;
  return {
    userId: id,
    ids: [...new Set([id, user.id ?? id, grid?.id ?? id])],
    teamIds: [user.team_id ?? '', ...(grid?.teams ?? [])].filter((team) => team !== ''),
    enterpriseId: grid?.enterprise_id,
    deactivated: user.deleted === true,
    guest: user.is_restricted === true || user.is_ultra_restricted === true,
    stranger: user.is_stranger === true,
    bot: user.is_bot === true,
    email: user.profile?.email?.toLowerCase(),
    name: user.profile?.real_name || user.real_name || user.name,
    timeZone: user.tz,
    emailUnconfirmed: user.is_email_confirmed === false,
  };
}
