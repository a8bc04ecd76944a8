import type { Authorize } from '../slack/actor.ts';
import {
  administratorIds,
  hasOtherAdministrator,
  isAdministrator,
  namedIn,
} from './administrators-service.ts';
import { createDirectory, type DirectoryParts } from './directory-service.ts';
import { personKeys } from './person-keys.ts';
import {
  isPersonOfOwnTeam,
  keysOf,
  principalsOf,
  type RoleVerdict,
  roleOf,
  type SlackPerson,
} from './principals.ts';

export interface AccessOptions extends DirectoryParts {
  readonly admins: readonly string[];
  /** `undefined`: everyone in the team but guests. */
  readonly members: readonly string[] | undefined;
  /** What Slack has against the bot at the moment, as a sentence for people; `undefined`: nothing. */
  readonly trouble?: () => string | undefined;
}

export interface Access {
  readonly authorize: Authorize;
  /** Ids of the administrators that exist, groups resolved; those whom Slack could not be asked about are among them. */
  administratorIds(): Promise<readonly string[]>;
  /** Whether somebody is an administrator. True in doubt. */
  isAdministrator(userId: string): Promise<boolean>;
  /** Whether another person than `userId`, and none of those known by the keys `barred`, could decide a request. True in doubt. */
  hasOtherAdministrator(userId: string, barred: readonly string[]): Promise<boolean>;
  /** The profile email of somebody mentioned; `undefined` when there is none to be seen. */
  emailOf(userId: string): Promise<string | undefined>;
  /** What somebody in Slack is called; `undefined` where Slack does not say. */
  nameOf(userId: string): Promise<string | undefined>;
  /**
   * The person of the team with exactly this email, guests too; `undefined` where there is none.
   * Rejects while Slack does not say.
   */
  personByEmail(
    email: string,
  ): Promise<{ readonly userId: string; readonly personKeys: readonly string[] } | undefined>;
  /** What identifies somebody as a person; their id alone where Slack says no more. */
  personKeysOf(userId: string): Promise<readonly string[]>;
}

/** Who is who, asked of Slack and kept for a minute at most. */
export function createAccess(options: AccessOptions): Access {
  const { ownTeam, trouble = () => undefined } = options;
  const admins = principalsOf(options.admins);
  const members = options.members === undefined ? undefined : principalsOf(options.members);
  const directory = createDirectory(options);

  const personOf = async (userId: string): Promise<SlackPerson | undefined> =>
    ifTold(await directory.person(userId));

  return {
    authorize: async ({ userId, teamId }) => {
      const [person, inAdmins, inMembers] = await Promise.all([
        personOf(userId),
        namedIn(admins, directory),
        members && namedIn(members, directory),
      ]);
      const ids = person?.ids ?? [userId];
      const verdict = roleOf({
        person,
        ownTeam,
        claimedTeamId: teamId,
        inAdmins: ids.some((id) => inAdmins.ids.has(id)),
        inMembers: inMembers && ids.some((id) => inMembers.ids.has(id)),
      });
      const isAsked = person !== undefined && inAdmins.isComplete && inMembers?.isComplete !== false;
      // In doubt they have no rights; why is for them to know.
      const doubt = isAsked || verdict.role === 'administrator' ? undefined : trouble();
      return {
        userId,
        email: person?.email,
        timeZone: person?.timeZone,
        personKeys: person === undefined ? personKeys({ ids, email: undefined }) : keysOf(person),
        role: verdict.role,
        ...refused(verdict, doubt),
        doubt,
      };
    },
    administratorIds: () => administratorIds(admins, ownTeam, directory),
    isAdministrator: (userId) => isAdministrator(userId, admins, ownTeam, directory),
    hasOtherAdministrator: (userId, barred) =>
      hasOtherAdministrator(userId, barred, admins, ownTeam, directory),
    emailOf: async (userId) => (await personOf(userId))?.email,
    nameOf: async (userId) => (await personOf(userId))?.name,
    personByEmail: async (email) => {
      const id = await directory.idOf(email);
      const told = id === 'none' || id === 'unknown' ? id : await directory.person(id);
      if (told === 'unknown') throw new Error('Slack does not tell who has an email');
      if (told === 'none' || typeof told === 'string' || !isPersonOfOwnTeam(told, email, ownTeam))
        return undefined;
      return { userId: told.userId, personKeys: keysOf(told) };
    },
    personKeysOf: async (userId) => {
      const person = await personOf(userId);
      return person === undefined ? [userId] : keysOf(person);
    },
  };
}

const ifTold = (told: SlackPerson | 'none' | 'unknown'): SlackPerson | undefined =>
  typeof told === 'string' ? undefined : told;

/** Why somebody is refused: what is wrong with the bot itself, where that is why. */
const refused = ({ refusal, asksAdministrators = false }: RoleVerdict, doubt: string | undefined) =>
  refusal === undefined ? {} : doubt === undefined ? { refusal, asksAdministrators } : { refusal: doubt };
