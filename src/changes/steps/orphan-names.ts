import { code } from '../../slack/mrkdwn.ts';
import { quotedName } from '../../texts/plain-text.ts';

/** Names beyond this many are counted only; the trail has them all. */
const MOST_NAMED = 40;

/** Names of workspaces, as mrkdwn. */
export function drawnNames(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).map((name) => code(name, 60));
  const rest = names.length - named.length;
  return `${named.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

/** All of them, for the trail. */
export const quotedNames = (names: readonly string[]): string => names.map(quotedName).join(', ');
