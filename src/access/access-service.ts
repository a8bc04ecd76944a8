import type { Authorize } from '../slack/actor.ts';
import { administratorIds, hasOtherAdministrator } from './administrators-service.ts';
import { createDirectory, type DirectoryParts } from './directory-service.ts';
import { type Principals, principalsOf, roleOf, type SlackHome, type SlackPerson } from './principals.ts';

export interface AccessOptions extends DirectoryParts {
  readonly home: SlackHome;
  readonly admins: readonly string[];
  /** `undefined`: everyone in the team but guests. */
  readonly members: readonly string[] | undefined;
}

export interface Access {
  readonly authorize: Authorize;
  /** Ids of the administrators that exist, groups resolved; those whom Slack could not be asked about are among them. */
  administratorIds(): Promise<readonly string[]>;
  /** Whether anybody but `userId` could decide a request. True in doubt. */
  hasOtherAdministrator(userId: string): Promise<boolean>;
  /** The profile email of somebody mentioned; `undefined` when there is none to be seen. */
  emailOf(userId: string): Promise<string | undefined>;
}

/** Who is who, asked of Slack and kept for a minute at most. */
export function createAccess(options: AccessOptions): Access {
  const { home } = options;
  const admins = principalsOf(options.admins);
  const members = options.members === undefined ? undefined : principalsOf(options.members);
  const directory = createDirectory(options);

  const personOf = async (userId: string): Promise<SlackPerson | undefined> => {
    const told = await directory.person(userId);
    return told === 'none' || told === 'unknown' ? undefined : told;
  };
  const includes = async (principals: Principals, userId: string): Promise<boolean> => {
    if (principals.people.includes(userId)) return true;
    const told = await Promise.all(principals.groups.map((id) => directory.group(id)));
    return told.some((ids) => ids !== 'none' && ids !== 'unknown' && ids.includes(userId));
  };

  return {
    authorize: async ({ userId, teamId }) => {
      const [person, inAdmins, inMembers] = await Promise.all([
        personOf(userId),
        includes(admins, userId),
        members === undefined ? undefined : includes(members, userId),
      ]);
      const facts = { person, home, claimedTeamId: teamId, inAdmins, inMembers };
      return { userId, email: person?.email, timeZone: person?.timeZone, ...roleOf(facts) };
    },
    administratorIds: () => administratorIds(admins, home, directory),
    hasOtherAdministrator: (userId) => hasOtherAdministrator(userId, admins, home, directory),
    emailOf: async (userId) => (await personOf(userId))?.email,
  };
}
