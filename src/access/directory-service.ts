import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { slackErrorOf } from '../slack/boundary.ts';
import type { SlackPerson } from './principals.ts';

/** A person who was removed keeps their rights for this long at most. */
const CACHE_MS = 60_000;
/** A rate limit up to this long is waited out; the modal says `Loading…` meanwhile. */
const LONGEST_WAIT_MS = 10_000;
/** Slack's words for a trouble of its own, which says nothing of whom it was asked for. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
]);

/** What Slack tells; `none` where it says no, `unknown` where it could not be asked. */
export type Told<T> = T | 'none' | 'unknown';

export interface DirectoryParts {
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
}

/** People and groups as Slack tells them, kept for a minute at most; failures are never kept. */
export interface Directory {
  person(id: string): Promise<Told<SlackPerson>>;
  group(id: string): Promise<Told<readonly string[]>>;
  /** Whether Slack has asked for a pause that is not over. */
  isResting(): boolean;
}

export function createDirectory(parts: DirectoryParts): Directory {
  let restUntilMs = 0;
  const nowMs = (): number => parts.now().getTime();
  const ask = async <T>(call: () => Promise<T>, facts: object): Promise<Told<T>> => {
    try {
      return await waitingOutLimits(call);
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) restUntilMs = nowMs() + error.retryAfter * 1000;
      const slackError = slackErrorOf(error);
      parts.log.warn({ err: error, ...facts, slackError }, 'cannot tell who is who: denied while in doubt');
      return slackError === undefined || PASSING.has(slackError) ? 'unknown' : 'none';
    }
  };
  return {
    person: shortCache(nowMs, async (id) => {
      const told = await ask(() => fetchPerson(parts.client, id), { user: id });
      return told ?? 'none';
    }),
    group: shortCache(nowMs, (id) =>
      ask(async () => (await parts.client.usergroups.users.list({ usergroup: id })).users ?? [], {
        group: id,
      }),
    ),
    isResting: () => nowMs() < restUntilMs,
  };
}

/** Remembers answers, not failures, and joins callers who ask at the same time. */
function shortCache<T>(nowMs: () => number, fetch: (id: string) => Promise<Told<T>>) {
  const kept = new Map<string, { readonly answer: Promise<Told<T>>; readonly untilMs: number }>();
  return (id: string): Promise<Told<T>> => {
    const entry = kept.get(id);
    if (entry !== undefined && entry.untilMs > nowMs()) return entry.answer;
    const answer = fetch(id);
    kept.set(id, { answer, untilMs: nowMs() + CACHE_MS });
    void answer.then((told) => {
      if (told === 'none' || told === 'unknown') kept.delete(id);
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

async function fetchPerson(client: WebClient, id: string): Promise<SlackPerson | undefined> {
  const { user } = await client.users.info({ user: id });
  const grid = user?.enterprise_user;
  // In Grid a person has an id in the workspace and one in the organisation, and is asked for by either.
  if (user === undefined || (user.id !== id && grid?.id !== id)) return undefined;
  return {
    userId: id,
    teamIds: [user.team_id ?? '', ...(grid?.teams ?? [])].filter((team) => team !== ''),
    enterpriseId: grid?.enterprise_id,
    deactivated: user.deleted === true,
    guest: user.is_restricted === true || user.is_ultra_restricted === true,
    stranger: user.is_stranger === true,
    bot: user.is_bot === true,
    email: user.profile?.email?.toLowerCase(),
    timeZone: user.tz,
  };
}
