import type { KnownBlock } from '@slack/types';
import { endOf, type TimedEnds } from '../license/active-until.ts';
import { fullNameOf } from '../license/known-names.ts';
import { tickBoxes } from '../license/tick-boxes.ts';
import { labelOf, lastSignInText, stateText } from '../license/user-text.ts';
import { actions, button, context, divider, section } from '../slack/blocks.ts';
import { code, count, day, mention } from '../slack/mrkdwn.ts';
import { subjectText } from '../slack/trail-words.ts';
import { createdAtOf, lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import { ids } from './digest-ids.ts';
import { daysSince, type Kept, type Suggestions } from './suggestions.ts';

const MOST_KEPT = 5;
/** Characters of a name: many stand in one digest. */
const NAME = 80;

export const nameText = (user: WallarooUser): string => code(labelOf(user), NAME);

/** The same with first and last name in front. */
export const personText = (user: WallarooUser): string => subjectText(labelOf(user), fullNameOf(user), NAME);

/** What suggestions are drawn with. */
interface Drawn {
  readonly now: Date;
  /** When timed activations end. */
  readonly ends: TimedEnds;
}

interface Many {
  readonly idleDays: number;
  readonly most: number;
  /** Whether several can be ticked. */
  readonly boxes: boolean;
}

/** Who looks idle, and who never signed in, each with its buttons: at most `most` and half as many. */
export function suggestionBlocks(
  { idle, never, kept }: Suggestions,
  { idleDays, most, boxes, ...drawn }: Drawn & Many,
): readonly KnownBlock[] {
  const nobody = idle.length + never.length === 0;
  return [
    ...(nobody ? [section(`*Idle users*\nNobody looks idle.`)] : []),
    ...group(`*No sign-in seen for more than ${count(idleDays, 'day')}*`, idle, most, drawn),
    ...group('*Never signed in*', never, Math.ceil(most / 2), drawn),
    ...tickBoxes(
      boxes ? [...idle.slice(0, most), ...never.slice(0, Math.ceil(most / 2))] : [],
      {
        actionId: ids.tick,
        page: 0,
        ticked: [],
        elsewhere: 0,
        until: (user) => endOf(user, drawn.ends),
      },
      button({ text: 'Deactivate chosen…', actionId: ids.deactivateTicked }),
    ),
    ...(kept.length === 0 ? [] : [keptContext(kept)]),
  ];
}

function group(
  title: string,
  users: readonly WallarooUser[],
  most: number,
  drawn: Drawn,
): readonly KnownBlock[] {
  if (users.length === 0) return [];
  const rest = users.length - most;
  return [
    divider,
    section(`${title} (${users.length})`),
    ...users.slice(0, most).flatMap((user) => suggestionRow(user, drawn)),
    ...(rest > 0 ? [context(`… and ${rest} more: \`/wallaroo users active\` lists all.`)] : []),
  ];
}

/** One suggestion: it acts only when somebody confirms. */
export function suggestionRow(user: WallarooUser, { now, ends }: Drawn): readonly KnownBlock[] {
  const until = endOf(user, ends);
  const facts = [
    personText(user),
    ...(until === undefined ? [] : [stateText(true, until)]),
    idleText(user, now),
  ];
  return [
    section(facts.join(' · ')),
    actions(
      button({ text: 'Deactivate…', actionId: ids.deactivate, value: user.id, style: 'danger' }),
      button({ text: 'Keep', actionId: ids.keep, value: user.id }),
    ),
  ];
}

/** "last sign-in Mar 2nd (84 days ago)". */
function idleText(user: WallarooUser, now: Date): string {
  const [lastSignIn, createdAt] = [lastSignInOf(user), createdAtOf(user)];
  const text = lastSignInText(lastSignIn);
  if (lastSignIn.kind === 'at')
    return `${text} (${count(Math.floor(daysSince(lastSignIn.at.getTime(), now)), 'day')} ago)`;
  return createdAt === undefined ? text : `${text} · account made ${day(createdAt)}`;
}

function keptContext(kept: readonly Kept[]): KnownBlock {
  const shown = kept
    .slice(0, MOST_KEPT)
    .map(({ user, snooze }) => `${nameText(user)} by ${mention(snooze.keptBy)} until ${day(snooze.until)}`);
  const rest = kept.length - shown.length;
  return context(`Kept: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`);
}
