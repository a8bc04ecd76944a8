import type { Role } from '../slack/actor.ts';

/** The ids of a setting like `ADMINS`, told apart by their first letter. */
export interface Principals {
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

export const principalsOf = (ids: readonly string[]): Principals => ({
  people: ids.filter((id) => !id.startsWith('S')),
  groups: ids.filter((id) => id.startsWith('S')),
});

/** What Slack says of a person; `undefined` where it did not answer or knows nobody of that id. */
export interface SlackPerson {
  readonly userId: string;
  readonly teamIds: readonly string[];
  readonly deactivated: boolean;
  readonly guest: boolean;
  readonly stranger: boolean;
  readonly bot: boolean;
  readonly email: string | undefined;
}

/** Everything that decides on a role. */
export interface RoleFacts {
  readonly person: SlackPerson | undefined;
  /** The team that installed the bot. */
  readonly teamId: string;
  /** The team that the payload names, if it does. */
  readonly claimedTeamId: string | undefined;
  readonly inAdmins: boolean;
  /** `undefined` when `MEMBERS` is not set: everyone in the team. */
  readonly inMembers: boolean | undefined;
}

/** Who somebody is: an outsider in every doubt, with the sentence that says why. */
export function roleOf(facts: RoleFacts): { readonly role: Role; readonly refusal?: string } {
  const { person, teamId, claimedTeamId } = facts;
  if (person === undefined)
    return outsider(
      'I could not find out who you are in Slack, so I did nothing. Please try again in a minute.',
    );
  if (person.deactivated || person.bot) return outsider('This account may not use this bot.');
  const teams = person.teamIds.length > 0 ? person.teamIds : [claimedTeamId];
  if (person.stranger || !teams.includes(teamId) || (claimedTeamId ?? teamId) !== teamId)
    return outsider('Only people of the team that installed this bot may use it.');
  if (person.guest) return outsider('Guests may not use this bot. Please ask a full member of the team.');
  if (facts.inAdmins) return { role: 'administrator' };
  if (facts.inMembers ?? true) return { role: 'member' };
  return outsider('You are not among the people who may use this bot. Please ask its administrators.');
}

const outsider = (refusal: string) => ({ role: 'outsider', refusal }) as const;
