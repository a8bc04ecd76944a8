import { code } from '../../slack/mrkdwn.ts';
import type { MembershipStep, Place } from './membership-step.ts';

type Where = Pick<MembershipStep, 'workspace' | 'workspaceId' | 'sharesName'>;

/** The workspace, as mrkdwn; with its id where another has the same name. */
export const workspaceText = ({ workspace, workspaceId, sharesName }: Where): string =>
  `${code(workspace, 100)}${sharesName ? ` (id ${workspaceId})` : ''}`;

/** Whether somebody who becomes a collaborator is a member by now, whose type may be open. */
export const isMember = (was: Place | undefined): boolean => was === 'OWNER' || was === 'open';

/** "make `x` an owner of `y`", as mrkdwn. */
export function membershipAsks(step: MembershipStep): string {
  const who = code(step.label);
  const where = workspaceText(step);
  if (step.role === 'none') return `*remove* ${who} from ${where}`;
  if (step.role === 'OWNER') return `*make* ${who} an *owner* of ${where}`;
  return isMember(step.was)
    ? `*make* ${who} a *collaborator* of ${where}`
    : `*add* ${who} as a *collaborator* to ${where}`;
}

/** The same of several, whose names are given as mrkdwn. */
export function membershipsAsk(step: MembershipStep, names: string): string {
  const where = workspaceText(step);
  if (step.role === 'none') return `*remove* ${names} from ${where}`;
  if (step.role === 'OWNER') return `*make* ${names} *owners* of ${where}`;
  return isMember(step.was)
    ? `*make* ${names} *collaborators* of ${where}`
    : `*add* ${names} as *collaborators* to ${where}`;
}

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  OWNER: 'an *owner*',
  COLLABORATOR: 'a *collaborator*',
  open: 'a *member*',
  none: '*no member*',
};

/** "an *owner*", as mrkdwn. */
export const placeWords = (place: Place): string => PLACE_WORDS[place];

/** What it did, as mrkdwn; `undefined` until the platform has confirmed it. */
export function membershipDid(step: MembershipStep): string | undefined {
  const { label, before, after, active, takenBack, asBefore } = step;
  if (after === undefined) return undefined;
  const who = code(label);
  const so = `${PLACE_WORDS[after]} of ${workspaceText(step)}`;
  if (asBefore) return `${who} is ${so}, as before.`;
  if (takenBack) return `${who} was put back and is ${so} again.`;
  const inactive =
    active === false && after !== 'none' ? ' The account is inactive, so they cannot sign in.' : '';
  if (before === after) return `${who} was ${so} already.${inactive}`;
  return after === 'none' ? `${who} is ${so} any more.` : `${who} is now ${so}.${inactive}`;
}

/** "OWNER of fraud-models", as the trail keeps it. */
export function placeText({ workspace, workspaceId, sharesName }: Where, place: Place): string {
  const word = place === 'none' ? 'no member' : place === 'open' ? 'member' : place;
  return `${word} of ${workspace}${sharesName ? ` (id ${workspaceId})` : ''}`;
}
