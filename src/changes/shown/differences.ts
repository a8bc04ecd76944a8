import { endOfChange, type TimedEnds } from '../../license/active-until.ts';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import type { Change, SeatsShown } from '../change.ts';
import { endsAsked } from '../steps/end-steps.ts';
import { placeWords, workspaceText } from '../steps/membership-words.ts';
import { ownedToMind, type Shown, type ShownMembership, type ShownUser } from './shown.ts';
import { ownedText, ownersText, seatsShownText } from './shown-texts.ts';

/** What is so now of what a card shows. */
export interface Present {
  readonly seats: SeatsShown;
  readonly shown: Shown;
  /** When timed activations end. */
  readonly ends: TimedEnds;
}

/**
 * What is otherwise than the card of a request says, a sentence of mrkdwn for each. None: all that it shows still holds.
 * Somebody may have signed in since; that changes nothing about the decision.
 */
export function differencesOf({ shown, seatsShown, steps }: Change, present: Present): readonly string[] {
  if (shown === undefined) return [NOT_SHOWN];
  return [
    ...seatsDifference(seatsShown, present.seats),
    ...present.shown.users.flatMap((now) =>
      userDifferences(
        shown.users.find(({ userId }) => userId === now.userId),
        now,
      ),
    ),
    ...membershipDifferences(shown.memberships ?? [], present.shown.memberships ?? []),
    ...endDifferences(steps, present.ends),
  ];
}

/** What has to be looked at before a request is approved although nothing is otherwise. */
export const toMind = ({ users }: Shown): readonly string[] =>
  users.flatMap((user) => {
    const owned = ownedToMind(user);
    return owned.length === 0 ? [] : [`${code(user.label)} ${ownedText(owned)}.`];
  });

const NOT_SHOWN = 'Wallaroo did not answer when the card was drawn. This is how things stand now.';

/** By the numbers: that another threshold warns of them by now makes nothing otherwise. */
function seatsDifference(then: SeatsShown, now: SeatsShown): readonly string[] {
  const said = seatsShownText(then);
  const is = seatsShownText(now);
  const isSame = then.taken === now.taken && then.after === now.after && then.seats === now.seats;
  if (is === undefined || isSame) return [];
  return [said === undefined ? `${is}.` : `${is}. The card says ${said.replace('Seats: ', '')}.`];
}

function userDifferences(then: ShownUser | undefined, now: ShownUser): readonly string[] {
  const name = code(now.label);
  if (then === undefined) return [`${name} is not on the card.`];
  const state = now.active ? 'active' : 'inactive';
  return [
    ...(then.active === now.active ? [] : [`${name} is now ${state}.`]),
    ...(then.endsAt?.getTime() === now.endsAt?.getTime() ? [] : [endDifference(name, now.endsAt)]),
    ...(sameOwned(then, now) ? [] : [`${name} ${ownedText(now.owned)}: the card says otherwise.`]),
  ];
}

/** Owners are told of once for each workspace. */
function membershipDifferences(
  then: readonly ShownMembership[],
  now: readonly ShownMembership[],
): readonly string[] {
  const differences = now.flatMap((is) => {
    const was = then.find(
      ({ workspaceId, userId }) => workspaceId === is.workspaceId && userId === is.userId,
    );
    const name = code(is.label);
    if (was === undefined) return [`${name} is not on the card.`];
    return [
      ...(was.place === is.place
        ? []
        : [`${name} is ${placeWords(is.place)} of ${workspaceText(is)} by now.`]),
      ...(was.active === is.active ? [] : [`${name} is ${is.active ? 'active' : 'inactive'} by now.`]),
      ...(JSON.stringify(was.owners) === JSON.stringify(is.owners)
        ? []
        : [`${workspaceText(is)} by now: ${ownersText(is.owners)}.`]),
    ];
  });
  return [...new Set(differences)];
}

/** Of ends that are to be moved or dropped. One that is gone is nothing to look at: the approval fails, and says so. */
function endDifferences(steps: Change['steps'], ends: TimedEnds): readonly string[] {
  return endsAsked(steps).flatMap(({ changeId, label, before }) => {
    const now = endOfChange(changeId, ends);
    const isOther = before !== undefined && now !== undefined && before.getTime() !== now.getTime();
    return isOther ? [endDifference(code(label), now)] : [];
  });
}

const endDifference = (name: string, endsAt: Date | undefined): string =>
  endsAt === undefined
    ? `The access of ${name} no longer has an end.`
    : `The access of ${name} ends ${dateTime(endsAt)}: the card says otherwise.`;

const sameOwned = (then: ShownUser, now: ShownUser): boolean =>
  JSON.stringify(then.owned) === JSON.stringify(now.owned);
