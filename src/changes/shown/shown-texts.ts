import { forecastText } from '../../license/license-views.ts';
import type { Meter } from '../../license/seats.ts';
import { lastSignInText } from '../../license/user-text.ts';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import type { SeatsShown } from '../change.ts';
import type { OwnedWorkspace, Shown, ShownUser } from './shown.ts';

const MOST_WORKSPACES = 10;
const LONGEST_NAME = 100;

/** "Seats: 4 → 5 of 5, the last one"; `undefined` on Enterprise and where no seat is concerned. */
export function seatsShownText({ taken, after, seats }: SeatsShown): string | undefined {
  if (seats === undefined) return undefined;
  const meter = (count: number): Meter => ({ kind: 'limited', taken: count, seats, warnAt: seats });
  return forecastText(meter(taken), meter(after));
}

/** One line for each user concerned: state, last sign-in, present end, and what somebody who leaves owns. */
export const shownLines = ({ users }: Shown): readonly string[] => users.map(shownLine);

function shownLine(user: ShownUser): string {
  return [
    code(user.label),
    `${user.active ? 'active' : 'inactive'}${user.endsAt === undefined ? '' : ` until ${dateTime(user.endsAt)}`}`,
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
  `${code(name, LONGEST_NAME)}${otherOwners === 0 && !isDefault ? ' (*no other OWNER*)' : ''}`;
