import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Authorize } from '../slack/actor.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { type Principals, principalsOf, roleOf, type SlackPerson } from './principals.ts';

/** A person who was removed keeps their rights for this long at most. */
const CACHE_MS = 60_000;

export interface AccessOptions {
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
  /** The team that installed the bot. */
  readonly teamId: string;
  readonly admins: readonly string[];
  /** `undefined`: everyone in the team but guests. */
  readonly members: readonly string[] | undefined;
}

export interface Access {
  readonly authorize: Authorize;
  /** Ids of the administrators that exist, groups resolved; empty where Slack does not answer. */
  administratorIds(): Promise<readonly string[]>;
  /** The profile email of somebody mentioned; `undefined` when there is none to be seen. */
  emailOf(userId: string): Promise<string | undefined>;
}

/** Who is who, asked of Slack and kept for a minute at most; failures are never kept. */
export function createAccess(options: AccessOptions): Access {
  const admins = principalsOf(options.admins);
  const members = options.members === undefined ? undefined : principalsOf(options.members);
  const people = shortCache(options.now, (id: string) => fetchPerson(options, id));
  const groups = shortCache(options.now, (id: string) => fetchGroup(options, id));

  const includes = async (principals: Principals, userId: string): Promise<boolean> => {
    if (principals.people.includes(userId)) return true;
    const memberships = await Promise.all(principals.groups.map(groups));
    return memberships.some((ids) => ids?.includes(userId) === true);
  };

  return {
    authorize: async ({ userId, teamId }) => {
      const [person, inAdmins, inMembers] = await Promise.all([
        people(userId),
        includes(admins, userId),
        members === undefined ? undefined : includes(members, userId),
      ]);
      const facts = { person, teamId: options.teamId, claimedTeamId: teamId, inAdmins, inMembers };
      return { userId, email: person?.email, ...roleOf(facts) };
    },
    administratorIds: async () => {
      const grouped = await Promise.all(admins.groups.map(groups));
      const ids = [...new Set([...admins.people, ...grouped.flatMap((members) => members ?? [])])];
      const present = await Promise.all(ids.map(people));
      return ids.filter((_, index) => isPresent(present[index], options.teamId));
    },
    emailOf: async (userId) => (await people(userId))?.email,
  };
}

const isPresent = (person: SlackPerson | undefined, teamId: string): boolean =>
  roleOf({ person, teamId, claimedTeamId: undefined, inAdmins: true, inMembers: true }).role ===
  'administrator';

/** Remembers answers, not failures, and joins callers who ask at the same time. */
function shortCache<T>(now: () => Date, fetch: (id: string) => Promise<T | undefined>) {
  const kept = new Map<string, { readonly answer: Promise<T | undefined>; readonly until: number }>();
  return (id: string): Promise<T | undefined> => {
    const entry = kept.get(id);
    if (entry !== undefined && entry.until > now().getTime()) return entry.answer;
    const answer = fetch(id);
    kept.set(id, { answer, until: now().getTime() + CACHE_MS });
    void answer.then((value) => {
      if (value === undefined) kept.delete(id);
    });
    return answer;
  };
}

async function fetchPerson({ client, log }: AccessOptions, id: string): Promise<SlackPerson | undefined> {
  try {
    const { user } = await client.users.info({ user: id });
    if (user?.id !== id) return undefined;
    return {
      userId: id,
      teamIds: [user.team_id, ...(user.enterprise_user?.teams ?? [])].filter((team) => team !== undefined),
      deactivated: user.deleted === true,
      guest: user.is_restricted === true || user.is_ultra_restricted === true,
      stranger: user.is_stranger === true,
      bot: user.is_bot === true,
      email: user.profile?.email?.toLowerCase(),
    };
  } catch (error) {
    log.warn({ err: error, user: id, slackError: slackErrorOf(error) }, 'cannot tell who this is: denied');
    return undefined;
  }
}

async function fetchGroup(
  { client, log }: AccessOptions,
  id: string,
): Promise<readonly string[] | undefined> {
  try {
    return (await client.usergroups.users.list({ usergroup: id })).users ?? [];
  } catch (error) {
    log.warn(
      { err: error, group: id, slackError: slackErrorOf(error) },
      'cannot read a user group: nobody counts as in it',
    );
    return undefined;
  }
}
