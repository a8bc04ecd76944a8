import type { Role } from '../slack/actor.ts';
import { personKeys } from './person-keys.ts';

/** The ids of a setting like `ADMINS`, told apart by their first letter. */
export interface Principals {
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

export const principalsOf = (ids: readonly string[]): Principals => ({
  people: ids.filter((id) => !id.startsWith('S')),
  groups: ids.filter((id) => id.startsWith('S')),
});

/** What Slack says of a person (users.info). */
export interface SlackPerson {
  readonly userId: string;
  /** Every id that Slack knows them by: in Enterprise Grid one of the workspace and one of the organisation. */
  readonly ids: readonly string[];
  /** In Enterprise Grid somebody is in several workspaces, of which one is called theirs: any of them counts. */
  readonly teamIds: readonly string[];
  /** Their organisation in Enterprise Grid. */
  readonly enterpriseId: string | undefined;
  readonly deactivated: boolean;
  readonly guest: boolean;
  readonly stranger: boolean;
  readonly bot: boolean;
  readonly email: string | undefined;
  /** IANA name, as their Slack is set. */
  /** As Slack shows them. */
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Whether the email is still unconfirmed. */
  readonly emailUnconfirmed: boolean;
}

/** What identifies this person, see `personKeys`. */
export const keysOf = ({ ids, email, emailUnconfirmed }: SlackPerson): readonly string[] =>
  personKeys({ ids, email: emailUnconfirmed ? undefined : email });

/** Whose people may use the bot. */
export interface OwnTeam {
  /** The team that installed the bot; for an organisation Slack may tell the organisation's id here. */
  readonly teamId: string;
  /** The organisation, where the bot is installed for all of it; `undefined` where for one workspace. */
  readonly enterpriseId?: string | undefined;
}

/** Everything that decides on a role. */
export interface RoleFacts {
  /** `undefined` where Slack did not answer or knows nobody of that id. */
  readonly person: SlackPerson | undefined;
  readonly ownTeam: OwnTeam;
  /** The team that the payload names, if it does. */
  readonly claimedTeamId: string | undefined;
  readonly inAdmins: boolean;
  /** `undefined` when `MEMBERS` is not set: everyone in the team. */
  readonly inMembers: boolean | undefined;
}

export interface RoleVerdict {
  readonly role: Role;
  readonly refusal?: string;
  /** Whether the administrators could help. */
  readonly asksAdministrators?: boolean;
}

/** Who somebody is: an outsider in every doubt, with the sentence that says why. */
export function roleOf(facts: RoleFacts): RoleVerdict {
  const { person } = facts;
  if (person === undefined)
    return outsider(
      'I could not find out who you are in Slack, so I did nothing. Please try again in a minute.',
    );
  if (person.deactivated || person.bot) return outsider('This account may not use this bot.');
  if (person.stranger || !isOfOwnTeam(person, facts) || isContradicted(person, facts))
    return outsider('Only people of the team that installed this bot may use it.');
  if (person.guest) return outsider('Guests may not use this bot. Please ask a full member of the team.');
  if (facts.inAdmins) return { role: 'administrator' };
  if (facts.inMembers ?? true) return { role: 'member' };
  return {
    ...outsider('You are not among the people who may use this bot.'),
    asksAdministrators: true,
  };
}

/** Whether somebody who was found by this email, which is proven to be theirs, is a person of the team. */
export const isPersonOfOwnTeam = (person: SlackPerson, email: string, ownTeam: OwnTeam): boolean =>
  !person.deactivated &&
  !person.bot &&
  !person.stranger &&
  !person.emailUnconfirmed &&
  person.email === email.toLowerCase() &&
  isOfOwnTeam(person, { ownTeam, claimedTeamId: undefined });

function isOfOwnTeam(
  person: SlackPerson,
  { ownTeam, claimedTeamId }: Pick<RoleFacts, 'ownTeam' | 'claimedTeamId'>,
): boolean {
  if (ownTeam.enterpriseId !== undefined && person.enterpriseId === ownTeam.enterpriseId) return true;
  // Only where Slack tells no team of the person at all is the payload's word taken.
  const isTold = person.teamIds.length > 0 || person.enterpriseId !== undefined;
  return (isTold ? person.teamIds : [claimedTeamId]).includes(ownTeam.teamId);
}

/** Whether the payload names a team that the person is not in: in Grid it may be any workspace of theirs. */
const isContradicted = (person: SlackPerson, { ownTeam, claimedTeamId: claimed }: RoleFacts): boolean =>
  claimed !== undefined &&
  claimed !== ownTeam.teamId &&
  claimed !== person.enterpriseId &&
  !person.teamIds.includes(claimed);

const outsider = (refusal: string) => ({ role: 'outsider', refusal }) as const;
