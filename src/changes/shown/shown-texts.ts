import { forecastText } from '../../license/license-views.ts';
import type { Meter } from '../../license/seats.ts';
import { lastSignInText, stateText } from '../../license/user-text.ts';
import { actorText } from '../../slack/actor-text.ts';
import { code } from '../../slack/mrkdwn.ts';
import type { Change, SeatsShown } from '../change.ts';
import { workspaceText as workspaceName } from '../steps/membership-words.ts';
import type { OwnedWorkspace, Shown, ShownMembership, ShownUser } from './shown.ts';

const MOST_WORKSPACES = 10;
const LONGEST_NAME = 100;
const MOST_OWNERS = 5;

/** "Seats: 4 → 5 of 5, the last one"; `undefined` on Enterprise and where no seat is concerned. */
export function seatsShownText({ taken, after, seats, warnAt = seats }: SeatsShown): string | undefined {
  if (seats === undefined || warnAt === undefined) return undefined;
  const meter = (count: number): Meter => ({ kind: 'limited', taken: count, seats, warnAt });
  return forecastText(meter(taken), meter(after));
}

/** Who has altered a request since somebody saw it, as a sentence of mrkdwn. */
export const alteredText = ({ amendedBy }: Pick<Change, 'amendedBy'>): string =>
  `${amendedBy === undefined ? 'Somebody' : actorText(amendedBy)} changed this request after it was shown to you.`;

/** One line for each user concerned: state, last sign-in, present end, and what somebody who leaves owns. */
export const shownLines = ({ users, memberships = [] }: Shown): readonly string[] => [
  ...users.map(shownLine),
  ...membershipLines(memberships),
];

/** One line for each workspace with its owners, and one for each person with what they are there so far. */
export function membershipLines(memberships: readonly ShownMembership[]): readonly string[] {
  const workspaces = new Map(memberships.map((one) => [one.workspaceId, one]));
  return [
    ...[...workspaces.values()].map(
      (one) => `${workspaceName(one)} · ${ownersText(one.owners)} · a membership takes no seat`,
    ),
    ...memberships.map(
      (one) =>
        `${code(one.label)} · ${PLACE[one.place]} so far${one.active ? '' : ' · *inactive*: cannot sign in until somebody activates the account'}`,
    ),
  ];
}

const PLACE = { OWNER: 'owner', COLLABORATOR: 'collaborator', open: 'member', none: 'no member' } as const;

/** The active owners of a workspace, as mrkdwn. */
export function ownersText(owners: readonly string[]): string {
  if (owners.length === 0) return '*no active owner is left*';
  const names = owners.slice(0, MOST_OWNERS).map((owner) => code(owner, LONGEST_NAME));
  const rest = owners.length - names.length;
  return `active ${owners.length === 1 ? 'owner' : 'owners'} ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** One user: state, end, last sign-in; of one who leaves also the workspaces that they own. */
export function shownLine(user: ShownUser): string {
  return [
    code(user.label),
    stateText(user.active, user.endsAt),
    lastSignInText(user.lastSignIn),
    ...(user.leaves ? [ownedText(user.owned)] : []),
  ].join(' · ');
}

/** The workspaces that somebody who leaves owns, as mrkdwn. */
export function ownedText(owned: readonly OwnedWorkspace[] | undefined): string {
  if (owned === undefined) return 'workspaces they own: could not be read';
  if (owned.length === 0) return 'owns no workspace';
  const names = owned.slice(0, MOST_WORKSPACES).map(workspaceText);
  const rest = owned.length - names.length;
  return `owns ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** A default workspace is its owner's own: that nobody else owns it is no alarm. */
const workspaceText = ({ name, otherOwners, isDefault }: OwnedWorkspace): string =>
  `${code(name, LONGEST_NAME)}${otherOwners === 0 && !isDefault ? ' (*no other OWNER is active*)' : ''}`;
