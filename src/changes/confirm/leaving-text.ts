import { durationText } from '../../texts/duration.ts';
import type { Leaving } from './confirmation.ts';

/** What a deactivation ends, and what works on until when, behind "Deactivating". */
export function leavingText({ endsSessions, tokenLifeMs }: Leaving): string {
  const ends = endsSessions
    ? 'ends their sessions and new sign-ins'
    : 'ends new sign-ins and the renewal of present ones';
  const tokens =
    tokenLifeMs === undefined
      ? 'until they expire (an hour by default)'
      : `for ${durationText(tokenLifeMs)} at most`;
  return `${ends}. Access tokens they already have keep working ${tokens}. Memberships, models and pipelines stay.`;
}
