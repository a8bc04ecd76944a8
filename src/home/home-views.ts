import type { HomeView, KnownBlock } from '@slack/types';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import { dateTime } from '../slack/mrkdwn.ts';
import type { Room } from '../slack/rows.ts';
import { ids } from './home-ids.ts';
import { HOLDERS_FRAME, holderBlocks, licenseBlocks } from './home-license-views.ts';
import { IDLE_ROOM, listed, PENDING_ROOM, pendingBlocks, RECENT_ROOM } from './home-list-views.ts';
import type { HomeFacts } from './home-shown.ts';

/** Blocks of a Home tab (docs.slack.dev: surfaces/app-home). */
const MOST_BLOCKS = 100;
/** The line below all others. */
const FOOT = 1;
/** Blocks of each list beside its rows at most: its header, and a line below. */
const FRAME = 2;
const HOLDERS_BYTES = 50_000;

/** What this is, for somebody who opens it for the first time. */
const WELCOME = [
  'Welcome! Here you see who may work with your Wallaroo instance, and change it.',
  'Ask here for access, for yourself or for somebody else; an administrator decides, and you hear of it in a direct message.',
  'Everything here works as a command, too: `/wallaroo help` shows them all.',
];
const WELCOME_ADMINISTRATOR = [
  'Welcome! Here you see who may work with your Wallaroo instance, and change it.',
  'You are an administrator: requests wait for you here, and you see who is active and who looks idle.',
  'Everything here works as a command, too: `/wallaroo help` shows them all.',
];

/** What somebody's Home shows. The moment of drawing is left to `homeView`, so that equal content is equal. */
export function homeBlocks(facts: HomeFacts): readonly KnownBlock[] {
  if (facts.role === 'outsider') return [section(`${facts.refusal} :wave:`)];
  const welcome = facts.role === 'administrator' ? WELCOME_ADMINISTRATOR : WELCOME;
  const top: readonly KnownBlock[] = [
    ...(facts.isFirst ? [section(welcome.join('\n'))] : []),
    ...(facts.own.length === 0 ? [] : [header('You'), ...facts.own]),
    header('Wallaroo users and license'),
    ...licenseBlocks(facts.platform),
    actions(
      button({ text: 'Request access for…', actionId: ids.requestAccess, style: 'primary' }),
      ...facts.buttons,
      button({ text: 'Refresh', actionId: ids.refresh }),
    ),
  ];
  const left = MOST_BLOCKS - FOOT - top.length;
  return [
    ...top,
    ...(facts.role === 'administrator' ? administratorBlocks(facts, left) : memberBlocks(facts, left)),
  ];
}

/** The view as it is published, with the moment of which it tells. */
export function homeView(blocks: readonly KnownBlock[], role: HomeFacts['role'], at: Date): HomeView {
  const foot =
    role === 'outsider' ? [] : [context(`As of ${dateTime(at)} · \`/wallaroo\` shows all commands`)];
  return { type: 'home', blocks: [...blocks, ...foot] };
}

/** The same room with at most so many blocks. */
const narrowed = (room: Room, blocks: number): Room => ({
  ...room,
  blocks: Math.max(0, Math.min(room.blocks, blocks)),
});

/** `left`: blocks that the top leaves. What there is to decide takes of them first, and who holds a seat last. */
function administratorBlocks(
  facts: Extract<HomeFacts, { role: 'administrator' }>,
  left: number,
): readonly KnownBlock[] {
  const { pending, idle, platform, recent } = facts;
  const forAsked = narrowed(PENDING_ROOM, left - 3 * FRAME - HOLDERS_FRAME);
  const asked = [
    header('Pending requests'),
    ...pendingBlocks(pending, forAsked, 'Nobody is waiting for a decision.'),
  ];
  const besideAsked = left - asked.length - HOLDERS_FRAME;
  const forIdle = narrowed(IDLE_ROOM, besideAsked - 2 * FRAME);
  const suggested =
    idle.total === 0
      ? []
      : [
          header('Idle users'),
          ...listed(idle.rows, idle.total, forIdle, '`/wallaroo idle` lists who has been idle longest.'),
        ];
  const forRecent = narrowed(RECENT_ROOM, besideAsked - suggested.length - FRAME);
  const done = [
    header('Recent changes'),
    ...(recent.length === 0
      ? [section('None so far.')]
      : [...listed(recent, recent.length, forRecent), context('`/wallaroo audit` shows all.')]),
  ];
  const room = { blocks: Math.max(0, besideAsked - suggested.length - done.length), bytes: HOLDERS_BYTES };
  return [...asked, ...suggested, ...(platform.answered ? holderBlocks(platform, room) : []), ...done];
}

const memberBlocks = (
  { pending }: Extract<HomeFacts, { role: 'member' }>,
  left: number,
): readonly KnownBlock[] => [
  header('Your requests'),
  ...pendingBlocks(pending, narrowed(PENDING_ROOM, left - FRAME), 'You have no pending requests.'),
];
