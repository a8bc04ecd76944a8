import type { HomeView, KnownBlock } from '@slack/types';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import { dateTime } from '../slack/mrkdwn.ts';
import { ids } from './home-ids.ts';
import { HOLDERS_FRAME, holderBlocks, licenseBlocks } from './home-license-views.ts';
import { IDLE_ROOM, listed, pendingBlocks, RECENT_ROOM } from './home-list-views.ts';
import type { HomeFacts } from './home-shown.ts';

/** Blocks of a Home tab (docs.slack.dev: surfaces/app-home). */
const MOST_BLOCKS = 100;
/** The line below all others. */
const FOOT = 1;
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
  return [
    ...top,
    ...(facts.role === 'administrator' ? administratorBlocks(facts, top.length) : memberBlocks(facts)),
  ];
}

/** The view as it is published, with the moment of which it tells. */
export function homeView(blocks: readonly KnownBlock[], role: HomeFacts['role'], at: Date): HomeView {
  const foot =
    role === 'outsider' ? [] : [context(`As of ${dateTime(at)} · \`/wallaroo\` shows all commands`)];
  return { type: 'home', blocks: [...blocks, ...foot] };
}

function administratorBlocks(
  facts: Extract<HomeFacts, { role: 'administrator' }>,
  above: number,
): readonly KnownBlock[] {
  const { pending, idle, platform, recent } = facts;
  const asked = [header('Pending requests'), ...pendingBlocks(pending, 'Nobody is waiting for a decision.')];
  const suggested =
    idle.total === 0
      ? []
      : [
          header('Idle users'),
          ...listed(idle.rows, idle.total, IDLE_ROOM, '`/wallaroo idle` lists who has been idle longest.'),
        ];
  const done = [
    header('Recent changes'),
    ...(recent.length === 0
      ? [section('None so far.')]
      : [...listed(recent, recent.length, RECENT_ROOM), context('`/wallaroo audit` shows all.')]),
  ];
  const left = MOST_BLOCKS - FOOT - above - asked.length - suggested.length - done.length - HOLDERS_FRAME;
  const room = { blocks: Math.max(0, left), bytes: HOLDERS_BYTES };
  return [...asked, ...suggested, ...(platform.answered ? holderBlocks(platform, room) : []), ...done];
}

const memberBlocks = ({ pending }: Extract<HomeFacts, { role: 'member' }>): readonly KnownBlock[] => [
  header('Your requests'),
  ...pendingBlocks(pending, 'You have no pending requests.'),
];
